import type { CalendarWindow } from '../journey/index.ts'
import { monthOf, monthRange, periodRange, type Range } from '../time/index.ts'

/** The stretch of a budget by calendar that holds an instant, in the zone of the journeys file. */
export function calendarRange(window: CalendarWindow, at: number, zone: string): Range {
  return window.kind === 'month' ? monthRange(monthOf(at, zone), zone) : periodRange(window, at, zone)
}
