import type { FixDetails, Result } from './work.ts'

/** `note`: what somebody has to mend in the ticket by hand. */
export type Ticketed = FixDetails & { readonly note?: string }

/** Gives fixes a ticket where they are worked on. */
export interface TicketDesk {
  /**
   * Creates the ticket of a fix and records it. A fix that has one there already keeps it, so a request may be repeated; after a
   * failure the next try finds what an earlier one created.
   *
   * @param tracker its name; the first of the configuration when absent
   */
  createTicket(key: string, tracker: string | undefined, by: string | undefined): Promise<Result<Ticketed>>
}
