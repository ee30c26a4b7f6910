import type { Ticket, TicketRef } from '@tabiji/core/fix'
import { MINUTE } from '@tabiji/core/time'
import { nameOf } from './known-tickets.ts'

/** What was written into tickets lately, so that a reading which is older than that does not put it back. */
export type TicketWrites = {
  /** @param before the due date that the ticket had */
  note(ticket: TicketRef, before: string): void
  /** The ticket without a due date that only a reading from before the write can have. */
  without(ticket: Ticket): Ticket
}

/** A reading may have begun before the write, and a tracker's search learns of it a little late. */
const LATE_MS = 5 * MINUTE

export function createTicketWrites(now: () => number): TicketWrites {
  const written = new Map<string, { readonly before: string; readonly at: number }>()
  return {
    note: (ticket, before) => {
      for (const [name, { at }] of written) if (now() - at > LATE_MS) written.delete(name)
      written.set(nameOf(ticket), { before, at: now() })
    },
    without: (ticket) => {
      const last = written.get(nameOf(ticket))
      if (last === undefined || now() - last.at > LATE_MS || ticket.due !== last.before) return ticket
      const { due: _, ...others } = ticket
      return others
    },
  }
}
