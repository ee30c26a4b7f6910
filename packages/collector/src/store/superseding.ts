import { isBeginning, isEnd } from '@tabiji/core/alert'
import type { OutboxRow } from '../ports/alert-store.ts'

/** A row that need not be sent any more, and why. */
type Cancellation = { readonly id: string; readonly reason: string }

type QueuedRow = Pick<OutboxRow, 'id' | 'kind' | 'state' | 'ambiguous' | 'insteadOf'>

/**
 * What in a queue has become old news. A queue is what one receiver is told of one topic, oldest first. What is neither a
 * beginning nor an end depends on nothing and is never superseded here, but for how an incident stands: there only the last counts.
 *
 * - A beginning that still waits when its end is queued is cancelled: the message of the end says since when it lasted.
 *   That holds for one that may have arrived as well, because repeating it would open at the pager what is over.
 * - One that the gates hold back is treated alike, and one that is held after a restore: nobody needs to decide about
 *   what is over.
 * - Of reminders that wait only the latest is worth sending.
 * - An end is owed to a receiver that was told of the beginning or may have been. To any other it would tell the end of
 *   something it never heard of. An end that stands in for another receiver's says so itself and is news on its own.
 */
export function supersededIn(queue: readonly QueuedRow[]): readonly Cancellation[] {
  const cancelled: Cancellation[] = []
  let told = false
  for (const [index, row] of queue.entries()) {
    if (row.kind === 'incident' && isOutrun(queue, index)) {
      cancelled.push({ id: row.id, reason: 'a later one says how it stands' })
    }
    if (!isBeginning(row.kind) && !isEnd(row.kind)) continue
    if (isBeginning(row.kind)) {
      const old = ['gated', 'waiting', 'held'].includes(row.state) ? oldNews(queue, index) : undefined
      if (old !== undefined) cancelled.push({ id: row.id, reason: old })
      told ||= mayHaveArrived(row)
    } else if (
      (row.state === 'gated' || row.state === 'waiting') &&
      !row.ambiguous &&
      !told &&
      row.insteadOf === undefined
    ) {
      cancelled.push({ id: row.id, reason: 'the receiver was not told that it began' })
    } else if (row.state !== 'cancelled' && row.state !== 'dead') {
      told = false
    }
  }
  return cancelled
}

/** Whether what says how it stood waits although a later one says how it stands. What may have arrived is sent, and says so. */
function isOutrun(queue: readonly QueuedRow[], index: number): boolean {
  const row = queue[index]
  if (row === undefined || row.ambiguous || (row.state !== 'waiting' && row.state !== 'held')) return false
  return queue.slice(index + 1).some(({ kind }) => kind === 'incident')
}

/** Why a beginning that was not sent yet need not be, if so. */
function oldNews(queue: readonly QueuedRow[], index: number): string | undefined {
  if (isOver(queue, index)) return 'it was over before it was sent'
  const isLatest = !queue.slice(index + 1).some(({ kind }) => kind === 'reminder')
  return queue[index]?.kind === 'reminder' && !isLatest ? 'a later reminder says the same' : undefined
}

/** Whether the end of what the row at the index tells of is queued behind it. */
export function isOver(queue: readonly QueuedRow[], index: number): boolean {
  return queue.slice(index + 1).some((later) => isEnd(later.kind))
}

/** The newest beginning or end that has been or will be told; it says what the receiver knows in the end. */
export function lastWord<Row extends QueuedRow>(queue: readonly Row[]): Row | undefined {
  return queue.findLast(
    (row) =>
      (isBeginning(row.kind) || isEnd(row.kind)) &&
      (row.ambiguous || (row.state !== 'cancelled' && row.state !== 'dead')),
  )
}

/** What is, or will be, told in a digest is told. */
function mayHaveArrived(row: QueuedRow): boolean {
  return ['delivered', 'sending', 'digest', 'digested'].includes(row.state) || row.ambiguous
}
