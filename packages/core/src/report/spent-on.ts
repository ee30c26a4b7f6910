import type { ObjectiveMonth } from './month-facts.ts'
import { SPENT_ON, type SpentOn, type SpentPart } from './spent-part.ts'

/** All that was spent on one kind of cause. */
export type SpentSum = { readonly on: SpentOn; readonly bad: number; readonly parts: readonly SpentPart[] }

/** Where the bad events of a month come from, summed by kind in the order of attribution; kinds without any are left out. */
export function spentOn({ spent = [] }: Pick<ObjectiveMonth, 'spent'>): readonly SpentSum[] {
  return SPENT_ON.map((on) => {
    const parts = spent.filter((part) => part.on === on)
    return { on, bad: parts.reduce((sum, { bad }) => sum + bad, 0), parts }
  }).filter(({ bad }) => bad > 0)
}

/**
 * The largest cause: one incident, one alert, all hours that stood out together, or what dripped away. Hours have no name
 * of their own, so nobody could be told of a single one.
 */
export function largestSpent(objective: Pick<ObjectiveMonth, 'spent'>): SpentSum | undefined {
  const causes = spentOn(objective).flatMap((sum) =>
    sum.on === 'incident' || sum.on === 'alert'
      ? sum.parts.map((part) => ({ on: sum.on, bad: part.bad, parts: [part] }))
      : [sum],
  )
  return causes.toSorted((a, b) => b.bad - a.bad)[0]
}
