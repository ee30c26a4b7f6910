import type { Level, Title } from '../journey/index.ts'
import { type Episode, isOpen } from './episode.ts'
import type { AlertFacts } from './facts.ts'

/** `day`: what waited for the business day (level 2). `week`: what was made known (level 3). */
export const DIGEST_PERIODS = ['day', 'week'] as const
export type DigestPeriod = (typeof DIGEST_PERIODS)[number]

/** What of an alert fits into a line. Times in milliseconds. */
export type DigestItem = {
  readonly episode: string
  readonly state: 'open' | 'recovered' | 'withdrawn'
  readonly journey: { readonly name: string; readonly title: Title }
  /** The objective's name; of a simple rule its own. */
  readonly subject: string
  readonly startedAt: number
  /** When it recovered, or its rule was withdrawn. */
  readonly endedAt?: number
  /** Thousandths of the sustainable speed, now; only of a budget that burns. */
  readonly burnMilli?: number
  /** Of the objective's budget, now. */
  readonly leftPpm?: number
  /** Who has it. */
  readonly ackedBy?: string
  /** The alert of level 1 that it became meanwhile. */
  readonly page?: string
  readonly runbook?: string
}

/** What a team is told together. Bounded: what is not listed is counted. */
export type DigestFacts = {
  readonly kind: 'digest'
  readonly period: DigestPeriod
  readonly level: Level
  /** Absent: of everybody who has no desk of their own. */
  readonly team?: string
  /** The business day (`YYYY-MM-DD` on the desk's wall) that it is for. */
  readonly day: string
  readonly at: number
  /** When it was due, where it comes much later. */
  readonly dueAt?: number
  /** Somebody asked for it before its time. */
  readonly early?: true
  readonly by?: string
  /** The worst first, then what is over. */
  readonly items: readonly DigestItem[]
  /** How many there are in all, listed or not. */
  readonly open: number
  readonly over: number
  readonly paged: number
  readonly dedupKey: string
  readonly timeZone: string
  readonly sample: boolean
}

/** An alert as a digest sees it. */
export type DigestEntry = {
  readonly id: string
  readonly episode: Episode
  readonly facts: AlertFacts
  /** How its objective stands now; absent: as it was told last. */
  readonly now?: { readonly burnMilli?: number; readonly leftPpm?: number }
  readonly page?: string
}

/** So many lines are read over a coffee; a chat message holds them. */
const MOST_ITEMS = 15

/** The lines of a digest, open ones by how fast they burn and how long they have, and the counts of all. */
export function digestItems(entries: readonly DigestEntry[]): Pick<DigestFacts, 'items' | 'open' | 'over' | 'paged'> {
  const items = entries.map(itemOf).toSorted(byUrgency)
  const open = items.filter(({ state }) => state === 'open').length
  return {
    items: items.slice(0, MOST_ITEMS),
    open,
    over: items.length - open,
    paged: items.filter(({ page }) => page !== undefined).length,
  }
}

function itemOf({ id, episode, facts, now, page }: DigestEntry): DigestItem {
  const { journey, objective, rule, runbook, budget } = facts
  const rings = isOpen(episode)
  const state = rings ? 'open' : facts.kind === 'withdraw' ? 'withdrawn' : 'recovered'
  const leftPpm = now?.leftPpm ?? budget?.leftPpm
  const endedAt = rings ? undefined : (episode.resolvedAt ?? facts.at)
  return {
    episode: id,
    state,
    journey: { name: journey.name, title: journey.title },
    subject: objective?.name ?? rule.slice(rule.lastIndexOf('/') + 1),
    startedAt: episode.startedAt,
    ...(endedAt !== undefined && { endedAt }),
    ...(rings && now?.burnMilli !== undefined && { burnMilli: now.burnMilli }),
    ...(leftPpm !== undefined && { leftPpm }),
    ...(episode.state === 'acked' && episode.ack?.by !== undefined && { ackedBy: episode.ack.by }),
    ...(page !== undefined && { page }),
    ...(rings && runbook !== undefined && { runbook }),
  }
}

/** What is open before what is over; of open ones what became a page, what burns fastest, what is oldest. */
function byUrgency(a: DigestItem, b: DigestItem): number {
  return (
    Number(a.state !== 'open') - Number(b.state !== 'open') ||
    Number(a.page === undefined) - Number(b.page === undefined) ||
    (b.burnMilli ?? -1) - (a.burnMilli ?? -1) ||
    a.startedAt - b.startedAt ||
    (a.episode < b.episode ? -1 : 1)
  )
}
