import { ackEpisode, isOpen } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import { checkText, problem } from '@tabiji/core/problem'
import type { Acknowledging, Judgement } from '../../ports/acknowledging.ts'
import type { AlertStore, EpisodeRecord } from '../../ports/alert-store.ts'
import type { Result } from '../../ports/work.ts'
import { createDraft, type TellingRules } from './alert-draft.ts'
import type { EpisodeBook } from './episode-book.ts'

export type AcknowledgingParts = {
  readonly store: Pick<AlertStore, 'findEpisode' | 'nextEpisodeNumber'>
  readonly book: EpisodeBook
  readonly rules: TellingRules
  /** Until when an alert of the level is taken by who says nothing else. */
  readonly usualEnd: (level: Level, at: number, owner: string | undefined) => number
  readonly now: () => number
}

/**
 * Keeps what somebody judges of an alert that asked for nothing, and why. It never ends one: its rule does. But nobody is reminded of one
 * that is open: whoever judges has it from then on.
 */
export function judgeAlert(
  id: string,
  { noise, at: stated, reason, via, by }: Judgement,
  { store, book, rules, usualEnd, now }: AcknowledgingParts,
): ReturnType<Acknowledging['judge']> {
  const known = book.find(id) ?? store.findEpisode(id)
  if (known === undefined) {
    const hint = 'tabiji alerts list'
    return { ok: false, problems: [problem('ALERT_UNKNOWN', [], `There is no alert ${id}`, { hint })] }
  }
  const problems = checkText('ALERT_REASON', 'reason', reason)
  if (problems.length > 0) return { ok: false, problems }
  const at = Math.min(stated, now())
  const who = { via, ...(by !== undefined && { by }) }
  const transition = noise ? 'noise' : 'not_noise'
  const line = { episode: id, at, transition, detail: { ...who, note: reason.trim() } } as const
  const draft = createDraft(store, rules, now())
  if (noise && isOpen(known.episode) && known.episode.ack === undefined) {
    const until = usualEnd(known.level, at, known.facts.journey.owner)
    draft.hand(known, ackEpisode(known.episode, { ...who, at, until }, now()), { ...who, until })
    draft.cancel(id, ['reminder'], 'somebody judged it to be noise')
  }
  book.commit({ ...draft, timeline: [...draft.timeline, line] })
  return { ok: true, value: book.find(id) ?? known } satisfies Result<EpisodeRecord>
}
