import type { Level } from '@tabiji/core/journey'
import type { Desk } from '@tabiji/core/time'

/** A desk that is open on weekdays from ten o'clock on. */
function office(timeZone = 'Asia/Tokyo'): Desk {
  const times = [{ from: 10 * 60, to: 1_440 }]
  return { timeZone, hours: [{ times, weekdays: [{ from: 1, to: 5 }], location: timeZone }], closings: [] }
}

/** Who is told and when, where all journeys are one team's. */
export function tellingTo(routes: Partial<Record<Level, readonly string[]>> = {}, timeZone?: string) {
  return {
    receiversOf: (level: Level) => routes[level] ?? [],
    deskOf: () => office(timeZone),
  }
}
