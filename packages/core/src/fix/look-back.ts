import { dateOf, monthRange } from '../time/index.ts'
import { ageBuckets, listOpen } from './ageing.ts'
import type { FixHistory } from './event.ts'
import type { AgeBucket, Flow, Share } from './figures.ts'
import { foldFix } from './fix.ts'
import { flowBetween } from './flow.ts'
import { onTimeIn } from './promise.ts'

/** Both rates of one month, by all that is known now. */
export type MonthRates = {
  readonly month: string
  /** Done by their first due date, of those that were due. */
  readonly onTime: Share
  /** Done, of all that lay on the table. */
  readonly stock: Share
}

/** What was done of all that lay on the table: done ÷ (open at start + new + returned − dropped). */
export function stockOf({ done, openAtStart, created, returned, dropped }: Flow): Share {
  return { numerator: done, denominator: openAtStart + created + returned - dropped }
}

/** Both rates of each of the months. @param asOf milliseconds; what happened later is not looked at */
export function ratesOf(
  histories: readonly FixHistory[],
  months: readonly string[],
  zone: string,
  asOf: number,
): readonly MonthRates[] {
  return months.map((month) => {
    const { from, to } = monthRange(month, zone)
    const flow = flowBetween(histories, { from, last: Math.min(to - 1, asOf) }, zone)
    return { month, onTime: onTimeIn(histories, month, zone, asOf).share, stock: stockOf(flow) }
  })
}

/** The open fixes by age when the month began, counted as at the end of the one before. */
export function ageingAtStart(histories: readonly FixHistory[], month: string, zone: string): readonly AgeBucket[] {
  const { from } = monthRange(month, zone)
  const standing = histories.flatMap((history) => foldFix(history, from - 1, zone) ?? [])
  return ageBuckets(listOpen(standing, dateOf(from, zone), zone))
}
