import { addMonths, dateOf } from '../time/index.ts'
import type { DrillHeld } from './schedule.ts'

/** How often each journey was practised, quarter by quarter of the calendar. */
export type DrillCoverage = {
  /** `2026-Q4`, oldest first; the last one runs. */
  readonly quarters: readonly string[]
  /** The most important tier first; `held` stands beside the quarters. */
  readonly journeys: readonly { readonly journey: string; readonly tier: 1 | 2 | 3; readonly held: readonly number[] }[]
}

/** Counts what was practised. @param quarters how many, with the one that runs at `now` (milliseconds) */
export function drillCoverage(
  journeys: readonly { readonly name: string; readonly tier: 1 | 2 | 3 }[],
  held: readonly DrillHeld[],
  now: number,
  zone: string,
  quarters = 4,
): DrillCoverage {
  const month = dateOf(now, zone).slice(0, 7)
  const names = Array.from({ length: quarters }, (_, i) => quarterOf(addMonths(month, 3 * (i + 1 - quarters))))
  const when = held.map(({ journey, at }) => `${journey} ${quarterOf(dateOf(at, zone).slice(0, 7))}`)
  return {
    quarters: names,
    journeys: journeys
      .toSorted((a, b) => a.tier - b.tier)
      .map(({ name, tier }) => ({
        journey: name,
        tier,
        held: names.map((quarter) => when.filter((each) => each === `${name} ${quarter}`).length),
      })),
  }
}

/** @param month `YYYY-MM` */
function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`
}
