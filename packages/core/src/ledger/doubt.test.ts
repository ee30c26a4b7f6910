import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Doubt, estimateDoubt, paceBetween } from './doubt.ts'

const DOUBT: Doubt = {
  process: 'pod-1',
  service: 'scan',
  from: 60_000,
  to: 90_000,
  pace: { counts: [100, 5, 1, 0], overMs: 60_000 },
}

describe('an estimate', () => {
  test('is the pace times the time, each outcome cut to whole events', () => {
    expect(estimateDoubt(DOUBT, 1_000_000)).toEqual([50, 2, 0, 0])
  })

  test('of a doubt without an end grows with time', () => {
    const { to: _, ...open } = DOUBT
    expect(estimateDoubt(open, 120_000)).toEqual([100, 5, 1, 0])
    expect(estimateDoubt(open, 180_000)).toEqual([200, 10, 2, 0])
  })

  test('can be of a part of it', () => {
    expect(estimateDoubt(DOUBT, 1_000_000, { from: 75_000, to: 1_000_000 })).toEqual([25, 1, 0, 0])
    expect(estimateDoubt(DOUBT, 1_000_000, { from: 100_000, to: 1_000_000 })).toEqual([0, 0, 0, 0])
  })

  test('is nothing without a pace', () => {
    expect(estimateDoubt({ ...DOUBT, pace: { counts: [0, 0, 0, 0], overMs: 0 } }, 0)).toEqual([0, 0, 0, 0])
  })

  test('is whole and never less than nothing, also when a clock was set back', () => {
    const time = fc.integer({ min: 0, max: 2_000_000_000_000 })
    const count = fc.nat()
    fc.assert(
      fc.property(time, fc.option(time, { nil: undefined }), time, count, fc.nat(), (from, to, now, good, overMs) => {
        const pace = { counts: [good, 0, 0, 0] as const, overMs }
        const [estimate] = estimateDoubt({ ...DOUBT, from, pace, ...(to !== undefined && { to }) }, now)
        expect(Number.isInteger(estimate) && estimate >= 0).toBe(true)
      }),
    )
  })
})

describe('a pace', () => {
  test('is what was counted between two looks', () => {
    const pace = paceBetween({ at: 1_000, counts: [10, 0, 0, 0] }, { at: 4_000, counts: [16, 1, 0, 0] })
    expect(pace).toEqual({ counts: [6, 1, 0, 0], overMs: 3_000 })
  })

  test('over no time, or by a clock that was set back, says nothing', () => {
    const look = { at: 5_000, counts: [10, 0, 0, 0] as const }
    expect(paceBetween(look, look)).toEqual({ counts: [0, 0, 0, 0], overMs: 0 })
    expect(paceBetween(look, { ...look, at: 4_000 })).toEqual({ counts: [0, 0, 0, 0], overMs: 0 })
  })
})
