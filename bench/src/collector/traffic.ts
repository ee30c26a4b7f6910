/** Events a second of each journey; one in so many fails when all is well. */
const RATE = 10
const ONE_IN = 3_000

/**
 * Cumulative counts of a journey by the clock, so that everybody who reads at a moment sees the same: a steady stream in
 * which few fail, and from a moment on nothing but failures.
 *
 * @param at seconds since the counters began
 * @param failsFrom seconds since the counters began; absent: all is well
 */
export function countsAt(at: number, failsFrom?: number): readonly [good: number, error: number] {
  const well = Math.floor(RATE * Math.min(at, failsFrom ?? at))
  const failed = Math.floor(well / ONE_IN)
  const burst = failsFrom === undefined ? 0 : Math.max(0, Math.floor(RATE * (at - failsFrom)))
  return [well - failed, failed + burst]
}
