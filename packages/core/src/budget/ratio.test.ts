import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareProducts, exceeds, mulDiv, ratio } from './ratio.ts'

const TWO_53 = 2 ** 53

describe('a fraction', () => {
  test.each([
    [144n, 10_000n, { num: 9, den: 625 }],
    [0n, 5n, { num: 0, den: 1 }],
    [10n ** 30n, 2n * 10n ** 30n, { num: 1, den: 2 }],
  ])('%i/%i is reduced', (num, den, reduced) => expect(ratio(num, den)).toEqual(reduced))

  test.each([
    ['nothing to divide by', 0n, 0n],
    ['a denominator of zero', 5n, 0n],
    ['parts that stay beyond 2^53', 2n ** 53n + 1n, 2n ** 53n],
  ])('with %s is refused', (_, num, den) => expect(() => ratio(num, den)).toThrow(RangeError))
})

describe('bad of valid exceeds a limit', () => {
  const limit = ratio(144n, 10_000n)

  test.each([
    ['not below it', 143, 10_000, false],
    ['not when it is exactly on it', 144, 10_000, false],
    ['with one event above', 145, 10_000, true],
    ['not with nothing of nothing', 0, 0, false],
    ['not with nothing bad', 0, 10_000, false],
    ['not one event below, where products pass 2^53', 144 * 10 ** 11 - 1, 10 ** 15, false],
    ['not exactly on it, where products pass 2^53', 144 * 10 ** 11, 10 ** 15, false],
    ['with one event above, where products pass 2^53', 144 * 10 ** 11 + 1, 10 ** 15, true],
  ])('%s', (_, bad, valid, answer) => expect(exceeds(bad, valid, limit)).toBe(answer))

  test('never when the limit is one or more', () => {
    expect([exceeds(10, 10, { num: 1, den: 1 }), exceeds(10, 10, { num: 36, den: 25 })]).toEqual([false, false])
  })

  test('for all counts and limits as whole numbers of any size say', () => {
    const anyCount = fc.oneof(fc.nat(1_000), fc.maxSafeNat(), fc.integer({ min: TWO_53 - 1_000, max: TWO_53 - 1 }))
    const anyPart = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: TWO_53 - 1 }))
    fc.assert(
      fc.property(anyCount, anyCount, anyPart, anyPart, (a, b, num, den) => {
        const [bad, valid] = [Math.min(a, b), Math.max(a, b)]
        expect(exceeds(bad, valid, { num, den })).toBe(BigInt(bad) * BigInt(den) > BigInt(valid) * BigInt(num))
      }),
    )
  })
})

describe('a product is divided', () => {
  test.each([
    [7, 3, 2, 10],
    [-7, 3, 2, -11],
    [-6, 3, 2, -9],
    [Number.MAX_SAFE_INTEGER, 1_000_000, 1_000_000, Number.MAX_SAFE_INTEGER],
  ])('%i × %i ÷ %i is %i, rounded down', (a, b, c, quotient) => expect(mulDiv(a, b, c)).toBe(quotient))
})

test('products are compared as whole numbers of any size and sign are, most of all where they are nearly equal', () => {
  const anyPart = fc.oneof(fc.integer({ min: -1_000, max: 1_000 }), fc.maxSafeInteger())
  const signOf = (value: bigint) => (value === 0n ? 0 : value > 0n ? 1 : -1)
  const agrees = (a: number, b: number, c: number, d: number) => {
    expect(compareProducts(a, b, c, d)).toBe(signOf(BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d)))
  }
  fc.assert(fc.property(anyPart, anyPart, anyPart, anyPart, agrees))
  const near = fc.integer({ min: -2, max: 2 })
  const big = fc.integer({ min: 2 ** 40, max: 2 ** 52 })
  fc.assert(fc.property(big, big, near, near, (a, b, x, y) => agrees(a + x, b, b + y, a)))
})
