import type { Level } from '../journey/index.ts'
import {
  checkKnown,
  checkText,
  type Decision,
  decide,
  hintFor,
  type Problem,
  recorded,
  refusal,
  type Scribe,
} from '../problem/index.ts'
import { isoIn, parseInstant } from '../time/index.ts'
import { unreadableInstant } from '../time/typed.ts'
import { type Incident, type IncidentEvent, MOMENTS, type Moment } from './incident.ts'

/** What somebody wants to record about an incident. */
export type IncidentCommand =
  | {
      readonly type: 'open'
      readonly title: string
      readonly level?: Level
      readonly journeys: readonly string[]
      readonly episodes: readonly string[]
      readonly drill: boolean
    }
  | {
      readonly type: 'edit'
      readonly title?: string
      readonly level?: Level
      readonly journeys?: readonly string[]
      readonly episodes?: readonly string[]
    }
  /** States when something happened, as it was typed (see `parseInstant`); said again, the later statement holds. */
  | { readonly type: 'time'; readonly moment: Moment; readonly value: string; readonly reason: string }
  | { readonly type: 'resolve' }
  | { readonly type: 'reopen'; readonly reason: string }

/** What a decision about an incident needs to know. */
export type IncidentContext = Scribe & {
  /** The key that the command is about, or the next free one for `open`. */
  readonly key: string
  /** Keys of all incidents, and names of all journeys, for "did you mean". */
  readonly keys: readonly string[]
  readonly journeys: readonly string[]
  readonly zone: string
}

/**
 * Decides a command: pure, so the same command on the same incident at the same time gives the same events.
 *
 * @param current the incident of `context.key`; absent when there is none
 */
export function decideIncident(
  current: Incident | undefined,
  command: IncidentCommand,
  context: IncidentContext,
): Decision<IncidentEvent> {
  const common = recorded(context)
  if (command.type === 'open') {
    const { type: _, ...stated } = command
    return decide(checkStated(command, context), { ...common, type: 'opened', ...stated, title: command.title.trim() })
  }
  if (current === undefined) return decide([unknownIncident(context.key, context.keys)])
  switch (command.type) {
    case 'edit': {
      const { type: _, ...changes } = command
      return decide(checkEdit(command, context), { ...common, type: 'edited', ...changes })
    }
    case 'time':
      return time(current, command, context)
    case 'resolve':
      return decide(checkResolve(current, context), { ...common, type: 'resolved' })
    case 'reopen':
      return decide(checkReopen(current, command.reason), { ...common, type: 'reopened', reason: command.reason })
  }
}

type Stated = { readonly title?: string; readonly journeys?: readonly string[] }

function checkStated({ title, journeys = [] }: Stated, context: IncidentContext): Problem[] {
  return [
    ...(title === undefined ? [] : checkText('INCIDENT_TITLE', 'title', title)),
    ...journeys.flatMap((name) => checkKnown('INCIDENT_UNKNOWN_JOURNEY', 'journey', name, context.journeys)),
  ]
}

function checkEdit(command: Extract<IncidentCommand, { type: 'edit' }>, context: IncidentContext): readonly Problem[] {
  const { type: _, ...changes } = command
  if (Object.keys(changes).length > 0) return checkStated(command, context)
  return [refusal('INCIDENT_NO_CHANGE', 'Expected a title, a level, journeys or episodes to change, got none')]
}

function time(
  current: Incident,
  { moment, value: typed, reason }: Extract<IncidentCommand, { type: 'time' }>,
  context: IncidentContext,
): Decision<IncidentEvent> {
  const problems = [...checkText('INCIDENT_REASON', 'reason', reason)]
  const value = parseInstant(typed, context.now, context.zone)
  if (value === undefined) {
    return decide([...problems, unreadableInstant('INCIDENT_TIME', 'value', typed, context.zone)])
  }
  problems.push(...checkOrder(current, moment, value, context))
  return decide(problems, { ...recorded(context), type: 'timed', moment, value, reason })
}

function checkOrder(
  { key, times }: Incident,
  moment: Moment,
  value: number,
  { now, zone }: IncidentContext,
): Problem[] {
  const problems: Problem[] = []
  const wrong = (expected: string) =>
    problems.push(
      refusal('INCIDENT_TIME', `Expected \`${moment}\` of ${key} to be ${expected}, got ${isoIn(value, zone)}`),
    )
  if (value > now) wrong(`at or before now (${isoIn(now, zone)})`)
  const stated = MOMENTS.map((one) => ({ one, at: times[one] }))
  const place = MOMENTS.indexOf(moment)
  for (const [i, { one, at }] of stated.entries()) {
    if (at === undefined) continue
    if (i < place && value < at) wrong(`at or after \`${one}\` (${isoIn(at, zone)})`)
    if (i > place && value > at) wrong(`at or before \`${one}\` (${isoIn(at, zone)})`)
  }
  return problems
}

function checkResolve({ key, resolvedAt }: Incident, { zone }: IncidentContext): readonly Problem[] {
  if (resolvedAt === undefined) return []
  const message = `Expected ${key} to be open, but it was resolved at ${isoIn(resolvedAt, zone)}`
  return [refusal('INCIDENT_ALREADY_RESOLVED', message, 'if it is back, reopen it with a reason')]
}

function checkReopen({ key, resolvedAt }: Incident, reason: string): readonly Problem[] {
  if (resolvedAt === undefined) {
    return [refusal('INCIDENT_STILL_OPEN', `Expected ${key} to be resolved, but it is still open`)]
  }
  return checkText('INCIDENT_REASON', 'reason', reason)
}

/** Why a key leads nowhere, with the nearest of the known ones. */
export function unknownIncident(key: string, keys: readonly string[]): Problem {
  return refusal('INCIDENT_UNKNOWN', `There is no incident ${key}`, hintFor(key, keys))
}
