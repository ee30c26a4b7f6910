import { checkText, type Decision, decide, type Problem, recorded, refusal } from '../problem/index.ts'
import { checkUnresolved } from './life.ts'
import type { Incident, IncidentContext, Recorded, Role } from './state.ts'

/** Somebody takes a role, or gives it to somebody else. */
export type RolesEvent = Recorded &
  (
    | { readonly type: 'roleTaken'; readonly role: Role; readonly name: string }
    | {
        readonly type: 'handedOver'
        readonly role: Role
        readonly from?: string
        readonly name: string
        readonly note: string
      }
  )

export type RolesCommand =
  /** Whoever says it has the role, unless a name is said. */
  | { readonly type: 'takeRole'; readonly role: Role; readonly name?: string }
  | { readonly type: 'handOver'; readonly role: Role; readonly to: string; readonly note: string }

export function decideRoles(current: Incident, command: RolesCommand, context: IncidentContext): Decision<RolesEvent> {
  const common = recorded(context)
  const open = checkUnresolved(current, context)
  const { role } = command
  const holder = current.roles[role]?.name
  if (command.type === 'takeRole') {
    const name = (command.name ?? context.by ?? '').trim()
    return decide([...open, ...checkName(name), ...checkChange(current, role, name)], {
      ...common,
      type: 'roleTaken',
      role,
      name,
    })
  }
  const name = command.to.trim()
  const problems = [...open, ...checkName(name), ...checkText('INCIDENT_REASON', 'note', command.note)]
  const from = holder === undefined ? {} : { from: holder }
  return decide([...problems, ...checkChange(current, role, name)], {
    ...common,
    type: 'handedOver',
    role,
    ...from,
    name,
    note: command.note.trim(),
  } as const)
}

export function applyRoles(incident: Incident, event: RolesEvent): Incident {
  const holder = { name: event.name, since: event.at }
  const roles = { ...incident.roles, [event.role]: holder }
  const acknowledged = incident.times.acknowledged ?? { at: event.at, origin: 'person' as const }
  // Who takes the lead has seen it, whether or not the alert was acknowledged.
  const times = event.role === 'lead' ? { ...incident.times, acknowledged } : incident.times
  return { ...incident, roles, times }
}

function checkName(name: string): readonly Problem[] {
  if (name.length > 0 && name.length <= 100) return []
  const message = `Expected a name of 1 to 100 characters for who has the role, got ${name.length === 0 ? 'nothing' : name.length}`
  return [refusal('INCIDENT_ROLE_NAME', message, 'say who with `name`', ['name'])]
}

function checkChange({ key, roles }: Incident, role: Role, name: string): readonly Problem[] {
  if (name === '' || roles[role]?.name !== name) return []
  return [refusal('INCIDENT_ROLE_HELD', `Expected somebody else to take ${role} of ${key}, but ${name} has it already`)]
}
