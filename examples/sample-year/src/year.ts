import { addDays, DAY, dayRange, HOUR } from '@tabiji/core/time'

/** Where the shop is: its clocks change in March and November, so one day of the year has 23 hours and another one 25. */
export const ZONE = 'America/New_York'
export const FIRST_DAY = '2025-11-01'
/** The last day of readings. What becomes of fixes is told for two weeks longer. */
const LAST_DAY = '2026-10-31'

/** When `checkout` began to promise more. */
export const RAISED_ON = '2026-05-15'

/** One line of the history file. */
export type HistoryLine = Readonly<Record<string, unknown>> & { readonly at: string }

/** An instant of the year, milliseconds. @param day counted from the first one, which is 0; @param hour on a day of 24 */
export function at(day: number, hour: number): number {
  return dayRange(addDays(FIRST_DAY, day), ZONE).from + hour * HOUR
}

export const DAYS = Math.round((dayRange(LAST_DAY, ZONE).to - dayRange(FIRST_DAY, ZONE).from) / DAY)

/** The date so many days after the first. */
export function dateAt(day: number): string {
  return addDays(FIRST_DAY, day)
}
