import { DAY, formatDuration, formatPeriodLength, HOUR, longestPeriod, type Period } from '../time/index.ts'
import type { CalendarWindow, Window } from './definition.ts'
import { parseWholeSeconds } from './notation.ts'

/** Reads `month`, or the length of a rolling window. */
export function parseWindow(text: string): Window | undefined {
  if (text === 'month') return { kind: 'month' }
  const ms = parseWholeSeconds(text)
  return ms === undefined ? undefined : { kind: 'rolling', ms }
}

/** A window of periods of the calendar. One of a month from a first day is the month, whichever month it is counted from. */
export function calendarWindow({ count, unit, from }: Period): CalendarWindow {
  return count === 1 && unit === 'M' && from.endsWith('-01')
    ? { kind: 'month' }
    : { kind: 'calendar', count, unit, from }
}

/** `month`, `30d`, or `1w from 2026-01-05`: one text for each window. */
export function windowText(window: Window): string {
  if (window.kind === 'calendar') return `${formatPeriodLength(window)} from ${window.from}`
  return window.kind === 'month' ? 'month' : formatDuration(window.ms)
}

/** Milliseconds that the window never looks back further than. */
export function longestWindow(window: Window): number {
  if (window.kind === 'calendar') return longestPeriod(window)
  return window.kind === 'month' ? 31 * DAY + HOUR : window.ms
}
