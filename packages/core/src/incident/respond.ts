import type { Level } from '../journey/index.ts'
import type { ChecklistEvent } from './checklist.ts'
import type { ChecklistItem } from './checklist-template.ts'
import type { Incident } from './state.ts'
import type { UpdateEvent } from './update.ts'
import { type UpdateEvery, USUAL_LEVEL } from './updates.ts'

/** What a first response is made of, as the configuration has it now. */
export type ResponseRules = {
  readonly checklists: Readonly<Record<Level, readonly ChecklistItem[]>>
  readonly updateEvery: UpdateEvery
}

/**
 * What follows by itself from a change of an incident: it gets the checklist of its level, which it keeps; and from its opening,
 * or its return, somebody should say how it stands. A level that becomes more urgent brings its own list; what was ticked stays
 * ticked where the new list has it too.
 *
 * @param before the incident before the change; absent when it was just opened
 * @param now milliseconds
 */
export function respond(
  before: Incident | undefined,
  after: Incident,
  { checklists, updateEvery }: ResponseRules,
  now: number,
): readonly (ChecklistEvent | UpdateEvent)[] {
  if (after.resolvedAt !== undefined) return []
  const level = after.level ?? USUAL_LEVEL
  const isUrgent = after.checklist === undefined || level < after.checklist.level
  const items = isUrgent ? checklists[level] : []
  const every = updateEvery[level]
  const isBack = before === undefined || before.resolvedAt !== undefined
  const due = every === undefined ? undefined : now + every
  // A level that becomes more urgent must not put the next word off.
  const isSooner = due !== undefined && (isBack || (isUrgent && due < (after.updates?.due ?? Number.POSITIVE_INFINITY)))
  return [
    ...(items.length === 0 ? [] : [{ at: now, type: 'checklistSet', level, items } as const]),
    ...(isSooner ? [{ at: now, type: 'updateExpected', due } as const] : []),
  ]
}
