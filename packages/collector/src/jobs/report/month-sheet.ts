import { type CompiledObjective, PPM } from '@tabiji/core/budget'
import type { DayTally } from '@tabiji/core/report'
import { INDICATOR } from '@tabiji/core/slo'
import { isInside, type Range } from '@tabiji/core/time'
import type { ScannedRow } from '../budget/exclusion-scan.ts'
import type { Claim } from './month-claims.ts'
import type { Tallied } from './month-spent.ts'

const HOUR_SECONDS = 3_600

/** The days of a month and where a slot stands among them; all objectives share one, and most slots follow each other. */
export type Days = {
  readonly dates: readonly string[]
  /** Seconds at which each of them begins. */
  readonly starts: readonly number[]
  /** What all objectives count by day, one after the other: a large file has hundreds of thousands of such numbers. */
  readonly bad: Float64Array
  readonly valid: Float64Array
  readonly allowed: Float64Array
  at: number
  day: number
  hour: number
}

/** Finds the day and the hour of a slot. */
export function turnTo(days: Days, start: number): void {
  if (start === days.at) return
  days.at = start
  while (start >= (days.starts[days.day + 1] ?? Number.POSITIVE_INFINITY)) days.day++
  while (days.day > 0 && start < (days.starts[days.day] ?? 0)) days.day--
  days.hour = Math.floor((start - (days.starts[0] ?? 0)) / HOUR_SECONDS)
}

/** What one objective is counted into while the log is walked, in numbers only: there are millions of entries. Times in seconds. */
export type Sheet = {
  readonly compiled: CompiledObjective
  readonly excluded: readonly Range[]
  readonly targets: readonly { readonly from: number; readonly targetPpm: number }[]
  /** Where its first day stands among what all count by day. */
  readonly place: number
  readonly claims: readonly (Claim & Tallied)[]
  /** What no claim has, by hour since the month's beginning. */
  readonly hours: Map<number, Tallied>
}

/** Seconds, ascending: between two of these all slots have the same day, hour, claim and target, and are excluded or not. */
export function edgesOf(sheets: readonly Sheet[], { starts }: Days): readonly number[] {
  const [first = 0] = starts
  const hours = Array.from({ length: starts.length * 25 }, (_, i) => first + i * HOUR_SECONDS)
  const edges = new Set([...starts, ...hours])
  for (const { excluded, targets, claims } of sheets) {
    for (const { from, to } of excluded) edges.add(from).add(to)
    for (const { from } of targets) edges.add(from)
    // A slot is a claim's when it begins in it, and slots begin at whole seconds.
    for (const { from, to } of claims) edges.add(Math.ceil(from / 1000)).add(Math.ceil(to / 1000))
  }
  return [...edges].sort((a, b) => a - b)
}

/** Counts what slots between two edges hold of an account. @param days turned to one of them */
export function count(sheet: Sheet, { start, good, slow, error }: ScannedRow, days: Days): void {
  const { excluded, targets, claims, compiled } = sheet
  if (excluded.length > 0 && isInside(excluded, start)) return
  const indicator = INDICATOR[compiled.objective.indicator]
  const bad = good * indicator.bad[0] + slow * indicator.bad[1] + error * indicator.bad[2]
  const valid = good * indicator.valid[0] + slow * indicator.valid[1] + error * indicator.valid[2]
  const allowed = valid * (PPM - targetAt(targets, start))
  const { day, hour } = days
  const place = sheet.place + day
  days.bad[place] = (days.bad[place] ?? 0) + bad
  days.valid[place] = (days.valid[place] ?? 0) + valid
  days.allowed[place] = (days.allowed[place] ?? 0) + allowed
  const at = start * 1000
  const tally = claims.find((one) => one.from <= at && at < one.to) ?? hourOf(sheet, hour)
  tally.bad += bad
  tally.valid += valid
  tally.allowedMillionths += allowed
}

/** The counts by day, with the day's date. */
export function daysOf({ place }: Sheet, { dates, bad, valid, allowed }: Days): readonly DayTally[] {
  return dates.map((date, day) => ({
    date,
    bad: bad[place + day] ?? 0,
    valid: valid[place + day] ?? 0,
    allowedMillionths: allowed[place + day] ?? 0,
  }))
}

function targetAt(targets: Sheet['targets'], start: number): number {
  const [only] = targets
  if (targets.length === 1 && only !== undefined) return only.targetPpm
  return targets.findLast(({ from }) => from <= start)?.targetPpm ?? 0
}

function hourOf({ hours }: Sheet, hour: number): Tallied {
  const known = hours.get(hour)
  if (known !== undefined) return known
  const fresh = { bad: 0, valid: 0, allowedMillionths: 0 }
  hours.set(hour, fresh)
  return fresh
}
