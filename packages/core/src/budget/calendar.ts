import type { CalendarWindow } from '../journey/index.ts'
import { monthOf, monthRange, periodRange, type Range } from '../time/index.ts'
import { mulDiv } from './ratio.ts'

/** The stretch of a budget by calendar that holds an instant, in the zone of the journeys file. */
export function calendarRange(window: CalendarWindow, at: number, zone: string): Range {
  return window.kind === 'month' ? monthRange(monthOf(at, zone), zone) : periodRange(window, at, zone)
}

/**
 * How much of a stretch is over, parts per million, cut: what an even pace would have spent by now. Before it none, after it all.
 *
 * @param now milliseconds, as the range
 */
export function elapsedPpm({ from, to }: Range, now: number): number {
  const over = Math.min(Math.max(now - from, 0), to - from)
  return mulDiv(over, 1_000_000, to - from)
}
