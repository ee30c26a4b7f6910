import { describe, expect, test } from 'vitest'
import type { DeliveryResult } from '../../ports/notifier.ts'
import { rowOf, STARTED_AT } from '../../testing/alert.ts'
import { afterAttempt, expiryOf, owedSince, pauseAfter, standInFor } from './delivery-rules.ts'

const HOUR = 3_600_000
const NOW = STARTED_AT + 1_000
const ROW = rowOf('trigger', 'pager')
const BUSY: DeliveryResult = { kind: 'retry', failure: 'server_error', message: 'Answered 503', ambiguous: false }
const REFUSED: DeliveryResult = { kind: 'rejected', failure: 'refused', message: 'Answered 400' }

describe('the wait before the next attempt', () => {
  test.each([
    [1, 0, 30],
    [1, 1, 60],
    [1, 2, 120],
    [1, 3, 300],
    [1, 400, 300],
    [2, 0, 30],
    [2, 4, 5 * 3600],
    [3, 1, 300],
    [3, 9, 5 * 3600],
  ] as const)(
    'level %s after %s attempts is at most %s s or an hour, and any part of it',
    (level, attempts, seconds) => {
      const longest = Math.min(seconds * 1000, HOUR)
      const waitAt = (random: number) => afterAttempt({ ...ROW, level, attempts }, BUSY, NOW, random).notBefore - NOW
      expect(waitAt(0)).toBe(1_000)
      expect(waitAt(0.5)).toBe(Math.min(seconds * 500, HOUR))
      expect(waitAt(0.999999)).toBeLessThanOrEqual(longest)
      expect(waitAt(0.999999)).toBeGreaterThan(longest * 0.99)
    },
  )

  test.each([
    [30_000, 30_000],
    [0, 1_000],
    [30 * 24 * HOUR, HOUR],
  ])('a receiver that asks for %s ms gets %s ms, and so does all that goes there', (afterMs, wait) => {
    const result = { ...BUSY, afterMs }
    expect(afterAttempt(ROW, result, NOW, 0.5).notBefore).toBe(NOW + wait)
    expect(pauseAfter(result)).toBe(wait)
  })

  test('a failure without such a wish pauses nothing else', () => {
    expect([BUSY, REFUSED, { kind: 'delivered', status: 200 } as const].map(pauseAfter)).toEqual([0, 0, 0])
  })
})

describe('a row after an attempt', () => {
  test('doubt stays once it is there', () => {
    const doubtful = afterAttempt(ROW, { ...BUSY, ambiguous: true }, NOW, 0)
    expect(doubtful).toMatchObject({ state: 'waiting', ambiguous: true, attempts: 1, lastError: 'Answered 503' })
    expect(afterAttempt(doubtful, BUSY, NOW, 0)).toMatchObject({ ambiguous: true, attempts: 2 })
  })

  test('what is refused goes once more in the plain form, at once, and then never again', () => {
    const plain = afterAttempt(ROW, REFUSED, NOW, 0.9)
    expect(plain).toMatchObject({ state: 'waiting', degraded: true, notBefore: NOW })
    expect(afterAttempt(plain, REFUSED, NOW, 0.9)).toMatchObject({ state: 'dead', lastError: 'Answered 400' })
  })

  test('the plain form survives a busy receiver', () => {
    expect(afterAttempt({ ...ROW, degraded: true }, BUSY, NOW, 0)).toMatchObject({ state: 'waiting', degraded: true })
  })

  test('a forbidden address is not asked a second time', () => {
    expect(afterAttempt(ROW, { ...REFUSED, failure: 'forbidden_address' }, NOW, 0)).toMatchObject({ state: 'dead' })
  })
})

describe('what becomes too old', () => {
  const MONDAY = STARTED_AT + 48 * HOUR
  const HELD = [{ gate: 'hours', verdict: 'defer', until: MONDAY }] as const

  test.each([
    [1, 24 * 365, false],
    [2, 71.99, false],
    [2, 72, true],
    [3, 23.99, false],
    [3, 24, true],
  ] as const)('level %s after %s hours: %s', (level, hours, expired) => {
    expect(expiryOf({ ...ROW, level }, STARTED_AT + hours * HOUR) !== undefined).toBe(expired)
  })

  test('its age counts from when the gates let it go', () => {
    const row = { ...ROW, level: 2, verdicts: HELD } as const
    expect(owedSince(row)).toBe(MONDAY)
    expect(expiryOf(row, MONDAY + 71 * HOUR)).toBeUndefined()
    expect(expiryOf(row, MONDAY + 72 * HOUR)).toBe('not delivered within 72 hours')
  })
})

describe('the fallback', () => {
  const DEAD = { ...ROW, state: 'dead', attempts: 2, degraded: true, lastError: 'Answered 400' } as const

  test('is told what was refused, as new', () => {
    expect(standInFor(DEAD, 'chat', NOW)).toEqual({
      ...ROW,
      id: 'n-pager-trigger~instead',
      receiver: 'chat',
      insteadOf: 'pager',
      notBefore: NOW,
    })
  })

  test.each([
    ['there is none', DEAD, undefined],
    ['it is the fallback that refused', DEAD, 'pager'],
    ['it stood in already', { ...DEAD, insteadOf: 'hook' }, 'chat'],
    ['it has been delivered', { ...ROW, state: 'delivered' } as const, 'chat'],
  ])('is not told when %s', (_, row, fallback) => {
    expect(standInFor(row, fallback, NOW + HOUR)).toBeUndefined()
  })

  test.each([
    ['a level 1 that has not arrived for two minutes', ROW, 120_000, true],
    ['a level 1 that is not yet late', ROW, 119_999, false],
    ['a level 2', { ...ROW, level: 2 } as const, 120_000, false],
    ['an end', rowOf('resolve', 'pager'), HOUR, false],
  ])('%s', (_, row, late, told) => {
    expect(standInFor(row, 'chat', STARTED_AT + late) !== undefined).toBe(told)
  })
})
