import { isOpen, lowerEpisode, raiseEpisode, ticketRuleOf } from '@tabiji/core/alert'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import type { Draft } from './alert-draft.ts'

/**
 * Joins the two levels of one objective. When it rings as a page while its ticket is open, the ticket is nobody's any more
 * (what was taken is another thing now) and what was not sent of it is not: people are told by the page. A level never
 * falls silently: when the page is over and the ticket is not, the page's end says so, and the ticket is owed again.
 *
 * @param open the episodes as they were before the draft
 * @param isPaged whether anybody is told of an owner's pages at all
 */
export function passOnLevels(
  draft: Draft,
  open: ReadonlyMap<string, EpisodeRecord>,
  isPaged: (owner: string | undefined) => boolean,
  now: number,
): void {
  for (const page of [...draft.episodes]) {
    const ticket = ticketBeside(page, draft, open)
    if (ticket === undefined) continue
    const happened = draft.timeline.filter(({ episode }) => episode === page.id).map(({ transition }) => transition)
    const rings = happened.some((each) => each === 'fired' || each === 'reopened')
    if (rings && isPaged(page.facts.journey.owner)) raise(draft, page, ticket)
    else if (happened.some((each) => each === 'resolved' || each === 'withdrawn')) lower(draft, page, ticket, now)
  }
}

/** The open ticket of a page's objective, as the draft leaves it. One that begins in the same draft is none yet. */
function ticketBeside(
  { level, rule, facts }: EpisodeRecord,
  draft: Draft,
  open: ReadonlyMap<string, EpisodeRecord>,
): EpisodeRecord | undefined {
  const ticketRule = level === 1 && facts.cause.kind === 'burn' ? ticketRuleOf(rule) : undefined
  const known = ticketRule === undefined ? undefined : open.get(ticketRule)
  return draft.episodes.findLast(({ id }) => id === known?.id) ?? known
}

function raise(draft: Draft, page: EpisodeRecord, ticket: EpisodeRecord): void {
  const step = raiseEpisode(ticket.episode, page.id)
  if (step.transitions.length === 0) return
  draft.hand(ticket, step, { other: page.id })
  draft.hand(page, { episode: page.episode, transitions: ['raised'] }, { other: ticket.id })
  draft.cancel(ticket.id, ['trigger', 'reminder'], `became a page: ${page.id}`)
}

function lower(draft: Draft, page: EpisodeRecord, ticket: EpisodeRecord, now: number): void {
  if (!isOpen(ticket.episode) || ticket.episode.raisedTo !== page.id) return
  draft.hand(ticket, lowerEpisode(ticket.episode), { other: page.id })
  draft.hand(page, { episode: page.episode, transitions: ['lowered'] }, { other: ticket.id })
  draft.add(page.id, { remains: { episode: ticket.id, level: ticket.level } })
  draft.oweAgain({ ...ticket.facts, kind: 'trigger', at: now })
}
