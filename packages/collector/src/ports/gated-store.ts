import type { Verdict } from '@tabiji/core/alert'
import type { OutboxRow } from './alert-store.ts'

/** What became of a notification when the gates were asked. Times in milliseconds. */
export type Decision = {
  readonly outbox: string
  readonly at: number
  /** `held`: a gate holds it back. `let_go`: it is owed from then on. `dropped`: it is not worth telling any more. */
  readonly outcome: 'held' | 'let_go' | 'dropped'
  readonly verdicts: readonly Verdict[]
  /** Why it was dropped. */
  readonly reason?: string
}

/** Notifications that the gates hold back, and what was decided about them. */
export interface GatedStore {
  /** Oldest first. */
  gated(): readonly OutboxRow[]
  /** Writes decisions and what follows from them, in one transaction; those about what is gated no more change nothing. */
  decide(decisions: readonly Decision[]): void
  /** What was decided about a notification, oldest first. */
  decisionsOf(outbox: string): readonly Decision[]
}
