import type { CompiledObjective } from '@tabiji/core/budget'
import type { LogRow } from '@tabiji/core/ledger'
import type { DayTally, SpentPart } from '@tabiji/core/report'
import { dateOf, dayRange, isoIn, type Range } from '@tabiji/core/time'
import { type Judge, targetsBetween } from './budgets.ts'
import { scan } from './exclusion-scan.ts'
import type { Claim } from './month-claims.ts'
import { count, type Days, daysOf, type Sheet, turnTo } from './month-sheet.ts'
import { spentParts } from './month-spent.ts'

export type Detail = { readonly days: readonly DayTally[]; readonly spent: readonly SpentPart[] }

/**
 * The days of a month of every objective that counts events, and where its budget went: one walk through the month's log. What
 * corrections exclude is left out, so both add up to the month's own figures.
 *
 * @param range of the month as far as it has gone, milliseconds
 * @param end seconds: rows that start before it are the month's
 */
export function monthDetails(
  judge: Judge,
  rows: (from: number, to: number) => Iterable<LogRow>,
  range: Range,
  end: number,
  claims: (compiled: CompiledObjective) => readonly Claim[],
  now: number,
): ReadonlyMap<string, Detail> {
  const { evaluator, definition } = judge
  const zone = definition.timeZone
  const days = openDays(range, zone)
  const counted = evaluator.objectives.filter(({ objective }) => objective.budgeting === undefined)
  const sheets = counted.map((compiled) => openSheet(judge, compiled, range, days.dates.length, claims(compiled), now))
  const byAccount = new Map<number, Sheet[]>()
  for (const sheet of sheets) {
    for (const account of sheet.compiled.accounts) byAccount.set(account, [...(byAccount.get(account) ?? []), sheet])
  }
  const within = { from: Math.floor(range.from / 1000), to: end }
  scan({ byAccount }, [within], within, rows, (row, fed) => {
    turnTo(days, row.start)
    for (const sheet of fed) count(sheet, row, days)
  })
  const iso = (at: number) => isoIn(at, zone)
  return new Map(
    sheets.map((sheet) => [
      sheet.compiled.id,
      { days: daysOf(sheet, days), spent: spentParts(sheet.claims, sheet.hours, range.from, zone, iso) },
    ]),
  )
}

function openDays({ from, to }: Range, zone: string): Days {
  const dates: string[] = []
  for (let at = from; at < to; at = dayRange(dateOf(at, zone), zone).to) dates.push(dateOf(at, zone))
  const starts = dates.map((date) => dayRange(date, zone).from / 1000)
  return { dates, starts, at: Number.NaN, day: 0, hour: 0 }
}

function openSheet(
  judge: Judge,
  compiled: CompiledObjective,
  range: Range,
  days: number,
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
    ...{ bad: new Float64Array(days), valid: new Float64Array(days), allowed: new Float64Array(days) },
    claims: claims.map((claim) => ({ ...claim, bad: 0, valid: 0, allowedMillionths: 0 })),
    hours: new Map(),
  }
}
