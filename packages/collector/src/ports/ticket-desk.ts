import type { FixDetails, Result } from './work.ts'

/** `note`: what somebody has to mend in the ticket by hand. */
export type Ticketed = FixDetails & { readonly note?: string }

/** Where a ticket is to be created, by the names of the configuration; what is absent follows from what the fix is about. */
export type TicketWish = { readonly tracker?: string; readonly place?: string }

/** Where a ticket would be created. */
export type TicketSpot = { readonly tracker: string; readonly place: string }

/** Gives fixes a ticket where they are worked on. */
export interface TicketDesk {
  /**
   * Creates the ticket of a fix and records it. A fix that has one there already keeps it, so a request may be repeated; after a
   * failure the next try finds what an earlier one created.
   */
  createTicket(key: string, wish: TicketWish, by: string | undefined): Promise<Result<Ticketed>>
  /** Where the ticket of a fix would be created that is for a journey or an incident; nothing is asked outside. */
  spotFor(wish: TicketWish, about: { readonly journey?: string; readonly incident?: string }): Result<TicketSpot>
  /** Moves the due date of a fix: in its tracker first, where it has a ticket that states one. */
  moveFix(
    key: string,
    request: { readonly due: string; readonly reason: string },
    by: string | undefined,
  ): Promise<Result<FixDetails>>
  /**
   * Says which fix a ticket is of, by the address of its page.
   *
   * @param as the key of a fix, which is followed there from then on; absent: it is a fix of its own
   */
  followTicket(url: string, as: string | undefined, by: string | undefined): Promise<Result<FixDetails>>
}
