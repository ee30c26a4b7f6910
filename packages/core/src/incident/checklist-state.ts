import type { Level } from '../journey/index.ts'
import { MINUTE } from '../time/index.ts'
import type { Auto, ChecklistItem, ChecklistMark } from './checklist-template.ts'
import type { Incident } from './state.ts'

/** What the record says by itself: since when (milliseconds), and what it saw. */
type AutoMark = { readonly at: number; readonly by?: string; readonly detail?: string }
export type AutoMarks = { readonly [auto in Auto]?: AutoMark }

type ItemState = ChecklistItem & {
  readonly ticked: boolean
  /** When, by whom and which way it was ticked; `via` is `record` where the record ticked it. */
  readonly mark?: Omit<ChecklistMark, 'ticked'> & { readonly detail?: string }
  /** By when it should be, milliseconds. */
  readonly dueAt?: number
}

export type ChecklistState = {
  readonly level: Level
  readonly items: readonly ItemState[]
  readonly done: number
}

/**
 * How far the checklist is. What people say of an item holds over what the record says of it: who unticks "what changed" does
 * not believe the deployment that was found.
 *
 * @returns nothing when the incident has no list
 */
export function checklistState({ checklist, openedAt }: Incident, autos: AutoMarks): ChecklistState | undefined {
  if (checklist === undefined) return undefined
  const items = checklist.items.map((item): ItemState => {
    const due = item.minutes === undefined ? {} : { dueAt: openedAt + item.minutes * MINUTE }
    const said = checklist.marks[item.id]
    if (said !== undefined) {
      const { ticked, ...mark } = said
      return { ...item, ...due, ticked, ...(ticked && { mark }) }
    }
    const seen = item.auto === undefined ? undefined : autos[item.auto]
    return { ...item, ...due, ticked: seen !== undefined, ...(seen && { mark: { ...seen, via: 'record' } }) }
  })
  return { level: checklist.level, items, done: items.filter(({ ticked }) => ticked).length }
}
