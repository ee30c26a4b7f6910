import { expect, test } from 'vitest'
import { commitOf, rowOf } from '../testing/alert.ts'
import { openAlertDesk } from '../testing/alert-desk.ts'

test('a list of one level is cut after the level was looked at, not before', () => {
  const { store, close } = openAlertDesk()
  store.commitAlerts(commitOf(rowOf('trigger', 'pager', { id: 'n-1', topic: 'A-0001', level: 1 })))
  for (const topic of ['A-0002', 'A-0003', 'A-0004']) {
    store.commitAlerts(commitOf(rowOf('trigger', 'chat', { id: topic, topic, level: 2 })))
  }
  const ids = (level?: 1 | 2 | 3) =>
    store.listEpisodes({ state: 'all', limit: 2, ...(level !== undefined && { level }) }).map(({ id }) => id)
  expect([ids(), ids(1), ids(2), ids(3)]).toEqual([['A-0004', 'A-0003'], ['A-0001'], ['A-0004', 'A-0003'], []])
  close()
})

test('what is open and what was open lately is found, however much rang since', () => {
  const { store, close } = openAlertDesk()
  const [begin, end] = [1_000_000, 2_000_000]
  for (const [topic, state] of [
    ['A-0001', 'firing'],
    ['A-0002', 'closed'],
  ] as const) {
    const { episodes, ...rest } = commitOf(rowOf('trigger', 'pager', { id: topic, topic }))
    const [record] = episodes
    if (record === undefined) throw new Error('Expected an episode')
    const episode = { ...record.episode, state, startedAt: begin, ...(state === 'closed' && { resolvedAt: end }) }
    store.commitAlerts({ ...rest, episodes: [{ ...record, episode }] })
  }
  const ids = (time: number) => store.episodesSince(time).map(({ id }) => id)
  expect([ids(end), ids(end + 1)]).toEqual([['A-0002', 'A-0001'], ['A-0001']])
  close()
})
