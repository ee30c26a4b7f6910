import type { Incident } from './state.ts'

/** What whoever takes over has to find out or decide, because nobody has recorded it. */
const QUESTIONS = ['lead', 'comms', 'journeys', 'impactStarted', 'mitigated', 'update', 'updateOverdue'] as const
export type Question = (typeof QUESTIONS)[number]

/** What nobody has recorded about an open incident; of one that is over nothing is asked. @param now milliseconds */
export function openQuestions(
  { roles, journeys, times, updates, resolvedAt }: Incident,
  now: number,
): readonly Question[] {
  const isOpen: Readonly<Record<Question, boolean>> = {
    lead: roles.lead === undefined,
    comms: roles.comms === undefined,
    journeys: journeys.length === 0,
    impactStarted: times.impactStarted === undefined,
    mitigated: times.mitigated === undefined,
    update: updates?.last === undefined,
    updateOverdue: updates?.due !== undefined && updates.due < now,
  }
  return resolvedAt === undefined ? QUESTIONS.filter((question) => isOpen[question]) : []
}

/** What was decided of late: when it was (milliseconds), by whom where that is known, what and why. */
export type Decided = { readonly at: number; readonly by?: string; readonly choice: string; readonly why: string }

/** Who takes over reads what holds, not the whole history; that is in the timeline. */
const MOST_DECISIONS = 5

/** The last decisions that were not struck out, the newest at the end. */
export function lastDecisions({ lines }: Incident): readonly Decided[] {
  const decided = (lines?.written ?? []).flatMap(({ said, struck, happenedAt, by }): Decided[] => {
    if (typeof said === 'string' || struck !== undefined) return []
    return [{ at: happenedAt, ...(by !== undefined && { by }), choice: said.choice, why: said.why }]
  })
  return decided.toSorted((a, b) => a.at - b.at).slice(-MOST_DECISIONS)
}
