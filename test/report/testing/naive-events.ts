import { dateIn } from './calendar.ts'
import type { Line, ReadingLine } from './lines.ts'

const HOUR = 3_600_000

/** What happened in one hour: good, slow, error, excluded. */
type Hour = readonly [number, number, number, number]

/** The year's events counted a second time: one cell for each journey and hour. */
export type Sheet = {
  readonly cells: ReadonlyMap<string, ReadonlyMap<number, Hour>>
  /** Hours in which each journey's service was read. */
  readonly read: ReadonlyMap<string, ReadonlySet<number>>
}

/** Subtracts each reading from the one before it; what came in unread hours is laid out evenly over them. */
export function countHours(lines: readonly Line[]): Sheet {
  const cells = new Map<string, Map<number, Hour>>()
  const read = new Map<string, Set<number>>()
  const before = new Map<string, ReadingLine>()
  for (const line of lines) {
    if (line.kind !== 'reading') continue
    const told = line as ReadingLine
    const earlier = before.get(told.service)
    before.set(told.service, told)
    if (earlier === undefined) continue
    const last = Math.floor(Date.parse(told.at) / HOUR)
    const first = Math.floor(Date.parse(earlier.at) / HOUR) + 1
    const hours = last - first + 1
    for (const [i, { journey, counts }] of told.steps.entries()) {
      const grown = counts.map((count, outcome) => count - (earlier.steps[i]?.counts[outcome] ?? 0))
      const row = cells.get(journey) ?? new Map<number, Hour>()
      cells.set(journey, row)
      const seen = read.get(journey) ?? new Set<number>()
      read.set(journey, seen.add(last))
      // A reading that is one hour late still shows both of its hours.
      if (hours === 2) seen.add(first)
      for (let k = 0; k < hours; k++) {
        const share = (n = 0) => Math.floor((n * (k + 1)) / hours) - Math.floor((n * k) / hours)
        row.set(first + k, [share(grown[0]), share(grown[1]), share(grown[2]), share(grown[3])])
      }
    }
  }
  return { cells, read }
}

export type Promised = {
  readonly journey: string
  readonly indicator: string
  /** Parts per million, by the date. */
  readonly targetOn: (date: string) => number
  /** Hours that a correction leaves out. */
  readonly isOut: (hour: number) => boolean
}

export type Counted = { bad: number; valid: number; allowedMillionths: number }

/** What one objective's month comes to, and each of its days. */
export function countMonth({ cells, read }: Sheet, promised: Promised, month: string) {
  const days = new Map<string, Counted>()
  let [expected, seen] = [0, 0]
  const year = [...(cells.get(promised.journey)?.keys() ?? [])]
  for (const hour of hoursOf(month)) {
    const date = dateIn(hour * HOUR)
    const day = days.get(date) ?? { bad: 0, valid: 0, allowedMillionths: 0 }
    days.set(date, day)
    if (promised.isOut(hour)) continue
    expected++
    if (read.get(promised.journey)?.has(hour)) seen++
    const [good, slow, error] = cells.get(promised.journey)?.get(hour) ?? [0, 0, 0, 0]
    const [bad, valid] = promised.indicator === 'latency' ? [slow, good + slow] : [error, good + slow + error]
    day.bad += bad
    day.valid += valid
    day.allowedMillionths += valid * (1_000_000 - promised.targetOn(date))
  }
  const sum = { bad: 0, valid: 0, allowedMillionths: 0 }
  for (const { bad, valid, allowedMillionths } of days.values()) {
    sum.bad += bad
    sum.valid += valid
    sum.allowedMillionths += allowedMillionths
  }
  return {
    ...sum,
    days: [...days].map(([date, day]) => ({ date, ...day })),
    ...judge(sum, expected, seen, year.length),
  }
}

/** What a manager is told: a verdict only where there is something to judge by. */
function judge({ bad, valid, allowedMillionths }: Counted, expected: number, seen: number, hours: number) {
  if (valid === 0 || hours === 0) return { state: 'unjudged', unjudged: 'no_events' }
  if (expected - seen > 0.05 * expected) return { state: 'unjudged', unjudged: 'data_gap' }
  if (allowedMillionths < 1_000_000) return { state: 'unjudged', unjudged: 'too_little_traffic' }
  const left = allowedMillionths - bad * 1_000_000
  const state =
    left <= 0 ? 'spent' : left * 4 < allowedMillionths ? 'risk' : left * 2 < allowedMillionths ? 'watch' : 'healthy'
  return { state, met: left >= 0 }
}

/** The hours of a month, by looking at each hour of two days more than it can have. */
export function hoursOf(month: string): readonly number[] {
  const from = Math.floor(Date.parse(`${month}-01T00:00:00Z`) / HOUR)
  return Array.from({ length: 33 * 24 }, (_, i) => from + i).filter((hour) => dateIn(hour * HOUR).startsWith(month))
}
