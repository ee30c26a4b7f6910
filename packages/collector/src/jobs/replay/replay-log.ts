import type { AlertFacts } from '@tabiji/core/alert'
import type { EpisodeRecord, TimelineEntry } from '../../ports/alert-store.ts'
import type { AlertLog } from '../alert/alert-draft.ts'

/** An episode as it went, with what was true when it rang first. */
export type ReplayedEpisode = Pick<EpisodeRecord, 'rule' | 'level' | 'episode'> & {
  readonly first: AlertFacts
  readonly timeline: readonly Omit<TimelineEntry, 'episode'>[]
}

/** Keeps episodes in memory, as the store does on disk. */
export function createReplayLog(): AlertLog & { episodes(): readonly ReplayedEpisode[] } {
  const known = new Map<string, ReplayedEpisode>()
  return {
    openEpisodes: () => [],
    heldConditions: () => new Map(),
    nextEpisodeNumber: () => known.size + 1,
    commitAlerts: ({ episodes, timeline }) => {
      for (const { id, rule, level, episode, facts } of episodes) {
        const before = known.get(id)
        const added = timeline.filter((line) => line.episode === id).map(({ at, transition }) => ({ at, transition }))
        const told = [...(before?.timeline ?? []), ...added]
        known.set(id, { rule, level, episode, first: before?.first ?? facts, timeline: told })
      }
    },
    episodes: () => [...known.values()],
  }
}
