import { type CompiledObjective, PPM } from '@tabiji/core/budget'
import type { LogRow } from '@tabiji/core/ledger'
import type { DayTally, SpentPart } from '@tabiji/core/report'
import { INDICATOR } from '@tabiji/core/slo'
import { dateOf, dayRange, isInside, isoIn, type Range } from '@tabiji/core/time'
import type { Judge } from './budgets.ts'
import { targetsBetween } from './budgets.ts'
import { createIndex, type ScannedRow, scan } from './exclusion-scan.ts'
import type { Claim } from './month-claims.ts'
import { spentParts, type Tallied } from './month-spent.ts'

/** A day and what it brought; seconds. */
type Day = { readonly date: string; readonly from: number; bad: number; valid: number; allowedMillionths: number }

/** What one objective is counted into while the log is walked. Times in seconds. */
type Sheet = {
  readonly compiled: CompiledObjective
  readonly excluded: readonly Range[]
  readonly targets: readonly { readonly from: number; readonly targetPpm: number }[]
  readonly days: readonly Day[]
  readonly claims: readonly (Claim & Tallied)[]
  /** What no claim has, by hour since the month's beginning. */
  readonly hours: Map<number, Tallied>
}

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
  const counted = evaluator.objectives.filter(({ objective }) => objective.budgeting === undefined)
  const sheets = new Map(
    counted.map((compiled) => [compiled.id, openSheet(judge, compiled, range, claims(compiled), now)]),
  )
  const within = { from: Math.floor(range.from / 1000), to: end }
  const index = createIndex(evaluator, new Map(counted.map(({ id }) => [id, [within]])))
  scan(index, [within], within, rows, (row, fed) => {
    for (const { id } of fed) {
      const sheet = sheets.get(id)
      if (sheet !== undefined && !isInside(sheet.excluded, row.start)) count(sheet, row, within.from)
    }
  })
  return new Map(
    [...sheets].map(([id, { days, claims: claimed, hours }]) => [
      id,
      {
        days: days.map(({ from: _, ...day }) => day),
        spent: spentParts(claimed, hours, range.from, zone, (at) => isoIn(at, zone)),
      },
    ]),
  )
}

function openSheet(
  judge: Judge,
  compiled: CompiledObjective,
  range: Range,
  claims: readonly Claim[],
  now: number,
): Sheet {
  const zone = judge.definition.timeZone
  return {
    compiled,
    excluded: judge.exclusions.ranges(judge.evaluator, compiled.id, now),
    targets: targetsBetween(judge, compiled, range.from, range.to).map(({ at, targetPpm }) => ({
      from: Math.floor(at / 1000),
      targetPpm,
    })),
    days: datesOf(range, zone).map((date) => ({
      date,
      from: dayRange(date, zone).from / 1000,
      ...{ bad: 0, valid: 0, allowedMillionths: 0 },
    })),
    claims: claims.map((claim) => ({ ...claim, bad: 0, valid: 0, allowedMillionths: 0 })),
    hours: new Map(),
  }
}

function datesOf({ from, to }: Range, zone: string): readonly string[] {
  const dates: string[] = []
  for (let at = from; at < to; at = dayRange(dateOf(at, zone), zone).to) dates.push(dateOf(at, zone))
  return dates
}

function count(sheet: Sheet, row: ScannedRow, from: number): void {
  const { bad: isBad, valid: isValid } = INDICATOR[sheet.compiled.objective.indicator]
  const bad = row.good * isBad[0] + row.slow * isBad[1] + row.error * isBad[2]
  const valid = row.good * isValid[0] + row.slow * isValid[1] + row.error * isValid[2]
  const targetPpm = sheet.targets.findLast((target) => target.from <= row.start)?.targetPpm ?? 0
  const add = (tally: Tallied) => {
    tally.bad += bad
    tally.valid += valid
    tally.allowedMillionths += valid * (PPM - targetPpm)
  }
  const day = sheet.days.findLast((one) => one.from <= row.start)
  if (day !== undefined) add(day)
  const at = row.start * 1000
  const claim = sheet.claims.find((one) => one.from <= at && at < one.to)
  add(claim ?? hourOf(sheet, Math.floor((row.start - from) / 3600)))
}

function hourOf({ hours }: Sheet, hour: number): Tallied {
  const known = hours.get(hour) ?? { bad: 0, valid: 0, allowedMillionths: 0 }
  hours.set(hour, known)
  return known
}
