import { foldSilence, labelsOf, matchesAll, type SilenceHistory } from '@tabiji/core/alert'
import type { SilenceMonth } from '@tabiji/core/report'
import type { Range } from '@tabiji/core/time'
import type { EpisodeRecord } from '../../ports/alert-store.ts'

/** What was silenced in the stretch, by reason: for how long, and how many alerts that concerned. The longest first. */
export function silenceMonths(
  histories: readonly SilenceHistory[],
  episodes: readonly EpisodeRecord[],
  range: Range,
): readonly SilenceMonth[] {
  const byReason = new Map<string, { silences: number; ms: number; alerts: Set<string> }>()
  for (const history of histories) {
    const silence = foldSilence(history)
    if (silence === undefined) continue
    const from = Math.max(range.from, silence.from)
    const to = Math.min(range.to, silence.to, silence.ended?.at ?? range.to)
    if (from >= to) continue
    const sum = byReason.get(silence.reason) ?? { silences: 0, ms: 0, alerts: new Set() }
    byReason.set(silence.reason, sum)
    sum.silences++
    sum.ms += to - from
    for (const { id, facts, episode } of episodes) {
      const isOpenThen = episode.startedAt < to && (episode.resolvedAt ?? to) >= from
      if (isOpenThen && matchesAll(silence.matchers, labelsOf(facts))) sum.alerts.add(id)
    }
  }
  return [...byReason]
    .toSorted(([, a], [, b]) => b.ms - a.ms)
    .map(([reason, { silences, ms, alerts }]) => ({
      reason,
      silences,
      seconds: Math.floor(ms / 1000),
      alerts: alerts.size,
    }))
}
