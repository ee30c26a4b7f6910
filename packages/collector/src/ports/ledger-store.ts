import type { Definition } from '@tabiji/core/journey'
import type { Account, BookingNote, Edge, Interval, LogRow, PackedSlot, Position } from '@tabiji/core/ledger'

/** What one commit writes, all of it or nothing: the entries and the positions that they came from. */
export type LedgerCommit = {
  /** When it is committed, milliseconds. */
  readonly at: number
  /** Accounts that the store does not know yet, with their numbers. */
  readonly accounts: readonly { readonly number: number; readonly account: Account }[]
  readonly slots: readonly PackedSlot[]
  readonly positions: readonly Position[]
  readonly notes: readonly BookingNote[]
  /** What is booked of added counts by now; replaces what was remembered of the same intervals. */
  readonly intervals: readonly Interval[]
  /** Milliseconds: intervals that ended until then are let go. Absent when none are due. */
  readonly forgetUntil?: number
}

/** A cumulative point that can be restored without walking the whole log. */
export type SavedEdge = {
  readonly name: string
  readonly edge: Edge
  /** The last row of the log that was in it when it was saved; later rows of earlier slots are not. */
  readonly upTo: number
}

/** Where the ledger is kept. Append-only: entries are never changed, only followed by others. */
export interface LedgerStore {
  /** When this ledger was created, milliseconds. */
  readonly birth: number
  /** Whether made-up data were ever booked: then everything that is told from this store says so first. */
  isSample(): boolean
  /** There is no way back: nobody can tell the made-up events from the real ones later. */
  markSample(): void
  /** Accounts in the order of their numbers. */
  accounts(): readonly Account[]
  positions(): readonly Position[]
  /** The series that were booked of an interval; none when nothing is remembered of it. */
  interval(process: string, from: bigint, to: bigint): readonly number[]
  /** Milliseconds: intervals that ended until then may have been let go. 0 when all are there. */
  forgottenUntil(): number
  /** Writes a commit in one transaction. Throws when nothing was written, for example on a full disk. */
  commit(commit: LedgerCommit): void
  /** Rows of slots that start in [from, to), seconds, ascending by slot. */
  rows(from: number, to: number): Iterable<LogRow>
  /** Rows that were committed after the row of that number, in the order in which they were committed. */
  rowsAfter(row: number): Iterable<LogRow>
  /** The number of the newest row; 0 for an empty log. */
  lastRow(): number
  /** The log as it stands now. */
  snapshot(): LedgerSnapshot
  /** Seconds: entries of slots before it have been let go, and points before it with them. 0 when all are there. */
  keptFrom(): number
  edges(): readonly SavedEdge[]
  saveEdges(edges: readonly SavedEdge[]): void
  /** The latest saved point at or before the time (seconds); the empty one at 0 when there is none. */
  pointBefore(at: number): Edge
  /** Keeps a point for good; later commits to slots before it are added to it by {@link commit}. */
  savePoint(edge: Edge): void
  /** The definition that was loaded at a time, when it differs from the one before. */
  saveRevision(revision: Revision): void
  /** Ascending by time. */
  revisions(): readonly Revision[]
}

/** The log by its slots, whatever moment it is looked at. */
export type LedgerPast = Pick<LedgerStore, 'rows' | 'pointBefore' | 'keptFrom'>

/** The log as it stood at one moment, whatever is written meanwhile. It is held until it is closed. */
export type LedgerSnapshot = LedgerPast & { close(): void }

/** A journeys file as it was loaded: the promises that held from then on. */
export type Revision = {
  readonly at: number
  readonly fingerprint: string
  /** Targets in parts per million by objective id, so that a month can be judged by what was promised in it. */
  readonly targets: Readonly<Record<string, number>>
  /** The whole of it, read anew each time it is asked for; absent in revisions of a version that kept the targets only. */
  readonly definition?: Definition
}
