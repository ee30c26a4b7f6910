import { notBefore } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import { DAY, HOUR, MINUTE, SECOND } from '@tabiji/core/time'
import type { OutboxRow } from '../../ports/alert-store.ts'
import type { DeliveryResult } from '../../ports/notifier.ts'

/**
 * Longest waits before the 2nd, 3rd, … attempt; the last one repeats. Level 1 follows PagerDuty's advice (30 seconds
 * apart, then back off a few minutes) and goes on for as long as the episode fires; the others follow Standard Webhooks,
 * for as long as they live.
 */
const WAITS: Readonly<Record<Level, readonly number[]>> = {
  1: [30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE],
  2: [30 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR],
  3: [30 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR],
}

/** Old news of level 2 and 3 is worth nothing. Level 1 never expires: its end cancels it. */
const LIFE: Readonly<Record<Level, number>> = { 1: Number.POSITIVE_INFINITY, 2: 3 * DAY, 3: DAY }

/** No receiver can hold us off longer, by mistake or otherwise; and none can make us ask without a breath. */
export const LONGEST_WAIT = HOUR
const SHORTEST_WAIT = SECOND

/** A beginning of level 1 that nobody has taken for so long is told to the fallback as well. */
export const PATIENCE_MS = 2 * MINUTE

/** When a row could have been sent first: gates may have held it. */
export function owedSince(row: OutboxRow): number {
  return row.letGoAt ?? notBefore(row.verdicts, row.createdAt)
}

/** Why a row is not worth sending any more, if so. */
export function expiryOf(row: OutboxRow, now: number): string | undefined {
  const life = LIFE[row.level]
  return now - owedSince(row) < life ? undefined : `not delivered within ${life / HOUR} hours`
}

/** How long the receiver asked to be left alone. It holds for everything that goes there, not for one row. */
export function pauseAfter(result: DeliveryResult): number {
  return result.kind === 'retry' && result.afterMs !== undefined ? bounded(result.afterMs) : 0
}

/**
 * A row after an attempt.
 *
 * - retry: later, by what the receiver asked for or by exponential backoff with full jitter (a random part of the wait,
 *   so that many rows do not come back together);
 * - rejected: at once in the plainest form, and after that never again.
 *
 * @param random in [0, 1)
 */
export function afterAttempt(row: OutboxRow, result: DeliveryResult, now: number, random: number): OutboxRow {
  const tried = { ...row, attempts: row.attempts + 1 }
  if (result.kind === 'delivered') {
    return { ...tried, state: 'delivered', ...(result.ref !== undefined && { ref: result.ref }) }
  }
  const failed = { ...tried, lastError: result.message }
  if (result.kind === 'retry') {
    const wait = result.afterMs ?? random * backoff(urgencyOf(row), row.attempts)
    const ambiguous = row.ambiguous || result.ambiguous
    return { ...failed, state: 'waiting', notBefore: now + bounded(wait), ambiguous }
  }
  // No form of a message changes an address that is forbidden.
  if (row.degraded || result.failure === 'forbidden_address') return { ...failed, state: 'dead' }
  return { ...failed, state: 'waiting', notBefore: now, degraded: true }
}

/**
 * What the fallback is told: what its receiver refused for good, and the beginning of a level 1 that has not arrived in
 * time. Its first sending is owed now.
 */
export function standInFor(next: OutboxRow, fallback: string | undefined, now: number): OutboxRow | undefined {
  // A row that stands in already has nobody behind it; and a test of one way says nothing by another.
  if (fallback === undefined || fallback === next.receiver || next.insteadOf !== undefined) return undefined
  // And a pager's log of changes is no way to people; what stands in a thread is at home nowhere else.
  if (['test', 'change', 'incident', 'handover'].includes(next.kind)) return undefined
  const overdue = next.level === 1 && next.kind === 'trigger' && now - owedSince(next) >= PATIENCE_MS
  const isUnfinished = next.state === 'waiting' || next.state === 'sending'
  if (next.state !== 'dead' && !(isUnfinished && overdue)) return undefined
  const { lastError: _, ...row } = next
  const fresh = { state: 'waiting', attempts: 0, ambiguous: false, degraded: false, notBefore: now } as const
  return { ...row, ...fresh, id: `${row.id}~instead`, receiver: fallback, insteadOf: row.receiver }
}

/** People work by what a chat says of their incident: it must not be hours behind because the chat was away for some minutes. */
function urgencyOf({ kind, level }: OutboxRow): Level {
  return kind === 'incident' || kind === 'handover' ? 1 : level
}

function backoff(level: Level, attempts: number): number {
  const waits = WAITS[level]
  return waits[Math.min(attempts, waits.length - 1)] ?? LONGEST_WAIT
}

function bounded(ms: number): number {
  return Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, Math.ceil(ms)))
}
