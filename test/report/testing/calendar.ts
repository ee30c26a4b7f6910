/** The year's calendar by the platform's own zone data: nothing of it comes from core. */
const HOUR = 3_600_000

const written = new Intl.DateTimeFormat('en-CA', {
  ...{ timeZone: 'America/New_York', year: 'numeric', month: '2-digit', day: '2-digit' },
})

const known = new Map<number, string>()

/** The date in New York, `YYYY-MM-DD`. Its clocks change by whole hours, so all of an hour is one date. */
export function dateIn(at: number): string {
  const hour = Math.floor(at / HOUR)
  const date = known.get(hour) ?? written.format(hour * HOUR)
  known.set(hour, date)
  return date
}

/** Days from one date to another. */
export function daysFrom(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (24 * HOUR)
}

export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * HOUR).toISOString().slice(0, 10)
}

export function lastDateOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

/** The months of the sample year. */
export const MONTHS = [
  ...['2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04'],
  ...['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'],
]

/** How many decisions the reports of some months ask for; the others ask for none. */
export const DECISIONS: Readonly<Record<string, number>> = { '2026-08': 2, '2026-10': 1 }

/**
 * The months that are looked at: the first (its clocks change), the one with unread days, the one in which the target changes, the one with
 * a correction, the one with a silence and a drill, and the last. All of them in the long variant: a daemon takes a second for each.
 */
export const ASKED =
  process.env['TABIJI_FULL'] === '1' ? MONTHS : ['2025-11', '2026-02', '2026-05', '2026-08', '2026-09', '2026-10']

/** A month so many months later; earlier with a negative number. */
export function plusMonths(month: string, months: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}

/** The month and the five before it, oldest first: as far as curves and rates look back. */
export function sixMonthsTo(month: string): readonly string[] {
  return [-5, -4, -3, -2, -1, 0].map((months) => plusMonths(month, months))
}
