import { spendingOf } from '../budget/index.ts'
import type { ObjectiveMonth } from './month-facts.ts'

/** What is left of the month's budget at the end of a day, in parts per million, rounded down. */
export type BurnPoint = { readonly date: string; readonly leftPpm: number }

/**
 * How the budget of a month was used up, day by day: 1 − (bad so far) ÷ (allowed over all days). Measured against what all
 * days together allow, so it never rises, and its last point is the objective's own `leftPpm`. In a month that still runs
 * the budget is that of the days so far.
 *
 * @returns nothing without days, or where nothing is allowed
 */
export function burnDown({ days = [] }: Pick<ObjectiveMonth, 'days'>): readonly BurnPoint[] {
  const allowed = days.reduce((sum, { allowedMillionths }) => sum + allowedMillionths, 0)
  let bad = 0
  return days.flatMap((day) => {
    bad += day.bad
    const { leftPpm } = spendingOf([{ bad, valid: 0, targetPpm: 0 }], allowed)
    return leftPpm === undefined ? [] : [{ date: day.date, leftPpm }]
  })
}
