import type { IndicatorName, Objective } from '../journey/index.ts'

/** Which columns of a count vector (order of `OUTCOMES`) are bad, and which are valid. 1 counts, 0 does not. */
export type Indicator = {
  readonly bad: readonly [good: 0 | 1, slow: 0 | 1, error: 0 | 1]
  readonly valid: readonly [good: 0 | 1, slow: 0 | 1, error: 0 | 1]
}

/**
 * The three indicators. A failed event is never also slow, so `latency` judges only events that worked, and
 * `experience` counts each hurt user once. Excluded events are in none of them.
 */
export const INDICATOR: Readonly<Record<IndicatorName, Indicator>> = {
  availability: { bad: [0, 0, 1], valid: [1, 1, 1] },
  latency: { bad: [0, 1, 0], valid: [1, 1, 0] },
  experience: { bad: [0, 1, 1], valid: [1, 1, 1] },
}

/** Bad and valid events of a stretch of time. Whole numbers; bad ≤ valid. */
export type Tally = { readonly bad: number; readonly valid: number }

/** Valid events that were not bad. */
export function goodIn({ bad, valid }: Tally): number {
  return valid - bad
}

/** Judges a count vector in the order of `OUTCOMES`. */
export function tally(indicator: IndicatorName, counts: ArrayLike<number>): Tally {
  const { bad, valid } = INDICATOR[indicator]
  const sum = (columns: readonly number[]) => columns.reduce((total, factor, i) => total + factor * (counts[i] ?? 0), 0)
  return { bad: sum(bad), valid: sum(valid) }
}

/** The objective's name over all journeys: `measure-feet/availability`. */
export function objectiveId(journey: string, objective: Objective): string {
  return `${journey}/${objective.name}`
}
