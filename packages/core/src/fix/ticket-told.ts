import type { Level } from '../journey/index.ts'
import type { FixKind, TicketRef } from './event.ts'
import type { TicketKnown } from './ticket-known.ts'

/** A ticket as its tracker tells it. What the tracker does not say is absent, and is then left as it is known here. */
export type Ticket = Omit<TicketRef, 'gone'> & {
  readonly title: string
  readonly state: 'open' | 'done' | 'dropped'
  /** Since when it has that state (milliseconds), where the tracker says so. */
  readonly stateAt?: number
  /** Every change of its state, oldest first, where the tracker tells them: the last one led to `state` at `stateAt`. */
  readonly turns?: readonly TicketTurn[]
  readonly createdAt: number
  /** Nobody has it when absent. */
  readonly owner?: string
  /** `YYYY-MM-DD` */
  readonly due?: string
  readonly kind?: FixKind
  readonly incident?: string
  readonly cause?: string
  /** Whether it is said to be blocked; absent where the tracker does not say either. */
  readonly blocked?: boolean
  /** Why, where the tracker says so. */
  readonly blockedReason?: string
  /** Of the fix that the ticket was created for (`markOf`). */
  readonly mark?: string
  /** Addresses of pages that its text names. */
  readonly links?: readonly string[]
}

/** `at` by the tracker's clock, milliseconds. */
export type TicketTurn = { readonly state: Ticket['state']; readonly at: number }

/**
 * A ticket of which nothing is recorded for now. `why` is for people.
 *
 * Its tracker does not tell it as it documents, and its fix stays as it was read last; or (`asks`) it may be a fix that is known, and
 * is not counted until somebody says so.
 */
export type TicketAside = { readonly url: string; readonly why: string; readonly asks?: true }

/** What following a ticket needs to know, beside what the history of its fix tells (`knownOf`). */
export type TicketContext = TicketKnown & {
  readonly now: number
  readonly zone: string
  readonly incidents: readonly { readonly key: string; readonly level?: Level }[]
  /** By how much the clock of the tracker is ahead of ours (milliseconds); absent: by nothing that matters. */
  readonly ahead?: number
}
