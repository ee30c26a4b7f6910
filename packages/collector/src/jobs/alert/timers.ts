import { type AlertFacts, attendTimers, type ReminderRules, type Telling, type Timer } from '@tabiji/core/alert'
import { MINUTE } from '@tabiji/core/time'
import type { AlertStore, EpisodeRecord, TimelineEntry } from '../../ports/alert-store.ts'
import { createDraft, type Draft, type TellingRules } from './alert-draft.ts'
import type { EpisodeBook } from './episode-book.ts'

/** Later than this is worth saying: somebody may ask why the phone rings only now. */
const LATE_MS = MINUTE

type TimerParts = {
  readonly store: Pick<AlertStore, 'dueTimers' | 'nextEpisodeNumber'>
  readonly book: EpisodeBook
  readonly rules: TellingRules & { readonly reminders: ReminderRules }
}

/**
 * Looks at what is due although nothing happened: acks that end, pages that nobody took, tickets that stay open. Call it
 * after an evaluation, so that nobody is told of what that has ended. All of it is one commit.
 *
 * @returns the transitions that happened; they are on disk
 */
export function attendToTimers({ store, book, rules }: TimerParts, now: number): readonly TimelineEntry[] {
  const due = new Map<string, Timer[]>()
  for (const timer of store.dueTimers(now)) due.set(timer.episode, [...(due.get(timer.episode) ?? []), timer])
  if (due.size === 0) return []
  const draft = createDraft(store, rules, now)
  for (const [id, timers] of due) {
    const known = book.find(id)
    // Of what is closed nothing is left to be told; its row was left by a store that was restored, or edited.
    if (known === undefined) draft.forget(id)
    else attend(known, timers, rules, draft, now)
  }
  book.commit(draft)
  return draft.timeline
}

function attend(
  known: EpisodeRecord,
  timers: readonly Timer[],
  rules: TimerParts['rules'],
  draft: Draft,
  now: number,
): void {
  const { episode, transitions, tellings, timers: left } = attendTimers(known, timers, rules.reminders, now)
  const by = known.episode.ack?.by
  draft.attend(known, { episode, transitions }, left, by === undefined ? {} : { by })
  for (const telling of tellings) {
    const routed = telling.level ? rules.receiversOf(known.level, known.facts.journey.owner) : []
    draft.owe(reminderOf({ ...known, episode }, telling, rules, by, now), [...new Set([...routed, ...telling.to])])
  }
}

/** The facts of the alert as they were told, and why it is told again. */
function reminderOf(
  { facts, level, episode }: EpisodeRecord,
  { reason, since, lateMs, asked }: Telling,
  { receiversOf }: TellingRules,
  by: string | undefined,
  now: number,
): AlertFacts {
  const told = [...new Set([...receiversOf(level, facts.journey.owner), ...asked])]
  const { unreadSince: _, ...rest } = facts
  return {
    ...rest,
    kind: 'reminder',
    at: now,
    ...(episode.unreadSince !== undefined && { unreadSince: episode.unreadSince }),
    unanswered: {
      reason,
      since,
      at: now,
      told,
      ...(lateMs > LATE_MS && { lateMs }),
      ...(reason === 'ack_expired' && by !== undefined && { by }),
    },
  }
}
