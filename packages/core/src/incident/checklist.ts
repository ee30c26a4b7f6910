import type { Level } from '../journey/index.ts'
import { checkKnown, type Decision, decide, recorded, refusal } from '../problem/index.ts'
import type { ChecklistItem } from './checklist-template.ts'
import type { Incident, IncidentContext, Recorded } from './state.ts'

/** The list that an incident has from now on, whatever becomes of the file; and what is ticked in it. */
export type ChecklistEvent = Recorded &
  (
    | { readonly type: 'checklistSet'; readonly level: Level; readonly items: readonly ChecklistItem[] }
    /** `via`: the way it came, such as `slack`. */
    | { readonly type: 'ticked' | 'unticked'; readonly item: string; readonly via?: string }
  )

export type ChecklistCommand = {
  readonly type: 'tick' | 'untick'
  readonly item: string
  readonly via?: string
}

/** Several people tick the same thing at night: said again it is no mistake, and nothing more is recorded. */
export function decideChecklist(
  { key, checklist }: Incident,
  { type, item, via }: ChecklistCommand,
  context: IncidentContext,
): Decision<ChecklistEvent> {
  if (checklist === undefined) {
    const message = `Expected ${key} to have a checklist, but it was opened before there were any`
    return decide([refusal('INCIDENT_NO_CHECKLIST', message)])
  }
  const known = checklist.items.map(({ id }) => id)
  const problems = checkKnown('INCIDENT_UNKNOWN_ITEM', 'item', item, known)
  const isTick = type === 'tick'
  if (problems.length === 0 && checklist.marks[item]?.ticked === isTick) return decide([])
  const event = { ...recorded(context), item, ...(via !== undefined && { via }) }
  return decide(problems, { ...event, type: isTick ? 'ticked' : 'unticked' } as const)
}

export function applyChecklist(incident: Incident, event: ChecklistEvent): Incident {
  const { checklist } = incident
  if (event.type === 'checklistSet') {
    const { level, items } = event
    return { ...incident, checklist: { level, items, marks: checklist?.marks ?? {} } }
  }
  // A tick without a list was not written by us; there is nothing that it could be shown on.
  if (checklist === undefined) return incident
  const { type, item, at, by, via } = event
  const mark = { ticked: type === 'ticked', at, ...(by !== undefined && { by }), ...(via !== undefined && { via }) }
  return { ...incident, checklist: { ...checklist, marks: { ...checklist.marks, [item]: mark } } }
}
