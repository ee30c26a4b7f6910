import type { CompiledObjective } from '@tabiji/core/budget'
import { isReversal, type LogRow, unpackEntries } from '@tabiji/core/ledger'
import type { DayTally, SpentPart } from '@tabiji/core/report'
import { dateOf, dayRange, type Range } from '@tabiji/core/time'
import type { LedgerPast } from '../../ports/ledger-store.ts'
import { type Judge, targetsBetween } from '../budget/budgets.ts'
import { STEP_BYTES } from '../budget/frozen-books.ts'
import type { Claim } from './month-claims.ts'
import { count, type Days, daysOf, edgesOf, type Sheet, turnTo } from './month-sheet.ts'
import { spentParts, wallIn } from './month-spent.ts'

export type Detail = { readonly days: readonly DayTally[]; readonly spent: readonly SpentPart[] }

/**
 * The days of a month of every objective that counts events, and where its budget went: one walk through the month's log, in
 * steps with room for others. What corrections exclude is left out, so both add up to the month's own figures.
 *
 * @param past must stay as it is from the first step to the last
 * @param range of the month as far as it has gone, milliseconds
 * @param end seconds: rows that start before it are the month's
 */
export function* monthDetails(
  judge: Judge,
  { rows }: Pick<LedgerPast, 'rows'>,
  range: Range,
  end: number,
  claims: (compiled: CompiledObjective) => readonly Claim[],
  now: number,
): Generator<void, ReadonlyMap<string, Detail>, void> {
  const { evaluator, definition } = judge
  const zone = definition.timeZone
  const counted = evaluator.objectives.filter(({ objective }) => objective.budgeting === undefined)
  const days = openDays(range, zone, counted.length)
  const sheets = counted.map((compiled, i) =>
    openSheet(judge, compiled, range, i * days.dates.length, claims(compiled), now),
  )
  const byAccount = new Map<number, Sheet[]>()
  for (const sheet of sheets) {
    for (const account of sheet.compiled.accounts) byAccount.set(account, [...(byAccount.get(account) ?? []), sheet])
  }
  yield* walk(rows(Math.floor(range.from / 1000), end), byAccount, edgesOf(sheets, days), days)
  const wall = wallIn(zone)
  const details = new Map<string, Detail>()
  for (const sheet of sheets) {
    const spent = spentParts(sheet.claims, sheet.hours, range.from, wall)
    details.set(sheet.compiled.id, { days: daysOf(sheet, days), spent })
    yield
  }
  return details
}

/**
 * Adds up what comes between two edges by account, and counts it there: entries are millions, stretches are hundreds, and all
 * of a stretch has the same day, reason and target.
 */
function* walk(
  rows: Iterable<LogRow>,
  byAccount: ReadonlyMap<number, readonly Sheet[]>,
  edges: readonly number[],
  days: Days,
): Generator<void, void, void> {
  const accounts = Math.max(0, ...byAccount.keys()) + 1
  const [good, slow, error] = [new Float64Array(accounts), new Float64Array(accounts), new Float64Array(accounts)]
  let [next, bytes, start] = [0, 0, Number.NaN]
  const add = (account: number, g: number, s: number, e: number, _: number, marks: number) => {
    if (account >= accounts) return
    const sign = isReversal(marks) ? -1 : 1
    good[account] = (good[account] as number) + sign * g
    slow[account] = (slow[account] as number) + sign * s
    error[account] = (error[account] as number) + sign * e
  }
  const settle = () => {
    if (Number.isNaN(start)) return
    turnTo(days, start)
    for (const [account, fed] of byAccount) {
      const row = { start, good: good[account] ?? 0, slow: slow[account] ?? 0, error: error[account] ?? 0 }
      if (row.good !== 0 || row.slow !== 0 || row.error !== 0) for (const sheet of fed) count(sheet, row, days)
    }
    for (const tray of [good, slow, error]) tray.fill(0)
  }
  for (const row of rows) {
    if (row.start >= (edges[next] ?? Number.POSITIVE_INFINITY)) {
      settle()
      start = row.start
      while (row.start >= (edges[next] ?? Number.POSITIVE_INFINITY)) next++
    }
    if (Number.isNaN(start)) start = row.start
    unpackEntries(row.body, add)
    bytes += row.body.length
    if (bytes < STEP_BYTES) continue
    bytes = 0
    yield
  }
  settle()
}

function openDays({ from, to }: Range, zone: string, objectives: number): Days {
  const dates: string[] = []
  for (let at = from; at < to; at = dayRange(dateOf(at, zone), zone).to) dates.push(dateOf(at, zone))
  const starts = dates.map((date) => dayRange(date, zone).from / 1000)
  const column = () => new Float64Array(objectives * dates.length)
  return { dates, starts, bad: column(), valid: column(), allowed: column(), at: Number.NaN, day: 0, hour: 0 }
}

function openSheet(
  judge: Judge,
  compiled: CompiledObjective,
  range: Range,
  place: number,
  claims: readonly Claim[],
  now: number,
): Sheet {
  return {
    compiled,
    excluded: judge.exclusions.ranges(judge.evaluator, compiled.id, now),
    targets: targetsBetween(judge, compiled, range.from, range.to).map(({ at, targetPpm }) => ({
      from: Math.floor(at / 1000),
      targetPpm,
    })),
    place,
    claims: claims.map((claim) => ({ ...claim, bad: 0, valid: 0, allowedMillionths: 0 })),
    hours: new Map(),
  }
}
