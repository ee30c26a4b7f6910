import type { TimeSource } from './event/time-source.ts'

/** Both clocks, standing still until the test moves them. */
export type MovedTime = TimeSource & {
  /** @param ms may have a fraction; time does not go back */
  advance(ms: number): void
}

/**
 * A time that a test moves by hand, so that a promise of twenty seconds is tested in none. Both clocks begin at different
 * numbers, so that mixing them up shows.
 *
 * @param startsAt milliseconds since the Unix epoch
 */
export function movedTime(startsAt: number = Date.UTC(2026, 9, 1)): MovedTime {
  let passed = 0
  return {
    now: () => 5_000 + passed,
    epoch: () => startsAt + passed,
    advance(ms) {
      passed += Math.max(0, ms)
    },
  }
}
