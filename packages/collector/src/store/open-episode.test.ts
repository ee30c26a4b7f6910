import { join } from 'node:path'
import type { AlertFacts, Episode, EpisodeState } from '@tabiji/core/alert'
import { describe, expect, test } from 'vitest'
import type { EpisodeRecord } from '../ports/alert-store.ts'
import { createAlertStore } from './alert-store.ts'
import { openDatabase } from './database.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const NOW = Date.parse('2026-10-10T12:00:00Z')
const RULE = 'measure-feet/availability/level-1'

function recordOf(id: string, state: EpisodeState, rule = RULE): EpisodeRecord {
  const episode: Episode = { state, startedAt: NOW, reopenings: 0 }
  const facts: AlertFacts = {
    kind: 'trigger',
    episode: id,
    dedupKey: id,
    rule,
    level: 1,
    journey: { name: 'measure-feet', title: { en: 'Measure', ja: '計測' }, tier: 1 },
    objective: { name: 'availability', indicator: 'availability', targetPpm: 999_000, window: { kind: 'month' } },
    cause: { kind: 'milestone', percent: 50 },
    budget: { bad: 1, valid: 2, leftPpm: 0 },
    startedAt: NOW,
    at: NOW,
    timeZone: 'Asia/Tokyo',
    sample: false,
  }
  return { id, rule, level: 1, episode, facts }
}

function openAlerts() {
  const open = openDatabase(join(temporaryFolder(), 'books.db'), NOW)
  const store = createAlertStore(open.database)
  const commit = (...episodes: readonly EpisodeRecord[]) => {
    const timeline = episodes.map(({ id }) => ({ episode: id, at: NOW, transition: 'fired' as const }))
    store.commitAlerts({ episodes, timeline, outbox: [] })
  }
  return { ...open, store, commit, openIds: () => store.openEpisodes().map(({ id }) => id) }
}

describe('of one rule at most one episode is open', () => {
  test.each(['firing', 'acked', 'resolved'] as const)('so a second one is refused while the first is %s', (state) => {
    const { store, commit, openIds, close } = openAlerts()
    commit(recordOf('A-0001', state))
    expect(() => commit(recordOf('A-0002', 'firing', 'another/rule'), recordOf('A-0003', 'firing'))).toThrow('UNIQUE')
    expect(openIds()).toEqual(['A-0001'])
    expect([store.findEpisode('A-0002'), store.timeline('A-0002')]).toEqual([undefined, []])
    close()
  })

  test('the next one may begin in the commit in which it closes', () => {
    const { commit, openIds, close } = openAlerts()
    commit(recordOf('A-0001', 'resolved'))
    commit(recordOf('A-0001', 'closed'), recordOf('A-0002', 'firing'))
    expect(openIds()).toEqual(['A-0002'])
    close()
  })

  test('and other rules have their own', () => {
    const { commit, openIds, close } = openAlerts()
    commit(recordOf('A-0001', 'firing'), recordOf('A-0002', 'firing', 'another/rule'))
    expect(openIds()).toEqual(['A-0001', 'A-0002'])
    close()
  })
})
