import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CONFIDENCES } from '../journey/index.ts'
import { isProven, wilsonLowerBound } from './guard.ts'
import { thresholdOf } from './policy.ts'

describe('the lower end of what the error ratio may be', () => {
  // Worked out to 30 digits from the formula and the quantiles; for all bad it is n ÷ (n + z²).
  test.each([
    [1, 1, 95, 0.269865955],
    [3, 3, 95, 0.525804434],
    [1, 2, 95, 0.120866322],
    [3, 10, 95, 0.126876586],
    [3, 1_000, 95, 0.001199562],
    [20, 1_000, 95, 0.01390848],
    [20, 1_000, 80, 0.016599595],
    [20, 1_000, 90, 0.015063656],
    [20, 1_000, 99, 0.011992324],
    [1_000, 1_000, 95, 0.997301757],
    [144, 10_000, 95, 0.012567652],
    [0, 50, 95, 0],
    [0, 0, 95, 0],
  ])('for %i of %i at %i %% is %d', (bad, valid, confidence, bound) => {
    expect(wilsonLowerBound({ bad, valid }, confidence)).toBeCloseTo(bound, 8)
  })

  test('is refused for a confidence whose quantile is not known', () => {
    expect(() => wilsonLowerBound({ bad: 1, valid: 2 }, 94)).toThrow('one of 80, 90, 95, 99')
  })

  test('for all windows lies between zero and the ratio that was seen, and rises with the events behind it', () => {
    const anyTally = fc.tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(1_000_000))
    fc.assert(
      fc.property(anyTally, fc.constantFrom(...CONFIDENCES), ([bad, good], confidence) => {
        const window = { bad, valid: bad + good }
        const bound = wilsonLowerBound(window, confidence)
        expect(bound).toBeGreaterThanOrEqual(0)
        expect(bound).toBeLessThan(bad / window.valid)
        expect(wilsonLowerBound({ bad: bad * 10, valid: window.valid * 10 }, confidence)).toBeGreaterThan(bound)
      }),
    )
  })
})

describe('failures prove something', () => {
  const guard = { badEvents: 3, confidencePercent: 95 }
  const threshold = thresholdOf({ num: 144, den: 10 }, 999_000)

  test.each([
    ['not when there are two, though they are all there is', 2, 2, false],
    ['when there are three and they are all there is', 3, 3, true],
    ['not when three of a hundred fail', 3, 100, false],
    ['when four of a hundred fail', 4, 100, true],
    ['not when one more of a thousand fails than the threshold of 14.4 allows', 15, 1_000, false],
    ['not when 20 of a thousand fail', 20, 1_000, false],
    ['when 21 of a thousand fail', 21, 1_000, true],
    ['when 164 of ten thousand fail, where the threshold allows 144', 164, 10_000, true],
    ['not when 163 of ten thousand fail', 163, 10_000, false],
    ['not with nothing of nothing', 0, 0, false],
  ])('%s', (_, bad, valid, proven) => expect(isProven({ bad, valid }, threshold, guard)).toBe(proven))
})
