import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spendingOf } from '../budget/index.ts'
import type { Objective, Policy } from '../journey/index.ts'
import { judgeMilestone, rulesOf } from './rule.ts'

const AVAILABILITY: Objective = {
  name: 'availability',
  indicator: 'availability',
  targetPpm: 999_000,
  window: { kind: 'month' },
}

describe('the rules of an objective', () => {
  test('are one per level and one per milestone', () => {
    expect(rulesOf('measure-feet', AVAILABILITY)).toMatchObject([
      { id: 'measure-feet/availability/level-1', level: 1, kind: 'burn', keepMs: 300_000 },
      { id: 'measure-feet/availability/level-2', level: 2, kind: 'burn', keepMs: 300_000 },
      { id: 'measure-feet/availability/spent-50', level: 3, kind: 'milestone', percent: 50 },
      { id: 'measure-feet/availability/spent-75', level: 3, kind: 'milestone', percent: 75 },
      { id: 'measure-feet/availability/spent-90', level: 3, kind: 'milestone', percent: 90 },
      { id: 'measure-feet/availability/spent-100', level: 3, kind: 'milestone', percent: 100 },
    ])
  })

  test('follow its own policy, and no two have one id', () => {
    const pair = { longMs: 60_000, shortMs: 5_000, speed: { factorMilli: 2_000 } } as const
    const policy: Policy = {
      pairs: [
        { level: 3, ...pair },
        { level: 1, ...pair },
        { level: 3, ...pair },
      ],
      milestones: [100],
      guard: { badEvents: 3, confidencePercent: 95 },
      keepMs: 7_000,
    }
    const rules = rulesOf('measure-feet', { ...AVAILABILITY, name: 'upload.latency', policy })
    expect(rules.map(({ id, keepMs }) => [id, keepMs])).toEqual([
      ['measure-feet/upload.latency/level-1', 7_000],
      ['measure-feet/upload.latency/level-3', 7_000],
      ['measure-feet/upload.latency/spent-100', 7_000],
    ])
  })
})

describe('a milestone', () => {
  // Of a budget of 1,000 bad events.
  test.each([
    ['of 75 % is not reached below it', 75, 749, false, false],
    ['of 75 % is not passed exactly on it', 75, 750, false, false],
    ['of 75 % is passed with one event more', 75, 751, true, false],
    ['of 75 % is not behind before five points less', 75, 701, false, false],
    ['of 75 % is behind at five points less', 75, 700, false, true],
    ['of 100 % is passed when more than all is spent', 100, 1_001, true, false],
    ['of 3 % ends at a share that can be reached', 3, 10, false, true],
    ['of 1 % ends when nothing is spent', 1, 0, false, true],
    ['of 1 % does not end before', 1, 1, false, false],
  ])('%s', (_, percent, bad, holds, calm) => {
    expect(judgeMilestone(percent, spendingOf([{ bad, valid: 1_000_000, targetPpm: 999_000 }]))).toEqual({
      holds,
      calm,
    })
  })

  test('is behind without any events', () => {
    expect(judgeMilestone(50, spendingOf([]))).toEqual({ holds: false, calm: true })
  })

  test('for all budgets never holds and is calm at once, and without bad events always ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(5_000), fc.nat(5_000_000), (percent, bad, good) => {
        const { holds, calm } = judgeMilestone(percent, spendingOf([{ bad, valid: bad + good, targetPpm: 999_000 }]))
        expect(holds && calm).toBe(false)
        if (bad === 0) expect([holds, calm]).toEqual([false, true])
      }),
    )
  })
})
