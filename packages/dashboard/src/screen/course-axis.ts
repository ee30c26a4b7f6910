import { addDays, DAY, dateOf, dayRange, HOUR, isoIn, MINUTE, type Range } from '@tabiji/core/time'

/** About as many names as fit below a chart on a phone. */
const MOST_TICKS = 8

const HOURS = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR]
const DAYS = [1, 2, 5, 10, 30, 60]

/** The times that an axis names: round ones on the clocks of the zone. */
export function ticksOf({ from, to }: Range, zone: string): readonly { readonly at: number; readonly label: string }[] {
  const stepMs = HOURS.find((ms) => (to - from) / ms <= MOST_TICKS)
  const days = DAYS.find((n) => (to - from) / (n * DAY) <= MOST_TICKS) ?? 90
  const first = dateOf(from, zone)
  const ticks: { at: number; label: string }[] = []
  for (let date = first; ; date = addDays(date, stepMs === undefined ? days : 1)) {
    const day = dayRange(date, zone)
    if (day.from > to) break
    // Each day begins anew at midnight, so that a day with a change of clocks does not shift the ones after it.
    for (let at = day.from; at < day.to && at <= to; at += stepMs ?? DAY) {
      if (at >= from) ticks.push({ at, label: labelOf(at, zone) })
      if (stepMs === undefined) break
    }
  }
  return ticks
}

/** The date where a day begins, else the time. */
function labelOf(at: number, zone: string): string {
  const iso = isoIn(at, zone)
  return iso.slice(11, 16) === '00:00' ? iso.slice(5, 10) : iso.slice(11, 16)
}
