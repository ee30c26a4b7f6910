import { checkText, type Decision, decide, type Problem, recorded, refusal } from '../problem/index.ts'
import { isDate } from '../time/index.ts'
import type { Incident, IncidentContext, Recorded } from './state.ts'

type Stated = { readonly due: string; readonly owner?: string; readonly reason: string }

/** Somebody says by when the postmortem is published, `YYYY-MM-DD`: the policy's date no longer counts. */
export type OwedEvent = Recorded & { readonly type: 'postmortemOwed' } & Stated

/** Of a drill, which owes none by itself, it says that one is owed. */
export type OwedCommand = { readonly type: 'owePostmortem' } & Stated

export function decideOwed(current: Incident, command: OwedCommand, context: IncidentContext): Decision<OwedEvent> {
  const { due, owner, reason } = command
  const problems = [
    ...checkDue(current, due),
    ...checkText('POSTMORTEM_TEXT', 'reason', reason),
    ...(owner === undefined ? [] : checkText('POSTMORTEM_TEXT', 'owner', owner)),
  ]
  const stated = { due, ...(owner !== undefined && { owner: owner.trim() }), reason: reason.trim() }
  return decide(problems, { ...recorded(context), type: 'postmortemOwed', ...stated })
}

export function applyOwed(incident: Incident, { due, owner }: OwedEvent): Incident {
  const before = incident.owed
  return { ...incident, owed: { ...before, due, ...(owner !== undefined && { owner }) } }
}

function checkDue({ key, postmortem }: Incident, due: string): readonly Problem[] {
  const published = `Expected the postmortem of ${key} to be unpublished, but it is published already`
  return [
    ...(isDate(due)
      ? []
      : [refusal('POSTMORTEM_DUE', `Expected \`due\` to be a date as YYYY-MM-DD, got ${JSON.stringify(due)}`)]),
    ...(postmortem?.state === 'published' ? [refusal('POSTMORTEM_STATE', published)] : []),
  ]
}
