import { addDays, type Closing, dateOf, isTimeZone, onWall, type Range } from '@tabiji/core/time'
import ICAL from 'ical.js'

/** A year of holidays is a few kilobytes. */
const MAX_ICS_BYTES = 2 * 1024 ** 2
const MAX_EVENTS = 1_000
/** How often one event may come again between its first day and the time that is asked about. */
const MAX_REPEATS = 20_000

/** What a calendar file says, for a desk in some zone; or why it says nothing. */
export type IcsRead =
  | { readonly ok: true; readonly closingIn: (zone: string) => Closing }
  | { readonly ok: false; readonly why: string }

/**
 * Reads a calendar in the format of RFC 5545. All-day events close whole dates, others their hours; both on the wall of the
 * desk where they state no zone. Whether an event is said to be busy does not count: calendars of holidays say free.
 */
export function readIcs(text: string): IcsRead {
  if (Buffer.byteLength(text) > MAX_ICS_BYTES) return { ok: false, why: `it is larger than ${MAX_ICS_BYTES} bytes` }
  if (text.trim() === '') return { ok: false, why: 'it holds no event' }
  try {
    return eventsOf(text)
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message.slice(0, 200) : 'it is not in that format' }
  }
}

function eventsOf(text: string): IcsRead {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const components = calendar.getAllSubcomponents('vevent')
  if (calendar.name !== 'vcalendar' || components.length === 0) return { ok: false, why: 'it holds no event' }
  if (components.length > MAX_EVENTS) return { ok: false, why: `it holds more than ${MAX_EVENTS} events` }
  const events = components.flatMap((component) => {
    // A changed repetition belongs to the event that it changes.
    if (component.hasProperty('recurrence-id') || component.getFirstPropertyValue('status') === 'CANCELLED') return []
    return [new ICAL.Event(component)]
  })
  for (const event of events) {
    const why = mistakeOf(event)
    if (why !== undefined) return { ok: false, why: `the event "${String(event.summary ?? '').slice(0, 60)}" ${why}` }
  }
  return { ok: true, closingIn: (zone) => closingOf(events, zone) }
}

function mistakeOf(event: ICAL.Event): string | undefined {
  const start = event.component.getFirstProperty('dtstart')
  if (start === null) return 'has no beginning'
  const zone = start.getParameter('tzid')
  if (typeof zone === 'string' && !isTimeZone(zone) && event.startDate.zone === ICAL.Timezone.localTimezone)
    return `is in the zone "${zone.slice(0, 60)}", which is neither described in the file nor an IANA one`
  const rule = event.component.getFirstPropertyValue('rrule')
  if (rule instanceof ICAL.Recur && ['SECONDLY', 'MINUTELY', 'HOURLY'].includes(rule.freq))
    return 'comes again more often than daily'
  // Whatever else is wrong with its dates shows when they are worked out.
  occurrencesOf(event, event.startDate.year, 'UTC')
  return undefined
}

/** Dates and hours by year, each year worked out once. */
function closingOf(events: readonly ICAL.Event[], zone: string): Closing {
  const years = new Map<number, Occurrences>()
  const ofYear = (year: number): Occurrences => {
    const known = years.get(year) ?? merged(events.map((event) => occurrencesOf(event, year, zone)))
    years.set(year, known)
    return known
  }
  return {
    dayOff: (date) => ofYear(Number(date.slice(0, 4))).dates.get(date),
    stretches: ({ from, to }) =>
      [...new Set([from, to].map((at) => Number(dateOf(at, zone).slice(0, 4))))].flatMap((year) =>
        ofYear(year).hours.filter((hours) => hours.from < to && hours.to > from),
      ),
  }
}

type Occurrences = { readonly dates: Map<string, string>; readonly hours: readonly Range[] }

function merged(parts: readonly Occurrences[]): Occurrences {
  return {
    dates: new Map(parts.flatMap(({ dates }) => [...dates])),
    hours: parts.flatMap(({ hours }) => hours),
  }
}

/** What of an event lies in a year or reaches into it, and some more: its own zone may be in another year. */
function occurrencesOf(event: ICAL.Event, year: number, zone: string): Occurrences {
  const dates = new Map<string, string>()
  const hours: Range[] = []
  const next = event.iterator()
  for (let repeats = 0; repeats < MAX_REPEATS; repeats++) {
    const time = next.next() as ICAL.Time | null | undefined
    if (time === null || time === undefined || time.year > year + 1) break
    const { startDate, endDate, item } = event.getOccurrenceDetails(time)
    if (endDate.year < year - 1) continue
    if (startDate.isDate) {
      const end = dateText(endDate)
      const first = dateText(startDate)
      // Of a date alone the end may be missing or the same: it lasts that day.
      for (let date = first, days = 0; days < 1 || (date < end && days < 400); date = addDays(date, 1), days++)
        dates.set(date, String(item.summary ?? ''))
    } else {
      hours.push({ from: instantOf(startDate, event, zone), to: instantOf(endDate, event, zone) })
    }
  }
  return { dates, hours }
}

function dateText(time: ICAL.Time): string {
  return time.toString().slice(0, 10)
}

/** An IANA zone knows more than a calendar's own description of it; a time without a zone stands on the desk's wall. */
function instantOf(time: ICAL.Time, event: ICAL.Event, zone: string): number {
  if (time.zone === ICAL.Timezone.utcTimezone) return time.toUnixTime() * 1000
  const stated = event.component.getFirstProperty('dtstart')?.getParameter('tzid')
  if (typeof stated === 'string' && !isTimeZone(stated)) return time.toUnixTime() * 1000
  return onWall(time.toString().slice(0, 19), typeof stated === 'string' ? stated : zone)
}
