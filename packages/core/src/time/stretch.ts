import { Temporal } from 'temporal-polyfill'
import { DAY } from './duration.ts'

/** A time in which a zone's clocks are not changed. Milliseconds since the Unix epoch; `from` belongs to it, `to` does not. */
type Stretch = { readonly from: number; readonly to: number; readonly offsetMs: number; readonly suffix: string }

/** How far the library is believed when it knows of no earlier or later change. */
const FARTHEST = 366 * DAY

/** Pages and reports tell thousands of times in a zone or two; the library is asked once for each time between two changes. */
const known = new Map<string, Stretch[]>()
const MOST_KNOWN = 1_000

/**
 * What the clocks of a zone show at an instant, as `YYYY-MM-DDTHH:MM:SS.sss`, and their offset as ISO 8601 writes it.
 *
 * @param at whole milliseconds since the Unix epoch
 * @throws RangeError for a zone that there is not, and for an instant that is none
 */
export function onClock(at: number, zone: string): { readonly local: string; readonly offset: string } {
  const { offsetMs, suffix } = stretchOf(at, zone)
  // biome-ignore lint/style/noRestrictedGlobals: no clock is read, an instant is written; Temporal needs twenty times as long
  return { local: new Date(at + offsetMs).toISOString().slice(0, -1), offset: suffix }
}

function stretchOf(at: number, zone: string): Stretch {
  const found = known.get(zone)?.find(({ from, to }) => at >= from && at < to)
  if (found !== undefined && Number.isInteger(at)) return found
  const made = askLibrary(at, zone)
  if (known.size >= MOST_KNOWN) known.clear()
  // The newest first: what was asked for last is asked for next.
  known.set(zone, [made, ...(known.get(zone) ?? [])].slice(0, MOST_KNOWN))
  return made
}

function askLibrary(at: number, zone: string): Stretch {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  // Before there were zones, clocks were off by odd seconds; ISO 8601 has no room for them.
  const told = moment.toString({ timeZoneName: 'never', smallestUnit: 'second' })
  // The previous change is one strictly before, so that a change in this very instant is found from a little later.
  const [last, next] = [
    moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous'),
    moment.getTimeZoneTransition('next'),
  ]
  return {
    from: Math.max(last?.epochMilliseconds ?? at - FARTHEST, at - FARTHEST),
    to: Math.min(next?.epochMilliseconds ?? at + FARTHEST, at + FARTHEST),
    offsetMs: moment.offsetNanoseconds / 1e6,
    suffix: told.slice(-6),
  }
}
