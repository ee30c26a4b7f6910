import { describe, expect, test } from 'vitest'
import { type Episode, FLAP_WINDOW_MS, type Signal, stepEpisode, withdrawEpisode } from './episode.ts'

const MINUTE = 60_000
const NOW = Date.parse('2026-10-10T12:00:00Z')
const KEEP = 5 * MINUTE

const says = (holds: boolean, calm: boolean, minutes = 0): Signal => {
  return { read: true, holds, calm, now: NOW + minutes * MINUTE, keepMs: KEEP }
}
const burns = (minutes = 0) => says(true, false, minutes)
const between = (minutes = 0) => says(false, false, minutes)
const calm = (minutes = 0) => says(false, true, minutes)
const unread = (minutes = 0): Signal => ({ read: false, now: NOW + minutes * MINUTE })
const ago = (minutes: number) => NOW - minutes * MINUTE

const firing: Episode = { state: 'firing', startedAt: ago(60), reopenings: 0 }
const acked: Episode = { ...firing, state: 'acked' }
const calming: Episode = { ...firing, calmSince: ago(3) }
const calmed: Episode = { ...firing, calmSince: ago(5) }
const resolved: Episode = { ...firing, state: 'resolved', resolvedAt: ago(10) }
const old: Episode = { ...resolved, resolvedAt: NOW - FLAP_WINDOW_MS }
const closed: Episode = { ...old, state: 'closed' }
const lost: Episode = { ...firing, unreadSince: ago(2) }

describe('an episode', () => {
  test.each<[string, Episode | undefined, Signal, readonly string[], Partial<Episode> | undefined]>([
    ['does not begin while nothing burns', undefined, calm(), [], undefined],
    ['does not begin between the two conditions', undefined, between(), [], undefined],
    ['does not begin on unread data', undefined, unread(), [], undefined],
    ['begins at once', undefined, burns(), ['fired'], { state: 'firing', startedAt: NOW, reopenings: 0 }],
    ['begins anew after a closed one', closed, burns(), ['fired'], { state: 'firing', startedAt: NOW, reopenings: 0 }],
    ['that is closed does not come back by itself', closed, calm(), [], undefined],

    ['goes on while it burns', firing, burns(), [], firing],
    ['goes on between the two conditions', firing, between(), [], firing],
    ['counts its calm', firing, calm(), [], { ...firing, calmSince: NOW }],
    ['keeps the beginning of its calm', calming, calm(), [], calming],
    ['counts its calm anew after a burn', calming, burns(), [], firing],
    ['counts its calm anew between the two conditions', calming, between(), [], firing],
    [
      'resolves when the calm was kept',
      calmed,
      calm(),
      ['resolved'],
      { ...firing, state: 'resolved', resolvedAt: NOW },
    ],
    ['does not resolve a moment earlier', { ...calmed, calmSince: ago(5) + 1 }, calm(), [], { calmSince: ago(5) + 1 }],
    ['with somebody on it goes on all the same', acked, burns(), [], acked],
    ['with somebody on it resolves too', { ...acked, calmSince: ago(5) }, calm(), ['resolved'], { state: 'resolved' }],
    [
      'counts its calm from now when it seems to begin later',
      { ...firing, calmSince: NOW + 1 },
      calm(),
      [],
      { calmSince: NOW },
    ],

    ['that is resolved stays so', resolved, calm(), [], resolved],
    ['that is resolved stays so between the two conditions', resolved, between(), [], resolved],
    ['comes back within the flap window as the same', resolved, burns(), ['reopened'], { ...firing, reopenings: 1 }],
    ['closes when the flap window is over', old, calm(), ['closed'], closed],
    [
      'closes and a new one begins when it burns after that',
      old,
      burns(),
      ['closed', 'fired'],
      { startedAt: NOW, reopenings: 0 },
    ],

    ['marks that its data are lost', firing, unread(), ['data_lost'], { ...firing, unreadSince: NOW }],
    ['marks it once', lost, unread(), [], lost],
    ['forgets its calm without data', calmed, unread(), ['data_lost'], { ...firing, unreadSince: NOW }],
    ['never resolves without data', { ...calmed, unreadSince: ago(1) }, unread(), [], { state: 'firing' }],
    ['never closes without data', old, unread(), ['data_lost'], { state: 'resolved' }],
    ['begins its calm when data are back', lost, calm(), ['data_back'], { ...firing, calmSince: NOW }],
    ['goes on burning when data are back', lost, burns(), ['data_back'], firing],
    [
      'comes back when its data do',
      { ...resolved, unreadSince: ago(1) },
      burns(),
      ['data_back', 'reopened'],
      { reopenings: 1 },
    ],
  ])('%s', (_, current, signal, transitions, expected) => {
    const step = stepEpisode(current, signal)
    expect(step.transitions).toEqual(transitions)
    if (expected === undefined) expect(step.episode).toBeUndefined()
    else expect(step.episode).toMatchObject(expected)
    if (expected?.state === 'firing' && expected.startedAt !== undefined) expect(step.episode).toEqual(expected)
  })
})

describe('an episode that flaps', () => {
  const thrice: Episode = { ...firing, reopenings: 3 }

  test('resolves only after the whole flap window of calm', () => {
    const since = NOW - FLAP_WINDOW_MS
    expect(stepEpisode({ ...thrice, calmSince: since + 1 }, calm()).transitions).toEqual([])
    expect(stepEpisode({ ...thrice, calmSince: since }, calm()).transitions).toEqual(['resolved'])
  })

  test('keeps its beginning and counts how often it came back', () => {
    let episode: Episode | undefined
    const told: string[] = []
    for (let minute = 0; minute < 60; minute++) {
      const step = stepEpisode(episode, minute % 10 === 0 ? burns(minute) : calm(minute))
      episode = step.episode
      told.push(...step.transitions.map((each) => `${minute} ${each}`))
    }
    expect(told).toEqual([
      '0 fired',
      '6 resolved',
      '10 reopened',
      '16 resolved',
      '20 reopened',
      '26 resolved',
      '30 reopened',
      '30 flapping',
    ])
    expect(episode).toMatchObject({ state: 'firing', startedAt: NOW, reopenings: 3 })
  })
})

describe('a rule that is gone', () => {
  test.each([
    ['ends a firing episode', firing, NOW],
    ['ends one with somebody on it', acked, NOW],
    ['leaves a resolved one the time at which it resolved', resolved, ago(10)],
  ])('%s', (_, episode, resolvedAt) => {
    expect(withdrawEpisode(episode, NOW)).toMatchObject({ state: 'closed', resolvedAt, startedAt: episode.startedAt })
  })

  test('ends it once', () => {
    const ended = withdrawEpisode(firing, NOW)
    expect(withdrawEpisode(ended, NOW + MINUTE)).toEqual(ended)
  })
})
