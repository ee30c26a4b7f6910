import { Temporal } from 'temporal-polyfill'
import { dateOf } from './calendar.ts'

/**
 * Reads a time as people type it: `HH:MM` on the date that `now` falls on in the zone, or ISO 8601 (`2026-10-20T13:02`,
 * with or without seconds, a space instead of the T). A time that states an offset or `Z` says exactly when; any other
 * stands on the clocks of the zone.
 *
 * @returns milliseconds since the Unix epoch; `undefined` when the text is no such time, or when the zone's clocks show it
 *   never or twice, which only an offset can tell apart.
 */
export function parseInstant(text: string, now: number, zone: string): number | undefined {
  const typed = text.trim()
  try {
    if (/^\d{1,2}:\d{2}$/.test(typed)) return onClocks(dateOf(now, zone), typed.padStart(5, '0'), zone)
    const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?$/.exec(typed)
    const [, date, time, offset] = match ?? []
    if (date === undefined || time === undefined) return undefined
    if (offset === undefined) return onClocks(date, time, zone)
    return Temporal.Instant.from(`${date}T${time}${offset}`).epochMilliseconds
  } catch {
    return undefined
  }
}

function onClocks(date: string, time: string, zone: string): number {
  const local = Temporal.PlainDate.from(date, { overflow: 'reject' }).toPlainDateTime(Temporal.PlainTime.from(time))
  return local.toZonedDateTime(zone, { disambiguation: 'reject' }).epochMilliseconds
}

/** @returns milliseconds since the Unix epoch of a time in ISO 8601 with its offset; throws on anything else */
export function instantOf(iso: string): number {
  return Temporal.Instant.from(iso).epochMilliseconds
}
