import { Temporal } from 'temporal-polyfill'

/** A stretch of time: `from` belongs to it, `to` does not. Milliseconds since the Unix epoch. */
export type Range = { readonly from: number; readonly to: number }

/** When a team's desk is open, so that what can wait is told then. */
export type BusinessHours = {
  /** `HH:MM` local time at which the desk opens. */
  readonly opens: string
  /** Days of the week on which it opens, Monday = 1 … Sunday = 7. */
  readonly weekdays: readonly number[]
}

/** @returns the calendar month (`YYYY-MM`) that holds the instant in the zone. */
export function monthOf(at: number, zone: string): string {
  return zoned(at, zone).toPlainDate().toPlainYearMonth().toString()
}

/** @returns the calendar date (`YYYY-MM-DD`) of the instant in the zone. */
export function dateOf(at: number, zone: string): string {
  return zoned(at, zone).toPlainDate().toString()
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

/** @returns whole calendar days from one date to another, negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days
}

/** The stretch of one calendar date in the zone: from its first instant to the next date's first instant. */
export function dayRange(date: string, zone: string): Range {
  const day = Temporal.PlainDate.from(date)
  return { from: startOf(day, zone), to: startOf(day.add({ days: 1 }), zone) }
}

/** The first opening of the desk at or after the instant. Terminates because at least one weekday is open. */
export function nextOpening(at: number, zone: string, hours: BusinessHours): number {
  const opens = Temporal.PlainTime.from(hours.opens)
  for (let date = zoned(at, zone).toPlainDate(), days = 0; days <= 7; date = date.add({ days: 1 }), days++) {
    if (!hours.weekdays.includes(date.dayOfWeek)) continue
    const instant = date.toZonedDateTime({ timeZone: zone, plainTime: opens }).epochMilliseconds
    if (instant >= at) return instant
  }
  throw new RangeError('Expected business hours with at least one weekday between 1 and 7')
}

/** ISO 8601 with the zone's offset and whole seconds, such as `2026-11-05T10:12:00+09:00`. */
export function isoIn(at: number, zone: string): string {
  return zoned(at, zone).toString({ timeZoneName: 'never', smallestUnit: 'second' })
}

function zoned(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
}

function startOf(date: Temporal.PlainDate, zone: string): number {
  return date.toZonedDateTime(zone).epochMilliseconds
}
