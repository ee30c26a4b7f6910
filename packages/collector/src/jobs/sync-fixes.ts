import { cameBackAt, foldFix, followTicket, markOf, type Ticket, type TicketAside } from '@tabiji/core/fix'
import { DAY, MINUTE } from '@tabiji/core/time'
import type { Tracker } from '../ports/tracker.ts'
import type { WorkStore } from '../ports/work-store.ts'
import { incidentsIn, standingKey } from './incidents.ts'
import { momentAfter } from './moment.ts'

export type FixSync = {
  /** Reads the tracker once and records what is new. Never rejects. */
  turn(signal: AbortSignal): Promise<void>
}

type Parts = {
  readonly tracker: Tracker
  readonly store: WorkStore
  readonly zone: () => string
  readonly now: () => number
  /** Told of each reading: how many events it added, or why it failed. */
  readonly onTurn: (outcome: SyncOutcome) => void
}

export type SyncOutcome =
  /** `aside`: all tickets that cannot be read, also those that this reading did not bring again. */
  | { readonly ok: true; readonly events: number; readonly aside: readonly TicketAside[] }
  | { readonly ok: false; readonly message: string }

/** A change is read again for so long: it may be listed a little after it was made. */
const OVERLAP_MS = 5 * MINUTE

/**
 * Follows the tickets of a tracker. The first reading after a start, and one each day, is of all tickets, so whatever was missed is
 * found; the others are of what has changed since the last one that succeeded, by the tracker's own clock. A tracker
 * that is down keeps that place: nothing is lost but time.
 */
export function createFixSync(parts: Parts): FixSync {
  const { tracker, now, onTurn } = parts
  let since: number | undefined
  let wholeAt = Number.NEGATIVE_INFINITY
  let quietUntil = 0
  const aside = new Map<string, string>()
  return {
    turn: async (signal) => {
      if (now() < quietUntil) return
      try {
        const began = now()
        const isWhole = began - wholeAt >= DAY
        const reading = await tracker.read(isWhole ? undefined : since, signal)
        if (signal.aborted) return
        if (!reading.ok) {
          quietUntil = now() + (reading.waitMs ?? 0)
          return onTurn(reading)
        }
        const events = recordTickets(reading.tickets, parts)
        since = reading.until - OVERLAP_MS
        if (isWhole) wholeAt = began
        if (isWhole) aside.clear()
        for (const { url } of reading.tickets) aside.delete(url)
        for (const { url, why } of reading.aside ?? []) aside.set(url, why)
        onTurn({ ok: true, events, aside: [...aside].map(([url, why]) => ({ url, why })) })
      } catch (error) {
        onTurn({ ok: false, message: error instanceof Error ? error.message : String(error) })
      }
    },
  }
}

/** @returns how many events were recorded, all of them in one transaction */
function recordTickets(tickets: readonly Ticket[], { store, zone, now }: Parts): number {
  return store.transact(() => {
    const incidents = incidentsIn(store)
    // A fix that is to have a ticket, but was not told of it in time, is known by its mark.
    const known = new Map<string, string>(
      store.fixHistories().flatMap((history) => {
        const fix = foldFix(history, Number.POSITIVE_INFINITY, zone())
        return fix === undefined ? [] : [[fix.ticket === undefined ? markOf(fix) : nameOf(fix.ticket), history.key]]
      }),
    )
    let count = 0
    for (const ticket of tickets) {
      const marked = ticket.mark === undefined ? undefined : known.get(ticket.mark)
      const key = known.get(nameOf(ticket)) ?? marked ?? store.nextFixKey()
      const history = store.fixHistory(key)
      const at = momentAfter(history.events, now())
      const back = cameBackAt(history)
      const context = { now: at, zone: zone(), incidents, ...(back !== undefined && { cameBackAt: back }) }
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
    return count
  })
}

function nameOf({ tracker, id }: Pick<Ticket, 'tracker' | 'id'>): string {
  return JSON.stringify([tracker, id])
}
