import { addMonths, dateOf, monthRange } from '../time/index.ts'
import { ageingOf, listAcceptedRisks, listOpen } from './ageing.ts'
import { type FixHistory, inEffect } from './event.ts'
import type { FixMonth } from './figures.ts'
import { foldFix } from './fix.ts'
import { flowBetween } from './flow.ts'
import { stockOf } from './look-back.ts'
import { cohortOf, onTimeIn, postponedBetween } from './promise.ts'

/** How many months are looked back on, the month itself among them. */
const MONTHS = 6

/** The month and the five before it, oldest first. */
export function monthsUpTo(month: string): readonly string[] {
  return Array.from({ length: MONTHS }, (_, i) => addMonths(month, i + 1 - MONTHS))
}

/**
 * Everything that a month says about its fixes. Stock figures (flow, ageing, lists) are taken at the end of the month, so
 * that they do not depend on when the report is made; promises are judged with all that is known at `asOf`.
 *
 * @param recorded every fix that was ever recorded; what happened after `asOf` (milliseconds) is not looked at
 * @param month `YYYY-MM` in the zone
 * @throws RangeError when the month has not begun by `asOf`
 */
export function fixMonth(recorded: readonly FixHistory[], month: string, zone: string, asOf: number): FixMonth {
  const histories = recorded.map(inEffect)
  const { from, to } = monthRange(month, zone)
  if (asOf < from) throw new RangeError(`Expected a month that has begun, got ${month}`)
  const last = Math.min(to - 1, asOf)
  const date = dateOf(Math.min(to, asOf), zone)
  const standing = histories.map((history) => foldFix(history, last, zone)).filter((fix) => fix !== undefined)
  const flow = flowBetween(histories, { from, last }, zone)
  const open = listOpen(standing, date, zone)
  return {
    asOf: date,
    onTime: onTimeIn(histories, month, zone, asOf),
    flow,
    stock: stockOf(flow),
    clearance: { numerator: flow.done, denominator: flow.created },
    cohorts: monthsUpTo(month)
      .map((one) => cohortOf(histories, one, zone, asOf))
      .filter((cohort) => cohort.created > 0),
    ageing: ageingOf(open, date),
    postponed: postponedBetween(histories, { from, last }, zone),
    open,
    acceptedRisks: listAcceptedRisks(standing),
  }
}
