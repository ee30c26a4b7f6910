import { DAY, HOUR } from './duration.ts'

/** Stretches of the calendar that follow each other from a date (`YYYY-MM-DD`) on: so many days, weeks, months, quarters or years each. */
export type Period = { readonly count: number; readonly unit: 'd' | 'w' | 'M' | 'Q' | 'Y'; readonly from: string }

type Length = Pick<Period, 'count' | 'unit'>

const LONGEST_DAYS = { d: 1, w: 7, M: 31, Q: 92, Y: 366 } as const
const NOMINAL_DAYS = { d: 1, w: 7, M: 30, Q: 90, Y: 365 } as const
const YEAR_DAYS = 366

/** Reads the length of a period, such as `1w`, `2w`, `1M`, `1Q` or `1Y`; `undefined` for anything else, and for more than a year. */
export function parsePeriodLength(text: string): Length | undefined {
  const [, digits, unit] = /^([1-9]\d{0,2})([dwMQY])$/.exec(text) ?? []
  if (digits === undefined || unit === undefined) return undefined
  const length = { count: Number(digits), unit: unit as Period['unit'] }
  return length.count * NOMINAL_DAYS[length.unit] <= YEAR_DAYS ? length : undefined
}

export function formatPeriodLength({ count, unit }: Length): string {
  return `${count}${unit}`
}

/** Milliseconds that no period of the length is longer than, an hour for the clocks included. */
export function longestPeriod({ count, unit }: Length): number {
  return Math.min(count * LONGEST_DAYS[unit], YEAR_DAYS) * DAY + HOUR
}

/** Milliseconds that a share of the budget refers to, so that thresholds are the same in every period: a month has 30 days, a quarter 90. */
export function nominalPeriod({ count, unit }: Length): number {
  return count * NOMINAL_DAYS[unit] * DAY
}
