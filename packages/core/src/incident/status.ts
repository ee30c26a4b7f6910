import { checkText, type Decision, decide, recorded, refusal } from '../problem/index.ts'
import { checkUnresolved } from './life.ts'
import type { ByAlert, Incident, IncidentContext, Recorded, Status } from './state.ts'

/** How far people are. `resolved` is an event of the incident's life, so that an end is told in one way only. */
export type StatusEvent = Recorded &
  ByAlert & {
    readonly type: 'statusSet'
    readonly status: Exclude<Status, 'resolved'>
    readonly note?: string
  }

export type StatusCommand = ByAlert & {
  readonly type: 'setStatus'
  readonly status: Exclude<Status, 'resolved'>
  readonly note?: string
}

export function decideStatus(
  current: Incident,
  command: StatusCommand,
  context: IncidentContext,
): Decision<StatusEvent> {
  const { status, note, byAlert } = command
  const same = `Expected ${current.key} to get another status, but it is ${status} already`
  const problems = [
    ...checkUnresolved(current, context),
    ...(current.status === status ? [refusal('INCIDENT_STATUS_SAME', same)] : []),
    ...(note === undefined ? [] : checkText('INCIDENT_NOTE', 'note', note)),
  ]
  const said = { ...(note !== undefined && { note: note.trim() }), ...(byAlert && { byAlert }) }
  return decide(problems, { ...recorded(context), type: 'statusSet', status, ...said })
}

export function applyStatus(incident: Incident, { status }: StatusEvent): Incident {
  return { ...incident, status }
}
