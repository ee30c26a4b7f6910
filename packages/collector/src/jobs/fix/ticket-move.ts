import type { Fix } from '@tabiji/core/fix'
import { refusal } from '@tabiji/core/problem'
import type { Tracker } from '../../ports/tracker.ts'
import type { FixDetails, Result, Work } from '../../ports/work.ts'
import type { TicketWrites } from './ticket-writes.ts'

type Parts = { readonly work: Pick<Work, 'changeFix' | 'checkFix'>; readonly writes: Pick<TicketWrites, 'note'> }
type Asked = { readonly due: string; readonly reason: string; readonly by: string | undefined }

/**
 * Moves a due date in the tracker and then here: who reads the ticket sees it, the next reading changes nothing, and the reason is
 * known. Where the tracker refuses nothing is recorded. What the tracker took and we could not record comes with the next reading.
 *
 * @param tracker the one that shows its ticket; absent: it is in none, or in one that is followed no more
 */
export async function moveFix(
  { work, writes }: Parts,
  { key, ticket, due: before }: Fix,
  tracker: Tracker | undefined,
  { due, reason, by }: Asked,
  signal: AbortSignal,
): Promise<Result<FixDetails>> {
  const change = { type: 'move', due, reason } as const
  if (ticket === undefined || ticket.gone === true || tracker === undefined) return work.changeFix(key, change, by)
  const problems = work.checkFix(key, change, by)
  if (problems.length > 0) return { ok: false, problems }
  writes.note(ticket, before)
  const moved = await tracker.move(ticket, due, signal)
  if (moved.ok) return work.changeFix(key, change, by, { isWritten: true })
  const message = `The due date of ${key} was not changed in ${tracker.name}, nor here: ${moved.message}`
  const { hint = `change it at ${ticket.url}; it is read from there` } = moved
  return { ok: false, problems: [refusal('TRACKER_FAILED', message, hint)] }
}
