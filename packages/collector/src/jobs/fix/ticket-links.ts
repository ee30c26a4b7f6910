import type { Ticket } from '@tabiji/core/fix'

/** Which fix names which other tickets in the text of its own, of all trackers; kept while the process lives, and told again by each start. */
export type TicketLinks = {
  /** What a ticket names now, which belongs to a fix. */
  note(ticket: Ticket, key: string): void
  /** The fix whose ticket, in another tracker, names a page. */
  keyTo(page: string, tracker: string): string | undefined
}

/** Pages of tickets, of GitHub and of Jira; what else a text names is of no use. */
const OF_TICKETS = /\/(?:issues\/\d{1,15}|browse\/[a-z][a-z0-9_]{1,50}-\d{1,15})$/

export function createTicketLinks(): TicketLinks {
  const named = new Map<string, { readonly key: string; readonly tracker: string; readonly from: string }>()
  const ofTicket = new Map<string, readonly string[]>()
  return {
    note: ({ tracker, id, links = [] }, key) => {
      const from = JSON.stringify([tracker, id])
      for (const page of ofTicket.get(from) ?? []) if (named.get(page)?.from === from) named.delete(page)
      const pages = links.map(pageOf).filter((page) => OF_TICKETS.test(page))
      if (pages.length === 0) ofTicket.delete(from)
      else ofTicket.set(from, pages)
      for (const page of pages) named.set(page, { key, tracker, from })
    },
    keyTo: (page, tracker) => {
      const found = named.get(pageOf(page))
      return found === undefined || found.tracker === tracker ? undefined : found.key
    },
  }
}

/** Names in addresses of tickets do not depend on the case. */
export function pageOf(url: string): string {
  return url.replace(/\/+$/, '').toLowerCase()
}
