import type { SilenceHistory } from '@tabiji/core/alert'
import { monthRange } from '@tabiji/core/time'
import { expect, onTestFinished, test } from 'vitest'
import { FACTS } from '../../testing/alert.ts'
import { AVAILABILITY, definitionOf, openBooks } from '../testing/books.ts'
import { alertMonths } from './month-alerts.ts'
import { silenceMonths } from './month-quiet.ts'
import { narrowStores } from './month-team.ts'

const ZONE = 'Asia/Tokyo'
const OCTOBER = monthRange('2026-10', ZONE)
const at = (day: number) => Date.parse(`2026-10-${String(day).padStart(2, '0')}T12:00:00+09:00`)

test('a team is told of the alerts of its journeys, and of the silences that kept one of them quiet', () => {
  const books = openBooks(definitionOf(AVAILABILITY), OCTOBER.from)
  onTestFinished(books.close)
  const ring = (id: string, journey: string, day: number) => {
    const facts = {
      ...FACTS,
      episode: id,
      journey: { ...FACTS.journey, name: journey },
      startedAt: at(day),
      at: at(day),
    }
    const episode = { state: 'firing', startedAt: at(day), reopenings: 0 } as const
    books.alerts.commitAlerts({
      episodes: [{ id, rule: `${journey}/availability/${id}`, level: 1, episode, facts }],
      timeline: [{ episode: id, at: at(day), transition: 'fired' }],
      outbox: [],
    })
  }
  ring('A-0001', 'checkout', 5)
  ring('A-0002', 'search', 6)
  ring('A-0003', 'search', 7)
  const silence = (key: string, journey: string, from: number, to: number): SilenceHistory => ({
    key,
    events: [
      {
        ...{ type: 'added', owner: 'sato', reason: key, from: at(from), to: at(to), at: at(from) },
        matchers: [{ label: 'journey', operator: '=', value: journey }],
      } as SilenceHistory['events'][number],
    ],
  })
  const silences = [
    silence('ours', 'search', 6, 8),
    silence('before', 'search', 1, 3),
    silence('theirs', 'checkout', 5, 9),
  ]
  const stores = {
    ...{ alerts: books.alerts, work: books.workStore, silences: { histories: () => silences } },
    drills: { list: () => [], episodesOf: () => [] },
  }
  const narrowed = narrowStores(stores, new Set(['search']), ZONE, OCTOBER.to)
  const fired = (alerts: typeof books.alerts) =>
    alertMonths(alerts, OCTOBER, new Set(), ZONE).map(({ fired: count, stillOpen }) => [count, stillOpen])
  expect(fired(books.alerts)).toEqual([
    [3, 3],
    [0, 0],
    [0, 0],
  ])
  expect(fired(narrowed.alerts)).toEqual([
    [2, 2],
    [0, 0],
    [0, 0],
  ])
  const told = silenceMonths(narrowed.silences.histories(), narrowed.alerts.episodesSince(OCTOBER.from), OCTOBER)
  expect(told.map(({ reason, alerts }) => [reason, alerts])).toEqual([['ours', 2]])
})
