import type { JourneyMonth, MonthMark, ObjectiveMonth } from '@tabiji/core/report'
import { addMonths } from '@tabiji/core/time'

/** How many months are looked back on. */
const MONTHS = 12

export type Journeys = readonly JourneyMonth[]

/**
 * Adds to each objective how the twelve months before ended. Months before anything was counted are left out.
 *
 * @param earlier the journeys of a month; nothing when the books know nothing of it
 */
export function* withBefore(
  journeys: Journeys,
  month: string,
  earlier: (month: string) => Generator<void, Journeys | undefined, void>,
): Generator<void, Journeys, void> {
  const known: { readonly month: string; readonly journeys: Journeys }[] = []
  for (let i = -MONTHS; i < 0; i++) {
    const one = addMonths(month, i)
    const found = yield* earlier(one)
    if (found !== undefined) known.push({ month: one, journeys: found })
  }
  return journeys.map((journey) => ({
    ...journey,
    objectives: journey.objectives.map((objective) => {
      const marks = known.flatMap((one) => markOf(one.month, one.journeys, journey.name, objective.name) ?? [])
      const first = marks.findIndex(({ valid }) => valid > 0)
      return first === -1 ? objective : { ...objective, before: marks.slice(first) }
    }),
  }))
}

function markOf(
  month: string,
  journeys: readonly JourneyMonth[],
  journey: string,
  name: string,
): MonthMark | undefined {
  const found: ObjectiveMonth | undefined = journeys
    .find((one) => one.name === journey)
    ?.objectives.find((objective) => objective.name === name)
  if (found === undefined) return undefined
  const { bad, valid, allowedMillionths, state, met } = found
  return { month, bad, valid, allowedMillionths, state, ...(met !== undefined && { met }) }
}
