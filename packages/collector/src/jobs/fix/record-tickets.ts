import {
  type FixEvent,
  foldFix,
  followTicket,
  knownOf,
  loseTicket,
  type Ticket,
  type TicketAside,
  type TicketRef,
} from '@tabiji/core/fix'
import type { TrackerReading } from '../../ports/tracker.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { incidentsIn, standingKey } from '../incident/incidents.ts'
import { momentAfter } from '../loop/moment.ts'
import { type KnownTickets, knownTickets, nameOf } from './known-tickets.ts'
import type { Missing } from './missing-tickets.ts'
import type { TicketLinks } from './ticket-links.ts'
import type { TicketWrites } from './ticket-writes.ts'

type Parts = {
  readonly store: WorkStore
  readonly links: TicketLinks
  readonly writes: Pick<TicketWrites, 'without'>
  readonly zone: () => string
  readonly now: () => number
}

/** Whether some ticket belongs to no fix yet. */
export function bringsStranger(tickets: readonly Ticket[], { store, links, zone }: Parts): boolean {
  const known = knownTickets(store, zone(), links)
  return tickets.some((ticket) => ['stranger', 'doubt'].includes(known.placeOf(ticket).kind))
}

/** A ticket that may be a fix that is known, and what is asked about it. */
type Doubt = { readonly ticket: Ticket; readonly aside: TicketAside }

/** `doubts`: tickets of which nothing was recorded. */
export type Recorded = { readonly events: number; readonly doubts: readonly Doubt[] }

/**
 * Records what a reading says, all of it in one transaction.
 *
 * @param waiting doubtful tickets of earlier readings: what became of the ticket that they may come from decides about them, too
 */
export function recordTickets(
  reading: Extract<TrackerReading, { ok: true }>,
  missing: Extract<Missing, { ok: true }>,
  waiting: readonly Ticket[],
  parts: Parts,
): Recorded {
  const { store, links, zone } = parts
  return store.transact(() => {
    const known = knownTickets(store, zone(), links)
    const follower = createFollower(parts, known, reading.ahead)
    const doubts: Doubt[] = []
    let events = 0
    for (const { known: before, ticket } of missing.found) {
      const [key, other] = [known.followed(before), known.followed(ticket)]
      // Where it went is a fix of its own already: two fixes cannot have one ticket.
      if (other !== undefined && other !== key) events += follower.lose(before)
      else if (key !== undefined) events += follower.follow(key, ticket)
    }
    for (const ticket of missing.gone) events += follower.lose(ticket)
    const asked = new Set(missing.found.map(({ ticket }) => nameOf(ticket)))
    const told = new Set(reading.tickets.map(nameOf))
    // What was asked for by itself is newer than the list.
    for (const ticket of reading.tickets.filter((one) => !asked.has(nameOf(one)))) {
      const place = known.placeOf(ticket)
      if (place.kind === 'doubt') doubts.push({ ticket, aside: asking(ticket, place) })
      else if (place.kind === 'origin') events += follower.passThrough(place.key, ticket, place.present)
      else if (place.kind === 'stranger') events += follower.follow(store.nextFixKey(), ticket)
      else if (place.kind !== 'former') events += follower.follow(place.key, ticket)
    }
    for (const ticket of waiting.filter((one) => !told.has(nameOf(one)))) {
      const place = known.placeOf(ticket)
      if (place.kind === 'doubt') doubts.push({ ticket, aside: asking(ticket, place) })
      // Somebody may have answered meanwhile: what is followed is told by newer readings than the one it waits since.
      else if (place.kind === 'joins') events += follower.follow(place.key, ticket)
    }
    return { events, doubts }
  })
}

function asking({ url }: Ticket, { key, present }: { readonly key: string; readonly present: TicketRef }): TicketAside {
  const why = `it may be ${key}, which is kept at ${present.url}: say \`tabiji fix follow ${url} --as ${key}\`, or without \`--as\` if it is another fix`
  return { url, why, asks: true }
}

/** Records what a ticket says, within the transaction of its caller. Each answers how many events it recorded. */
export function createFollower({ store, links, writes, zone, now }: Parts, known: KnownTickets, ahead?: number) {
  const incidents = incidentsIn(store)
  const append = (key: string, events: readonly FixEvent[]): number => {
    if (events.length === 0) return 0
    store.appendFix(key, events)
    known.renew(store.fixHistory(key))
    return events.length
  }
  return {
    follow: (key: string, ticket: Ticket, by?: string): number => {
      const history = store.fixHistory(key)
      const at = momentAfter(history.events, now())
      const context = { now: at, zone: zone(), incidents, ...knownOf(history), ...(ahead !== undefined && { ahead }) }
      // The ticket goes on naming the incident that was merged into another.
      const { incident, ...rest } = writes.without(ticket)
      const about = incident === undefined ? rest : { ...rest, incident: standingKey(store, incident) }
      const events = followTicket(foldFix(history, at, zone()), about, context)
      links.note(ticket, key)
      // Who said where it is kept is known better than that its tracker tells so.
      const isSaid = ({ type }: FixEvent) => by !== undefined && (type === 'linked' || type === 'added')
      return append(
        key,
        events.map((event) => (by !== undefined && isSaid(event) ? { ...event, by } : event)),
      )
    },
    lose: (ticket: TicketRef): number => {
      const key = known.followed(ticket)
      if (key === undefined) return 0
      const history = store.fixHistory(key)
      const at = momentAfter(history.events, now())
      const fix = foldFix(history, at, zone())
      return fix === undefined ? 0 : append(key, loseTicket(fix, at))
    },
    /** A fix was worked on at a ticket before the one that it has. */
    passThrough: (key: string, { tracker, id, url }: Ticket, present: TicketRef): number => {
      const at = momentAfter(store.fixHistory(key).events, now())
      const linked = (ticket: TicketRef) => ({ at, by: tracker, type: 'linked', ticket }) as const
      return append(key, [linked({ tracker, id, url }), linked(present)])
    },
  }
}
