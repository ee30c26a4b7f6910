import { Temporal } from 'temporal-polyfill'
import type { Range } from './calendar.ts'
import { clipRanges, uniteRanges } from './ranges.ts'

/** Whole numbers from one to another, both included. */
export type Span = { readonly from: number; readonly to: number }

/**
 * A stretch of time that comes again, by the rules of Alertmanager's `time_intervals`: every field that is there must hold, of a
 * field's list one item, and an absent field always holds.
 */
export type TimeInterval = {
  /** Minutes of the day, `to` excluded; 1440 is midnight at its end. */
  readonly times?: readonly Span[]
  /** Sunday = 0 … Saturday = 6. */
  readonly weekdays?: readonly Span[]
  /** From 1; from −1 backwards, counted from the month's end. What lies outside of a month is cut. */
  readonly daysOfMonth?: readonly Span[]
  /** January = 1. */
  readonly months?: readonly Span[]
  readonly years?: readonly Span[]
  /** The zone on whose wall all of that stands. @default UTC */
  readonly location?: string
}

const MINUTES_OF_DAY = 1_440

/** The instants of a stretch that lie in an interval, united. Exact where clocks change: the wall decides at each instant. */
export function intervalRanges(interval: TimeInterval, within: Range): readonly Range[] {
  if (within.to <= within.from) return []
  const zone = interval.location ?? 'UTC'
  const last = dateAt(within.to - 1, zone)
  const found: Range[] = []
  for (
    let date = dateAt(within.from, zone);
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    if (!holdsOn(interval, date)) continue
    for (const piece of piecesOf(date, zone)) {
      for (const { from, to } of interval.times ?? [{ from: 0, to: MINUTES_OF_DAY }]) {
        const stretch = { from: piece.midnight + from * 60_000, to: piece.midnight + to * 60_000 }
        found.push(...clipRanges([stretch], piece))
      }
    }
  }
  return clipRanges(uniteRanges(found), within)
}

/** Whether all fields but the times hold on a date. */
function holdsOn({ weekdays, daysOfMonth, months, years }: TimeInterval, date: Temporal.PlainDate): boolean {
  return (
    holds(weekdays, date.dayOfWeek % 7) &&
    holds(months, date.month) &&
    holds(years, date.year) &&
    (daysOfMonth === undefined || daysOfMonth.some((span) => isDayOf(span, date)))
  )
}

function holds(spans: readonly Span[] | undefined, value: number): boolean {
  return spans === undefined || spans.some(({ from, to }) => from <= value && value <= to)
}

function isDayOf({ from, to }: Span, { day, daysInMonth }: Temporal.PlainDate): boolean {
  const counted = (of: number) => (of < 0 ? daysInMonth + of + 1 : of)
  return counted(from) <= day && day <= counted(to)
}

/** A date in parts in which the clocks do not change, each with the instant at which its wall would have shown midnight. */
function piecesOf(date: Temporal.PlainDate, zone: string): readonly (Range & { readonly midnight: number })[] {
  const end = date.add({ days: 1 }).toZonedDateTime(zone)
  const pieces: (Range & { readonly midnight: number })[] = []
  let start = date.toZonedDateTime(zone)
  const isWhole = start.hour === 0 && start.hoursInDay === 24 && start.offsetNanoseconds === end.offsetNanoseconds
  while (start.epochMilliseconds < end.epochMilliseconds) {
    // Looking for a change is dear, and nearly no day has one.
    const change = isWhole ? null : start.getTimeZoneTransition('next')
    const next = change !== null && Temporal.ZonedDateTime.compare(change, end) < 0 ? change : end
    const midnight = date.toZonedDateTime('UTC').epochMilliseconds - start.offsetNanoseconds / 1_000_000
    pieces.push({ from: start.epochMilliseconds, to: next.epochMilliseconds, midnight })
    start = next
  }
  return pieces
}

function dateAt(at: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()
}
