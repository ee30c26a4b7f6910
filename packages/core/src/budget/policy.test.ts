import { describe, expect, test } from 'vitest'
import { type Pair, type Policy, WORKBOOK_POLICY } from '../journey/index.ts'
import { DAY, HOUR, MINUTE } from '../time/index.ts'
import { factorOf, keepOf, PPM, periodOf, policyOf, spentWhenRinging, thresholdOf } from './policy.ts'
import { exceeds, type Ratio } from './ratio.ts'
import { objectiveOf, THIRTY_DAYS } from './testing/definitions.ts'

/** The workbook's pairs: level, windows, factor in tenths, share of a 30-day budget in percent. */
const WORKBOOK = [
  [1, HOUR, 5 * MINUTE, 144, 2],
  [1, 6 * HOUR, 30 * MINUTE, 60, 5],
  [2, DAY, 2 * HOUR, 30, 10],
  [2, 3 * DAY, 6 * HOUR, 10, 10],
] as const
const quotientOf = ({ num, den }: Ratio) => num / den

describe('the workbook’s pair', () => {
  test.each(WORKBOOK.map((row, i) => [i, ...row] as const))(
    '%i rings at level %i over %i and %i ms at %i tenths, when %i %% is spent',
    (i, level, longMs, shortMs, tenths, percent) => {
      const pair = WORKBOOK_POLICY.pairs[i] as Pair
      expect(pair).toMatchObject({ level, longMs, shortMs })
      expect(longMs / shortMs).toBe(12)
      expect(factorOf(pair, THIRTY_DAYS)).toEqual(
        factorOf({ ...pair, speed: { factorMilli: tenths * 100 } }, THIRTY_DAYS),
      )
      expect(quotientOf(factorOf(pair, THIRTY_DAYS))).toBe(tenths / 10)
      expect(spentWhenRinging(pair, THIRTY_DAYS)).toBe(percent * 10_000)
      const byShare = { ...pair, speed: { spendsPpm: percent * 10_000 } }
      expect(factorOf(byShare, THIRTY_DAYS)).toEqual(factorOf(pair, THIRTY_DAYS))
      expect(spentWhenRinging(byShare, THIRTY_DAYS)).toBe(percent * 10_000)
    },
  )

  test('is the policy of an objective that states none', () => {
    const own: Policy = { ...WORKBOOK_POLICY, milestones: [90] }
    expect(policyOf(objectiveOf(999_000))).toBe(WORKBOOK_POLICY)
    expect(policyOf(objectiveOf(999_000, { policy: own }))).toBe(own)
  })
})

describe('the error ratio above which pairs of 14.4, 6, 3 and 1 burn', () => {
  test.each([
    ['99.99 %', 999_900, ['9/6250', '3/5000', '3/10000', '1/10000']],
    ['99.9 %', 999_000, ['9/625', '3/500', '3/1000', '1/1000']],
    ['99.5 %', 995_000, ['9/125', '3/100', '3/200', '1/200']],
    ['99 %', 990_000, ['18/125', '3/50', '3/100', '1/100']],
    ['95 %', 950_000, ['18/25', '3/10', '3/20', '1/20']],
    ['90 %', 900_000, ['36/25', '3/5', '3/10', '1/10']],
  ])('at %s', (_, targetPpm, thresholds) => {
    const found = WORKBOOK_POLICY.pairs.map((pair) => thresholdOf(factorOf(pair, THIRTY_DAYS), targetPpm))
    expect(found.map(({ num, den }) => `${num}/${den}`)).toEqual(thresholds)
  })

  test('is above one for 14.4 at 90 %, which nothing can exceed', () => {
    const [fast, slow] = WORKBOOK_POLICY.pairs.map((pair) => thresholdOf(factorOf(pair, THIRTY_DAYS), 900_000))
    expect(exceeds(1_000, 1_000, fast as Ratio)).toBe(false)
    expect(exceeds(1_000, 1_000, slow as Ratio)).toBe(true)
  })

  test('is half of it for half the factor', () => {
    const factor = { num: 144, den: 10 }
    expect(thresholdOf(factor, 999_000, { num: 1, den: 2 })).toEqual({ num: 9, den: 1_250 })
  })
})

