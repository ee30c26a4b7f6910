import type { Fix } from './fix.ts'
import type { Ticket } from './ticket-told.ts'

/** How a ticket shows that it is of a fix which another tracker has: our mark in its text, or a link between the two. */
export type TicketTie = 'mark' | 'link'

/**
 * Whether a ticket is surely what has become of the ticket of a fix in another tracker: that one was left, and this one carries our mark
 * or is called the same. A link alone may only be for reading on, and where both are worked on nobody knows which of them is meant.
 */
export function movedHere(fix: Fix, ticket: Ticket, tie: TicketTie): boolean {
  const wasLeft = fix.ticket?.gone === true || fix.state === 'dropped'
  return wasLeft && (tie === 'mark' || fix.title === ticket.title)
}

/** Whether a ticket is surely what a fix came from, whose own ticket links to it: it is closed, and called the same. */
export function movedAway(fix: Fix, ticket: Ticket): boolean {
  return ticket.state !== 'open' && fix.title === ticket.title
}
