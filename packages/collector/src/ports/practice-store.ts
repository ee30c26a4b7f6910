import type { MemberEvent } from '@tabiji/core/practice'

/** Where it is kept what members have done. Append-only: what was recorded is followed by other events, never changed. */
export interface PracticeStore {
  /** Runs a decision and what it appends as one transaction that nobody else writes into. When `run` throws, nothing is kept. */
  transact<Result>(run: () => Result): Result
  /** Oldest first; nothing when nothing was recorded of the member. */
  eventsOf(member: string): readonly MemberEvent[]
  append(member: string, events: readonly MemberEvent[]): void
}
