import { describe, expect, test } from 'vitest'
import { ackEpisode, expireAck, lowerEpisode, raiseEpisode, unackEpisode } from './ack.ts'
import { type Ack, type Episode, stepEpisode, withdrawEpisode } from './episode.ts'

const MINUTE = 60_000
const NOW = Date.parse('2026-10-10T12:00:00Z')
const ACK: Ack = { by: 'aoi', at: NOW, until: NOW + 60 * MINUTE, via: 'api' }
const FIRING: Episode = { state: 'firing', startedAt: NOW - 5 * MINUTE, reopenings: 0 }
const ACKED: Episode = { ...FIRING, state: 'acked', ack: ACK }
const RESOLVED: Episode = { ...FIRING, state: 'resolved', resolvedAt: NOW }

describe('an ack', () => {
  test('takes what rings, with who, when, until and why', () => {
    const ack = { ...ACK, note: 'looking' }
    expect(ackEpisode(FIRING, ack, NOW)).toEqual({
      episode: { ...FIRING, state: 'acked', ack },
      transitions: ['acked'],
    })
  })

  test.each<[string, Episode, Ack]>([
    ['said twice', ACKED, ACK],
    ['that is older than the one in force', ACKED, { ...ACK, by: 'ren', at: NOW - 1 }],
    ['that has run out before it came', FIRING, { ...ACK, until: NOW }],
    ['of what is resolved', RESOLVED, ACK],
    ['of what is closed', { ...RESOLVED, state: 'closed' }, ACK],
  ])('%s changes nothing', (_, episode, ack) => {
    expect(ackEpisode(episode, ack, NOW)).toEqual({ episode, transitions: [] })
  })

  test('is renewed by the same person, and taken over by another one', () => {
    const longer = { ...ACK, at: NOW + MINUTE, until: NOW + 90 * MINUTE }
    const other = { ...ACK, at: NOW + MINUTE, by: 'ren' }
    expect(ackEpisode(ACKED, longer, NOW + MINUTE)).toMatchObject({ episode: { ack: longer }, transitions: ['acked'] })
    expect(ackEpisode(ACKED, other, NOW + MINUTE)).toMatchObject({ episode: { ack: other }, transitions: ['acked'] })
  })

  test('from a clock ahead of ours counts from now, so that a later one can follow it', () => {
    const ahead = { ...ACK, at: NOW + 10 * MINUTE }
    expect(ackEpisode(FIRING, ahead, NOW).episode?.ack?.at).toBe(NOW)
  })

  test('ends at its time, not a moment earlier, and once', () => {
    expect(expireAck(ACKED, ACK.until - 1).transitions).toEqual([])
    expect(expireAck(ACKED, ACK.until)).toEqual({ episode: FIRING, transitions: ['ack_expired'] })
    expect(expireAck(FIRING, ACK.until).transitions).toEqual([])
  })

  test('is given back', () => {
    expect(unackEpisode(ACKED)).toEqual({ episode: FIRING, transitions: ['unacked'] })
    expect(unackEpisode(FIRING)).toEqual({ episode: FIRING, transitions: [] })
  })

  test('is gone when it resolves, so that what comes back has to be taken again', () => {
    const calm = { read: true, holds: false, calm: true, now: NOW, keepMs: 0 } as const
    const { episode } = stepEpisode(ACKED, calm)
    expect(episode).toEqual(RESOLVED)
    expect(stepEpisode(episode, { ...calm, holds: true, calm: false, now: NOW + MINUTE })).toMatchObject({
      episode: { state: 'firing', reopenings: 1 },
      transitions: ['reopened'],
    })
  })

  test('is gone when its rule is', () => {
    expect(withdrawEpisode(ACKED, NOW)).toEqual({ ...FIRING, state: 'closed', resolvedAt: NOW })
  })
})

describe('a ticket whose objective rings as a page', () => {
  test('is nobody’s any more, and remembers which page it became', () => {
    expect(raiseEpisode(ACKED, 'A-0005')).toEqual({
      episode: { ...FIRING, raisedTo: 'A-0005' },
      transitions: ['unacked', 'raised'],
    })
    expect(raiseEpisode(FIRING, 'A-0005').transitions).toEqual(['raised'])
  })

  test('is raised once, and not when it is over', () => {
    const raised: Episode = { ...FIRING, raisedTo: 'A-0005' }
    expect(raiseEpisode(raised, 'A-0005')).toEqual({ episode: raised, transitions: [] })
    expect(raiseEpisode(RESOLVED, 'A-0005').transitions).toEqual([])
  })

  test('is a ticket again when the page is over before it', () => {
    expect(lowerEpisode({ ...FIRING, raisedTo: 'A-0005' })).toEqual({ episode: FIRING, transitions: ['lowered'] })
    expect(lowerEpisode(FIRING).transitions).toEqual([])
  })
})
