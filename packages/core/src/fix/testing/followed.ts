import type { FixEvent } from '../event.ts'
import { foldFix } from '../fix.ts'
import { followTicket } from '../ticket.ts'
import { knownOf } from '../ticket-known.ts'
import type { Ticket } from '../ticket-told.ts'

export const ZONE = 'Asia/Tokyo'
export const HOUR = 3_600_000
export const CREATED = Date.parse('2026-10-01T09:00:00+09:00')
export const incidents = [{ key: 'INC-0007', level: 1 }] as const

type Readings = readonly (readonly [hours: number, ticket: Partial<Ticket>, ahead?: number])[]

/** Follows the readings of a ticket, each at its hour after the creation. */
export function following(ticket: Ticket) {
  return (readings: Readings) => {
    const events: FixEvent[] = []
    const fixAt = (now: number) => foldFix({ key: 'FIX-0001', events }, now, ZONE)
    for (const [hours, changes, ahead = 0] of readings) {
      const now = CREATED + hours * HOUR
      const told = { now, zone: ZONE, incidents, ahead, ...knownOf({ key: 'FIX-0001', events }) }
      events.push(...followTicket(fixAt(now), { ...ticket, ...changes }, told))
    }
    return { events, types: events.map(({ type }) => type), fixAt }
  }
}
