import { checkText, type Decision, decide, type Problem, recorded, refusal } from '../problem/index.ts'
import { isoIn, parseInstant } from '../time/index.ts'
import { unreadableInstant } from '../time/typed.ts'
import { notAfter } from './beginnings.ts'
import {
  type Incident,
  type IncidentContext,
  MOMENTS,
  type Moment,
  type Origin,
  type Recorded,
  type Timed,
} from './state.ts'

/**
 * When something happened: stated by somebody with a reason, or derived from the books and the alerts (`timeDerived`). A derived
 * time that can no longer be told has no value.
 */
export type TimesEvent = Recorded &
  (
    | { readonly type: 'timed'; readonly moment: Moment; readonly value: number; readonly reason: string }
    | { readonly type: 'timeDerived'; readonly moment: Timed; readonly value?: number; readonly origin: Origin }
  )

export type TimesCommand =
  /** States when something happened, as it was typed (see `parseInstant`); said again, the later statement holds. */
  | { readonly type: 'time'; readonly moment: Moment; readonly value: string; readonly reason: string }
  /** What the books and the alerts say; milliseconds. */
  | { readonly type: 'deriveTime'; readonly moment: Timed; readonly value?: number; readonly origin: Origin }

export function decideTimes(current: Incident, command: TimesCommand, context: IncidentContext): Decision<TimesEvent> {
  if (command.type === 'time') return decideStated(current, command, context)
  const derived = notAfter(current, command)
  const known = current.times[derived.moment]
  // A statement holds, and what is already known is not told again.
  if (known?.stated || (known?.at === derived.value && (known?.origin ?? derived.origin) === derived.origin)) {
    return decide([])
  }
  const { moment, value, origin } = derived
  const told = { moment, origin, ...(value !== undefined && { value }) }
  return decide([], { ...recorded(context), type: 'timeDerived', ...told })
}

export function applyTimes(incident: Incident, event: TimesEvent): Incident {
  const { moment, value } = event
  if (event.type === 'timeDerived') {
    if (incident.times[moment]?.stated) return incident
    const { [moment]: _, ...others } = incident.times
    const derived = value === undefined ? {} : { [moment]: { at: value, origin: event.origin } }
    return { ...incident, times: { ...others, ...derived } }
  }
  const times = { ...incident.times, [event.moment]: { at: event.value, origin: 'person', stated: true } as const }
  return { ...incident, times, ...(event.moment === 'resolved' && { resolvedAt: event.value }) }
}

function decideStated(
  current: Incident,
  { moment, value: typed, reason }: Extract<TimesCommand, { type: 'time' }>,
  context: IncidentContext,
): Decision<TimesEvent> {
  const problems = [...checkText('INCIDENT_REASON', 'reason', reason)]
  const value = parseInstant(typed, context.now, context.zone)
  if (value === undefined) {
    return decide([...problems, unreadableInstant('INCIDENT_TIME', 'value', typed, context.zone)])
  }
  problems.push(...checkResolution(current, moment), ...checkOrder(current, moment, value, context))
  return decide(problems, { ...recorded(context), type: 'timed', moment, value, reason })
}

function checkResolution({ key, resolvedAt }: Incident, moment: Moment): readonly Problem[] {
  if (moment !== 'resolved' || resolvedAt !== undefined) return []
  const hint = `resolve it first: tabiji incident resolve ${key}`
  return [refusal('INCIDENT_STILL_OPEN', `Expected ${key} to be resolved, but it is still open`, hint)]
}

/** Somebody may see to an incident before or after it is mitigated: these two stand in no order. */
const UNORDERED: readonly Moment[] = ['acknowledged', 'mitigated']

/** Statements stand in order. What was derived does not bind people: their word corrects it. */
function checkOrder(
  { key, times, resolvedAt }: Incident,
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
  const place = MOMENTS.indexOf(moment)
  for (const [i, one] of MOMENTS.entries()) {
    const at = one === 'resolved' ? resolvedAt : times[one]?.stated && times[one].at
    if (at === undefined || (UNORDERED.includes(one) && UNORDERED.includes(moment))) continue
    if (i < place && value < at) wrong(`at or after \`${one}\` (${isoIn(at, zone)})`)
    if (i > place && value > at) wrong(`at or before \`${one}\` (${isoIn(at, zone)})`)
  }
  return problems
}
