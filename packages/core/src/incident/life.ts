import type { Level } from '../journey/index.ts'
import { checkKnown, checkText, type Decision, decide, type Problem, recorded, refusal } from '../problem/index.ts'
import { isoIn } from '../time/index.ts'
import type { ByAlert, Incident, IncidentContext, Recorded } from './state.ts'

type Statement = {
  readonly title: string
  readonly level?: Level
  readonly journeys: readonly string[]
  readonly episodes: readonly string[]
}

/** An incident begins, is described anew, ends, and is back. */
export type LifeEvent = Recorded &
  (
    | ({ readonly type: 'opened'; readonly drill: boolean } & ByAlert & Statement)
    | ({ readonly type: 'edited' } & Partial<Statement>)
    | { readonly type: 'resolved' }
    | { readonly type: 'reopened'; readonly reason: string }
  )
export type OpenedEvent = Extract<LifeEvent, { type: 'opened' }>

export type OpenCommand = { readonly type: 'open'; readonly drill: boolean } & ByAlert & Statement
export type LifeCommand =
  | ({ readonly type: 'edit' } & Partial<Statement>)
  | { readonly type: 'resolve' }
  | { readonly type: 'reopen'; readonly reason: string }

/** Decides to open an incident under the key of the context. */
export function decideOpening(command: OpenCommand, context: IncidentContext): Decision<LifeEvent> {
  const { type: _, ...stated } = command
  const opened = { ...recorded(context), type: 'opened', ...stated, title: command.title.trim() } as const
  return decide(checkStated(command, context), opened)
}

export function decideLife(current: Incident, command: LifeCommand, context: IncidentContext): Decision<LifeEvent> {
  const common = recorded(context)
  switch (command.type) {
    case 'edit': {
      const { type: _, ...changes } = command
      return decide(checkEdit(command, context), { ...common, type: 'edited', ...changes })
    }
    case 'resolve':
      return decide(checkUnresolved(current, context), { ...common, type: 'resolved' })
    case 'reopen':
      return decide(checkReopen(current, command.reason), { ...common, type: 'reopened', reason: command.reason })
  }
}

/** The incident that begins with this event. */
export function beginIncident(key: string, { type: _, at, by: __, byAlert: ___, ...stated }: OpenedEvent): Incident {
  return { key, ...stated, openedAt: at, status: 'investigating', times: {}, roles: {} }
}

export function applyLife(incident: Incident, event: LifeEvent): Incident {
  switch (event.type) {
    case 'opened':
      throw new RangeError(`Expected ${incident.key} to be opened once, got a second event opened`)
    case 'edited': {
      const { type: _, at: __, by: ___, ...changes } = event
      return { ...incident, ...changes }
    }
    case 'resolved': {
      const resolved = { at: event.at, origin: 'person' } as const
      return { ...incident, status: 'resolved', resolvedAt: event.at, times: { ...incident.times, resolved } }
    }
    case 'reopened': {
      const { resolvedAt: _, times, ...open } = incident
      const { resolved: __, ...standing } = times
      return { ...open, status: 'investigating', times: standing }
    }
  }
}

/** Why something that is only done to open incidents is refused. */
export function checkUnresolved({ key, resolvedAt }: Incident, { zone }: IncidentContext): readonly Problem[] {
  if (resolvedAt === undefined) return []
  const message = `Expected ${key} to be open, but it was resolved at ${isoIn(resolvedAt, zone)}`
  return [refusal('INCIDENT_ALREADY_RESOLVED', message, 'if it is back, reopen it with a reason')]
}

function checkStated({ title, journeys = [] }: Partial<Statement>, context: IncidentContext): Problem[] {
  return [
    ...(title === undefined ? [] : checkText('INCIDENT_TITLE', 'title', title)),
    ...journeys.flatMap((name) => checkKnown('INCIDENT_UNKNOWN_JOURNEY', 'journey', name, context.journeys)),
  ]
}

function checkEdit(command: Extract<LifeCommand, { type: 'edit' }>, context: IncidentContext): readonly Problem[] {
  const { type: _, ...changes } = command
  if (Object.keys(changes).length > 0) return checkStated(command, context)
  return [refusal('INCIDENT_NO_CHANGE', 'Expected a title, a level, journeys or episodes to change, got none')]
}

function checkReopen({ key, resolvedAt }: Incident, reason: string): readonly Problem[] {
  if (resolvedAt === undefined) {
    return [refusal('INCIDENT_STILL_OPEN', `Expected ${key} to be resolved, but it is still open`)]
  }
  return checkText('INCIDENT_REASON', 'reason', reason)
}
