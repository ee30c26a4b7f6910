import { ackEpisode, isOpen, type Step, unackEpisode } from '@tabiji/core/alert'
import { type Problem, problem } from '@tabiji/core/problem'
import { DAY, MINUTE } from '@tabiji/core/time'
import type { Acknowledgement, Acknowledging } from '../../ports/acknowledging.ts'
import type { EpisodeRecord, TimelineDetail } from '../../ports/alert-store.ts'
import type { Result } from '../../ports/work.ts'
import { createDraft } from './alert-draft.ts'
import { type AcknowledgingParts, judgeAlert } from './judge-alert.ts'

/** Nobody has an alert for longer without saying so again. */
const LONGEST_ACK_MS = 7 * DAY

/** Lets people take alerts and give them back: the same door for the API, for buttons and for a pager's webhook. */
export function createAcknowledging(parts: AcknowledgingParts): Acknowledging {
  const { usualEnd, now } = parts
  return {
    acknowledge: (id, { until: stated, ...said }) =>
      change(id, parts, (known) => {
        const at = Math.min(said.at, now())
        const until = stated ?? usualEnd(known.level, at, known.facts.journey.owner)
        const refused = timeProblem(until, now())
        if (refused !== undefined) return refused
        const step = ackEpisode(known.episode, { ...said, at, until }, now())
        const reason = said.by === undefined ? 'somebody has taken it' : `${said.by} has taken it`
        return { step, detail: { ...detailOf(said), until }, reason }
      }),
    unacknowledge: (id, said) =>
      change(id, parts, (known) => ({ step: unackEpisode(known.episode), detail: detailOf(said) })),
    note: (id, said) => {
      const known = parts.book.find(id)
      if (known === undefined || !isOpen(known.episode)) return refuse(id, parts.store)
      const line = { episode: id, at: Math.min(said.at, now()), transition: 'noted', detail: detailOf(said) } as const
      parts.book.commit({ episodes: [], timeline: [line], outbox: [] })
      return { ok: true, value: known }
    },
    judge: (id, said) => judgeAlert(id, said, parts),
  }
}

type Change = { readonly step: Step; readonly detail: TimelineDetail; readonly reason?: string }

function change(
  id: string,
  { store, book, rules, now }: AcknowledgingParts,
  act: (known: EpisodeRecord) => Change | Problem,
): Result<EpisodeRecord> {
  const known = book.find(id)
  if (known === undefined || !isOpen(known.episode)) return refuse(id, store)
  const changed = act(known)
  if ('code' in changed) return { ok: false, problems: [changed] }
  const { step, detail, reason } = changed
  if (step.transitions.length === 0) return { ok: true, value: known }
  const draft = createDraft(store, rules, now())
  draft.hand(known, step, detail)
  if (reason !== undefined) draft.cancel(id, ['reminder'], reason)
  book.commit(draft)
  return { ok: true, value: book.find(id) ?? known }
}

function detailOf({ by, via, note }: Omit<Acknowledgement, 'at' | 'until'>): TimelineDetail {
  return { via, ...(by !== undefined && { by }), ...(note !== undefined && { note }) }
}

function timeProblem(until: number, now: number): Problem | undefined {
  if (until > now && until <= now + LONGEST_ACK_MS) return undefined
  const minutes = Math.round((until - now) / MINUTE)
  const message = `Expected an alert to be taken until a time within the next 7 days, got ${minutes} minutes from now`
  return problem('ALERT_ACK_TIME', [], message, { hint: 'take it anew when the time is over' })
}

function refuse(id: string, store: AcknowledgingParts['store']): Result<never> {
  if (store.findEpisode(id) === undefined) {
    const hint = 'tabiji alerts list'
    return { ok: false, problems: [problem('ALERT_UNKNOWN', [], `There is no alert ${id}`, { hint })] }
  }
  const hint = `tabiji alerts explain ${id}`
  return { ok: false, problems: [problem('ALERT_OVER', [], `The alert ${id} is over; nobody need take it`, { hint })] }
}
