import type { Ticket, TicketAside, TicketDraft, TicketRef } from '@tabiji/core/fix'

/** What came of asking a tracker. */
export type TrackerReading =
  | {
      readonly ok: true
      readonly tickets: readonly Ticket[]
      /** Tickets that are not as the tracker documents them, so nothing is known of them. */
      readonly aside?: readonly TicketAside[]
      /** What the tracker's clock said when it began to answer (milliseconds); all that changed before it is told. */
      readonly until: number
      /** By how much its clock is ahead of ours (milliseconds); absent: by nothing that can be told from the time of asking. */
      readonly ahead?: number
    }
  /** `waitMs`: for how long the tracker wants to be left alone. */
  | { readonly ok: false; readonly message: string; readonly waitMs?: number }

/** What came of asking for one ticket. */
export type TicketAsked =
  /** It may have another id and page than those it was asked for by: it was transferred. */
  | { readonly kind: 'found'; readonly ticket: Ticket }
  | { readonly kind: 'gone' }
  /** It is no page of this tracker. */
  | { readonly kind: 'elsewhere' }
  /** Nothing can be made of the answer, which says nothing of other tickets. */
  | { readonly kind: 'aside'; readonly why: string }
  | { readonly kind: 'failed'; readonly message: string; readonly waitMs?: number }

/** What came of creating a ticket. After a failure nobody knows whether it was created, unless `message` says so. */
export type TicketMade =
  /** `note`: what somebody has to mend in it by hand. */
  | { readonly ok: true; readonly ticket: Ticket; readonly note?: string }
  | { readonly ok: false; readonly message: string }

/** What came of writing a due date into a ticket. After a failure nobody knows whether it was written, unless `message` says so. */
export type TicketMoved =
  | { readonly ok: true }
  /** `hint`: how the date is changed by hand. */
  | { readonly ok: false; readonly message: string; readonly hint?: string }

/** A ticket by its page, and by its id where that is known. */
export type TicketPage = Pick<TicketRef, 'url'> & { readonly id?: string }

/** Where tickets are worked on. What stands in it is told whole each time. */
export interface Tracker {
  readonly name: string
  /** `github`, `jira` */
  readonly kind: string
  /** Where tickets can be created: repositories, projects. */
  readonly places: readonly [string, ...string[]]
  /** A ticket that is transferred gets another id. */
  readonly renames?: true
  /**
   * Tickets that changed at or after an instant of the tracker's clock (milliseconds); all of them without one. All or nothing: a
   * reading that breaks off is a failure.
   */
  read(since: number | undefined, signal: AbortSignal): Promise<TrackerReading>
  /** Asks for one ticket, which the list may not show any more. */
  ask(ticket: TicketPage, signal: AbortSignal): Promise<TicketAsked>
  /** Creates a ticket in one of `places`, or finds the one with the mark of the draft, which an earlier try created anywhere. */
  create(draft: TicketDraft, place: string, signal: AbortSignal): Promise<TicketMade>
  /** Writes the due date (`YYYY-MM-DD`) where the ticket states it. */
  move(ticket: TicketRef, due: string, signal: AbortSignal): Promise<TicketMoved>
}

/** How old what is known of a tracker is; times are ISO 8601 with the zone's offset. */
export type TrackerView = {
  readonly name: string
  readonly kind: string
  /** When its tickets were last read, also by a collector that has ended since; absent: never yet. */
  readonly readAt?: string
  /** Since when they cannot be read, and why. */
  readonly failingSince?: string
  readonly why?: string
  /** Tickets that the last readings could not make anything of; absent: none. */
  readonly aside?: readonly TicketAside[]
}

/** What of the view of a tracker outlives the process; instants are milliseconds. */
export type TrackerState = {
  readonly readAt?: number
  /** Since when it cannot be read, and why. */
  readonly failing?: { readonly since: number; readonly why: string }
  readonly aside?: readonly TicketAside[]
}

/** Keeps them by the tracker's name. */
export type TrackerStates = {
  of(tracker: string): TrackerState
  keep(tracker: string, state: TrackerState): void
}

export type ListTrackers = () => readonly TrackerView[]
