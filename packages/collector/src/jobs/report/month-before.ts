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
  const known: { readonly month: string; readonly objectives: ReadonlyMap<string, ObjectiveMonth> }[] = []
  for (let i = -MONTHS; i < 0; i++) {
    const one = addMonths(month, i)
    const found = yield* earlier(one)
    if (found !== undefined) known.push({ month: one, objectives: byId(found) })
  }
  return journeys.map((journey) => ({
    ...journey,
    objectives: journey.objectives.map((objective) => {
      const id = idOf(journey, objective)
      const marks = known.flatMap((one) => markOf(one.month, one.objectives.get(id)) ?? [])
      const first = marks.findIndex(({ valid }) => valid > 0)
      return first === -1 ? objective : { ...objective, before: marks.slice(first) }
    }),
  }))
}

function byId(journeys: Journeys): ReadonlyMap<string, ObjectiveMonth> {
  return new Map(journeys.flatMap((journey) => journey.objectives.map((one) => [idOf(journey, one), one])))
}

/** Names hold no slash. */
function idOf(journey: JourneyMonth, objective: ObjectiveMonth): string {
  return `${journey.name}/${objective.name}`
}

function markOf(month: string, found: ObjectiveMonth | undefined): MonthMark | undefined {
  if (found === undefined) return undefined
  const { bad, valid, allowedMillionths, state, met } = found
  return { month, bad, valid, allowedMillionths, state, ...(met !== undefined && { met }) }
}
