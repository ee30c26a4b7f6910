import { foldFix, type Ticket, unknownFix } from '@tabiji/core/fix'
import { type Problem, refusal } from '@tabiji/core/problem'
import type { Tracker } from '../../ports/tracker.ts'
import type { FixDetails, Result, Work } from '../../ports/work.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { type KnownTickets, knownTickets } from './known-tickets.ts'
import { createFollower } from './record-tickets.ts'
import type { TicketLinks } from './ticket-links.ts'
import type { TicketWrites } from './ticket-writes.ts'

type Parts = {
  readonly trackers: readonly Tracker[]
  readonly store: WorkStore
  readonly links: TicketLinks
  readonly writes: TicketWrites
  readonly work: Pick<Work, 'fix'>
  readonly zone: () => string
  readonly now: () => number
  /** Called with a ticket of which it is known now whose it is. */
  readonly onAnswer: (tracker: string, url: string) => void
}

type Asked = { readonly url: string; readonly as: string | undefined; readonly by: string | undefined }

/** Follows a ticket, by the address of its page, as a fix of its own or as the ticket of one that is known. */
export async function followTicketAt(parts: Parts, asked: Asked, signal: AbortSignal): Promise<Result<FixDetails>> {
  const found = await ticketAt(parts.trackers, asked.url, signal)
  if (!found.ok) return found
  const { value: ticket } = found
  const { store, links, zone, work } = parts
  const recorded = store.transact((): Result<string> => {
    const known = knownTickets(store, zone(), links)
    const problems = checkAnswer(parts, known, ticket, asked.as)
    if (problems.length > 0) return { ok: false, problems }
    const key = asked.as ?? store.nextFixKey()
    createFollower(parts, known).follow(key, ticket, asked.by)
    return { ok: true, value: key }
  })
  if (!recorded.ok) return recorded
  parts.onAnswer(ticket.tracker, ticket.url)
  return work.fix(recorded.value)
}

async function ticketAt(trackers: readonly Tracker[], url: string, signal: AbortSignal): Promise<Result<Ticket>> {
  const why: string[] = []
  for (const tracker of trackers) {
    const answer = await tracker.ask({ url }, signal)
    if (answer.kind === 'found') return { ok: true, value: answer.ticket }
    if (answer.kind === 'elsewhere') continue
    why.push(
      `${tracker.name}: ${answer.kind === 'gone' ? 'it is not there' : answer.kind === 'aside' ? answer.why : answer.message}`,
    )
  }
  const hint = why.length > 0 ? why.join('; ') : 'name a page of a tracker that is listed under `trackers`'
  const message = `Expected the page of a ticket that a tracker shows, got ${url}`
  return { ok: false, problems: [refusal('TICKET_UNKNOWN', message, hint, ['url'])] }
}

function checkAnswer(
  { store, zone, now }: Parts,
  known: KnownTickets,
  ticket: Ticket,
  as: string | undefined,
): readonly Problem[] {
  const place = known.placeOf(ticket)
  const owner = place.kind === 'followed' || place.kind === 'former' ? place.key : undefined
  if (as === undefined) {
    if (owner === undefined) return []
    return [refusal('FIX_STATE', `${ticket.url} belongs to ${owner} already`, `see tabiji fix show ${owner}`)]
  }
  const keys = store.fixHistories().map(({ key }) => key)
  const fix = keys.includes(as) ? foldFix(store.fixHistory(as), now(), zone()) : undefined
  if (fix === undefined) return [unknownFix(as, keys)]
  if (fix.state === 'merged') {
    const hint = `say it of the one that goes on, ${fix.mergedInto}`
    return [refusal('FIX_STATE', `Expected a fix that goes on, but ${as} is the same as another one`, hint)]
  }
  if (owner === undefined || owner === as) return []
  const hint = `if they are the same: tabiji fix merge ${owner} ${as}`
  return [refusal('FIX_STATE', `${ticket.url} belongs to ${owner} already`, hint)]
}
