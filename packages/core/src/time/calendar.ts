import { Temporal } from 'temporal-polyfill'
import { onClock } from './stretch.ts'

/** A stretch of time: `from` belongs to it, `to` does not. Milliseconds since the Unix epoch. */
export type Range = { readonly from: number; readonly to: number }

/** @returns the calendar month (`YYYY-MM`) that holds the instant in the zone. */
export function monthOf(at: number, zone: string): string {
  return dateOf(at, zone).slice(0, -3)
}

/** @returns the calendar date (`YYYY-MM-DD`) of the instant in the zone. */
export function dateOf(at: number, zone: string): string {
  return onClock(at, zone).local.slice(0, -13)
}

/** @returns whether the text is a month as `YYYY-MM`. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
}

/**
 * The instants at which a month begins and ends in the zone. A month with a clock change is an hour shorter or longer,
 * as it is on the wall.
 */
export function monthRange(month: string, zone: string): Range {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 })
  return { from: startOf(first, zone), to: startOf(first.add({ months: 1 }), zone) }
}

/** @returns the month `count` months after (before, when negative) the one given, as `YYYY-MM`. */
export function addMonths(month: string, count: number): string {
  return Temporal.PlainYearMonth.from(month).add({ months: count }).toString()
}

/** @returns the date `count` days after (before, when negative) the one given, as `YYYY-MM-DD`. */
export function addDays(date: string, count: number): string {
  return Temporal.PlainDate.from(date).add({ days: count }).toString()
}

/** Every date of a calendar month, in order. @param month `YYYY-MM` */
export function datesIn(month: string): readonly string[] {
  const { daysInMonth } = Temporal.PlainYearMonth.from(month)
  return Array.from({ length: daysInMonth }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`)
}

/** @returns whole calendar days from one date to another, negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days
}

/** The stretch of one calendar date in the zone: from its first instant to the next date's first instant. */
export function dayRange(date: string, zone: string): Range {
  const day = Temporal.PlainDate.from(date)
  return { from: startOf(day, zone), to: startOf(day.add({ days: 1 }), zone) }
}

/** @returns the Monday of the week that holds the date, as `YYYY-MM-DD`. */
export function mondayOf(date: string): string {
  const day = Temporal.PlainDate.from(date)
  return day.subtract({ days: day.dayOfWeek - 1 }).toString()
}

/**
 * The instant at which a wall in the zone shows a time such as `2026-10-20T13:02:00`: the first one when it shows it twice, and
 * as if the clocks had not jumped when they skip it (RFC 5545, 3.3.5).
 */
export function onWall(local: string, zone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds
}

/** ISO 8601 with the zone's offset and whole seconds, such as `2026-11-05T10:12:00+09:00`. */
export function isoIn(at: number, zone: string): string {
  const { local, offset } = onClock(at, zone)
  return local.slice(0, -4) + offset
}

function startOf(date: Temporal.PlainDate, zone: string): number {
  return date.toZonedDateTime(zone).epochMilliseconds
}
