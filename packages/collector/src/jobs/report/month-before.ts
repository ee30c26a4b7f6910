import type { JourneyMonth, MonthMark, ObjectiveMonth } from '@tabiji/core/report'
import { addMonths } from '@tabiji/core/time'

/** How many months are looked back on. */
const MONTHS = 12

export type Journeys = readonly JourneyMonth[]

/**
 * Adds to each objective how the twelve months before ended. Months before anything was counted are left out.
 *
 * @param earlier the journeys of a month; nothing when the books know nothing of it, or hold nothing of it when no month was known before
 */
export function* withBefore(
  journeys: Journeys,
  month: string,
  earlier: (month: string, isFirst: boolean) => Generator<void, Journeys | undefined, void>,
): Generator<void, Journeys, void> {
  const known: ReadonlyMap<string, MonthMark>[] = []
  for (let i = -MONTHS; i < 0; i++) {
    const one = addMonths(month, i)
    const found = yield* earlier(one, known.length === 0)
    // Their marks alone: twelve months of a large file would not leave room for anything else.
    if (found !== undefined) known.push(marksOf(one, found))
  }
  return journeys.map((journey) => ({
    ...journey,
    objectives: journey.objectives.map((objective) => {
      const id = idOf(journey, objective)
      const marks = known.flatMap((one) => one.get(id) ?? [])
      const first = marks.findIndex(({ valid }) => valid > 0)
      return first === -1 ? objective : { ...objective, before: marks.slice(first) }
    }),
  }))
}

function marksOf(month: string, journeys: Journeys): ReadonlyMap<string, MonthMark> {
  const marks = new Map<string, MonthMark>()
  for (const journey of journeys) {
    for (const one of journey.objectives) marks.set(idOf(journey, one), markOf(month, one))
  }
  return marks
}

/** Names hold no slash. */
function idOf(journey: JourneyMonth, objective: ObjectiveMonth): string {
  return `${journey.name}/${objective.name}`
}

function markOf(month: string, { bad, valid, allowedMillionths, state, met }: ObjectiveMonth): MonthMark {
  return { month, bad, valid, allowedMillionths, state, ...(met !== undefined && { met }) }
}
