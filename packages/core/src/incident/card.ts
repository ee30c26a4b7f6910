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
