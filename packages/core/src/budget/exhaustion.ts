import { mulDiv } from './ratio.ts'

/**
 * After how long the rest of a budget is spent if it goes on burning as fast as now, milliseconds, cut: at the sustainable speed
 * a whole budget lasts its whole period. Absent when nothing burns, and when nothing is left: then it is spent already. A rolling
 * window forgets old failures meanwhile, so it may last longer.
 *
 * @param leftPpm of the budget as it really is, never of a full one
 * @param burnMilli thousandths of the sustainable speed
 * @param periodMs what the budget is for
 */
export function spentInMs(leftPpm: number, burnMilli: number, periodMs: number): number | undefined {
  if (leftPpm <= 0 || burnMilli <= 0) return undefined
  return mulDiv(leftPpm, periodMs, burnMilli * 1_000)
}

/**
 * The same, unless the window is over by then: what lasts until its end is not spent. Absent also when nothing burns or nothing is left.
 *
 * @param now milliseconds
 * @param to the end of a window by calendar, milliseconds; absent for a rolling one, which is as long as its period
 */
export function spentWithinMs(
  leftPpm: number,
  burnMilli: number,
  periodMs: number,
  now: number,
  to = now + periodMs,
): number | undefined {
  const ms = spentInMs(leftPpm, burnMilli, periodMs)
  return ms === undefined || ms >= to - now ? undefined : ms
}