describe('how many requests are needed so that one failure alone does not burn at 14.4', () => {
  test.each([
    ['99 %', 990_000, 7],
    ['99.9 %', 999_000, 70],
    ['99.99 %', 999_900, 695],
    ['99.999 %', 999_990, 6_945],
  ])('at %s', (_, targetPpm, requests) => {
    const threshold = thresholdOf({ num: 144, den: 10 }, targetPpm)
    expect([exceeds(1, requests - 1, threshold), exceeds(1, requests, threshold)]).toEqual([true, false])
  })
})

describe('how long a full outage lasts until the long window burns, w × factor × (1 − target)', () => {
  // With 1,000 requests a second, in a window that was clean before.
  test.each([
    ['99.9 % by the hour', 999_000, 0, 51.84],
    ['99.9 % by six hours', 999_000, 1, 129.6],
    ['99.9 % by a day', 999_000, 2, 259.2],
    ['99.9 % by three days', 999_000, 3, 259.2],
    ['99 % by the hour', 990_000, 0, 518.4],
    ['99.99 % by the hour', 999_900, 0, 5.184],
  ])('%s', (_, targetPpm, i, seconds) => {
    const pair = WORKBOOK_POLICY.pairs[i] as Pair
    const threshold = thresholdOf(factorOf(pair, THIRTY_DAYS), targetPpm)
    const [bad, valid] = [seconds * 1_000, pair.longMs]
    expect([exceeds(bad, valid, threshold), exceeds(bad + 1, valid, threshold)]).toEqual([false, true])
  })
})

describe('a share of the budget becomes a factor by the period', () => {
  test.each([
    [7, [336, 140, 70, 70 / 3]],
    [28, [1_344, 560, 280, 280 / 3]],
    [30, [1_440, 600, 300, 100]],
    [31, [1_488, 620, 310, 310 / 3]],
    [90, [4_320, 1_800, 900, 300]],
  ])('of %i days', (days, hundredths) => {
    const window = { kind: 'rolling', ms: days * DAY } as const
    const factors = WORKBOOK.map(([level, longMs, shortMs, , percent]) =>
      quotientOf(factorOf({ level, longMs, shortMs, speed: { spendsPpm: percent * 10_000 } }, window)),
    )
    factors.forEach((factor, i) => {
      expect(factor).toBeCloseTo((hundredths[i] ?? 0) / 100, 12)
    })
  })

  test('which for a month is 30 days, so that no threshold changes with its length', () => {
    expect(periodOf({ kind: 'month' })).toBe(30 * DAY)
    const pair: Pair = { level: 1, longMs: HOUR, shortMs: 5 * MINUTE, speed: { spendsPpm: 20_000 } }
    expect(factorOf(pair, { kind: 'month' })).toEqual({ num: 72, den: 5 })
    const week = { kind: 'calendar', count: 1, unit: 'w', from: '2026-01-05' } as const
    expect(factorOf(pair, week)).toEqual(factorOf(pair, { kind: 'rolling', ms: 7 * DAY }))
  })
})

describe('a level must stay calm', () => {
  test.each<[string, Partial<Policy>, number]>([
    ['for the shortest short window', {}, 5 * MINUTE],
    ['for as long as the policy states', { keepMs: 42_000 }, 42_000],
    ['for five minutes where only milestones ring', { pairs: [] }, 5 * MINUTE],
  ])('%s', (_, rest, keep) => expect(keepOf({ ...WORKBOOK_POLICY, ...rest })).toBe(keep))
})

test('every target in parts per million has thresholds', () => {
  for (const targetPpm of [1, 500_000, 999_999]) {
    for (const pair of WORKBOOK_POLICY.pairs) {
      const threshold = thresholdOf(factorOf(pair, THIRTY_DAYS), targetPpm)
      const factor = factorOf(pair, THIRTY_DAYS)
      expect(BigInt(threshold.num) * BigInt(factor.den) * BigInt(PPM)).toBe(
        BigInt(threshold.den) * BigInt(factor.num) * BigInt(PPM - targetPpm),
      )
    }
  }
})
