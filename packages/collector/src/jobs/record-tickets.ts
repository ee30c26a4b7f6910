import { foldFix, followTicket, knownOf, loseTicket, markOf, type Ticket, type TicketRef } from '@tabiji/core/fix'
import type { TrackerReading } from '../ports/tracker.ts'
import type { WorkStore } from '../ports/work-store.ts'
import { incidentsIn, standingKey } from './incidents.ts'
import type { Missing } from './missing-tickets.ts'
import { momentAfter } from './moment.ts'

type Parts = { readonly store: WorkStore; readonly zone: () => string; readonly now: () => number }

/** Whether some ticket belongs to no fix yet. */
export function bringsStranger(tickets: readonly Ticket[], store: WorkStore, zone: string): boolean {
  const known = keysOf(store, zone)
  return tickets.some((ticket) => !known.has(nameOf(ticket)) && !(ticket.mark !== undefined && known.has(ticket.mark)))
}

/** @returns how many events were recorded, all of them in one transaction */
export function recordTickets(
  reading: Extract<TrackerReading, { ok: true }>,
  missing: Extract<Missing, { ok: true }>,
  { store, zone, now }: Parts,
): number {
  return store.transact(() => {
    const incidents = incidentsIn(store)
    const known = keysOf(store, zone())
    let count = 0
    const follow = (key: string, ticket: Ticket) => {
      const history = store.fixHistory(key)
      const at = momentAfter(history.events, now())
      const { ahead } = reading
      const context = { now: at, zone: zone(), incidents, ...knownOf(history), ...(ahead !== undefined && { ahead }) }
      // The ticket goes on naming the incident that was merged into another.
      const about =
        ticket.incident === undefined ? ticket : { ...ticket, incident: standingKey(store, ticket.incident) }
      const events = followTicket(foldFix(history, at, zone()), about, context)
      if (events.length > 0) store.appendFix(key, events)
      known.set(nameOf(ticket), key)
      // Whoever copies the text of a ticket makes another fix.
      if (ticket.mark !== undefined) known.delete(ticket.mark)
      count += events.length
    }
    const lose = (ticket: TicketRef) => {
      const key = known.get(nameOf(ticket))
      if (key === undefined) return
      const history = store.fixHistory(key)
      const at = momentAfter(history.events, now())
      const fix = foldFix(history, at, zone())
      const events = fix === undefined ? [] : loseTicket(fix, at)
      if (events.length > 0) store.appendFix(key, events)
      count += events.length
    }
    for (const { known: before, ticket } of missing.found) {
      const key = known.get(nameOf(before))
      const other = known.get(nameOf(ticket))
      // Where it went is a fix of its own already: two fixes cannot have one ticket.
      if (other !== undefined && other !== key) lose(before)
      else if (key !== undefined) follow(key, ticket)
    }
    for (const ticket of missing.gone) lose(ticket)
    const asked = new Set(missing.found.map(({ ticket }) => nameOf(ticket)))
    // What was asked for by itself is newer than the list.
    for (const ticket of reading.tickets.filter((one) => !asked.has(nameOf(one)))) {
      const marked = ticket.mark === undefined ? undefined : known.get(ticket.mark)
      follow(known.get(nameOf(ticket)) ?? marked ?? store.nextFixKey(), ticket)
    }
    return count
  })
}

/** Which fix belongs to which ticket. One that is to have a ticket, but was not told of it in time, is known by its mark. */
function keysOf(store: WorkStore, zone: string): Map<string, string> {
  return new Map(
    store.fixHistories().flatMap((history) => {
      const fix = foldFix(history, Number.POSITIVE_INFINITY, zone)
      return fix === undefined ? [] : [[fix.ticket === undefined ? markOf(fix) : nameOf(fix.ticket), history.key]]
    }),
  )
}

function nameOf({ tracker, id }: Pick<Ticket, 'tracker' | 'id'>): string {
  return JSON.stringify([tracker, id])
}
