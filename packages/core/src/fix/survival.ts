import { dateOf, daysBetween } from '../time/index.ts'
import type { FixHistory } from './event.ts'
import { foldFix } from './fix.ts'

/** What share of a month's fixes is done within so many days, as far as one can tell: parts per million, rounded down. */
export type Estimate = { readonly days: number; readonly donePpm: number }

/**
 * Kaplan and Meier's estimate (1958) of what share of fixes is done within so many days, from those that are still young as well:
 * each counts as long as it has been watched. What was dropped was never done, so it is watched to the end; an accepted risk and a
 * duplicate are no part of it. Exact fractions, divided last.
 */
export function estimateDone(
  histories: readonly FixHistory[],
  days: readonly number[],
  asOf: number,
  zone: string,
): readonly Estimate[] {
  const watched = histories.flatMap((history) => {
    const fix = foldFix(history, asOf, zone)
    if (fix === undefined || fix.state === 'merged' || fix.state === 'accepted') return []
    const end = fix.state === 'done' && fix.doneAt !== undefined ? dateOf(fix.doneAt, zone) : dateOf(asOf, zone)
    const isDropped = fix.state === 'dropped'
    return [{ day: isDropped ? Number.POSITIVE_INFINITY : daysBetween(fix.since, end), isDone: fix.state === 'done' }]
  })
  return days.map((within) => ({ days: within, donePpm: doneWithin(watched, within) }))
}

type Watch = { readonly day: number; readonly isDone: boolean }

function doneWithin(watched: readonly Watch[], within: number): number {
  const times = [...new Set(watched.filter(({ isDone, day }) => isDone && day <= within).map(({ day }) => day))]
  let left = 1n
  let whole = 1n
  for (const time of times.sort((a, b) => a - b)) {
    const atRisk = watched.filter(({ day }) => day >= time).length
    const done = watched.filter(({ day, isDone }) => isDone && day === time).length
    left *= BigInt(atRisk - done)
    whole *= BigInt(atRisk)
  }
  return Number(((whole - left) * 1_000_000n) / whole)
}
