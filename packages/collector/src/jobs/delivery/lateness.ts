import { isAboutAlert, lateOf, type Verdict } from '@tabiji/core/alert'
import type { OutboxRow } from '../../ports/alert-store.ts'
import type { Notification } from '../../ports/notifier.ts'

/** What the gates said when they held a notification back for the last time; empty: they never did. */
export type HeldBy = (outbox: string) => readonly Verdict[]

/** Why an alert is told late, where it is. What stands in for another message says so itself. */
export function lateness(row: OutboxRow, heldBy: HeldBy | undefined, now: number): Pick<Notification, 'late'> {
  const { id, facts, createdAt, letGoAt, attempts, insteadOf } = row
  if (!isAboutAlert(facts) || insteadOf !== undefined) return {}
  const late = lateOf({ createdAt, letGoAt, tried: attempts }, heldBy?.(id) ?? [], now)
  return late === undefined ? {} : { late }
}
