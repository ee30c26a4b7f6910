import type { LetGo, Verdict } from '@tabiji/core/alert'
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
  /** What was let go to a receiver after a moment (milliseconds) and is told one by one: no page, no end, nothing of a digest. */
  letGo(receiver: string, after: number): readonly LetGo[]
  /** What was decided about a notification, oldest first. */
  decisionsOf(outbox: string): readonly Decision[]
}
