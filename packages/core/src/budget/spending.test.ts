import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BudgetPart, burnRateMilli, hasSpentMoreThan, spendingOf } from './spending.ts'

const part = (bad: number, valid: number, targetPpm = 999_000): BudgetPart => ({ bad, valid, targetPpm })

describe('of a budget of 1,000 bad events', () => {
  test.each([
    ['all is left at first', 0, 1_000_000],
    ['half is left', 500, 500_000],
    ['a thousandth is left', 999, 1_000],
    ['nothing is left', 1_000, 0],
    ['less than nothing is left', 2_500, -1_500_000],
  ])('%s', (_, bad, leftPpm) => expect(spendingOf([part(bad, 1_000_000)]).leftPpm).toBe(leftPpm))
})

describe('what is left is rounded down', () => {
  test.each([
    ['two thirds', 1, 3_000, 666_666],
    ['minus one third, away from zero', 4, 3_000, -333_334],
    ['almost nothing', 2_999_999, 3_000_000_000, 0],
    ['a hair overspent', 3_000_001, 3_000_000_000, -1],
  ])('%s', (_, bad, valid, leftPpm) => expect(spendingOf([part(bad, valid)]).leftPpm).toBe(leftPpm))
})

describe('without events', () => {
  test('nothing is allowed and nothing is left, not even everything', () => {
    expect(spendingOf([part(0, 0)])).toEqual({ bad: 0, valid: 0, allowedMillionths: 0 })
    expect(spendingOf([])).toEqual({ bad: 0, valid: 0, allowedMillionths: 0 })
  })

  test('no share is spent', () => expect(hasSpentMoreThan(0, spendingOf([part(0, 0)]))).toBe(false))
})

test('a calendar budget is the sum of what each revision of the target allowed', () => {
  // 100 of 100,000 at 99.9 %, 100 of 50,000 at 99.8 %, and 1 of 1,000 at 99.9 % again.
  const parts = [part(150, 100_000), part(40, 50_000, 998_000), part(0, 1_000)]
  expect(spendingOf(parts)).toEqual({ bad: 190, valid: 151_000, allowedMillionths: 201_000_000, leftPpm: 54_726 })
})

describe('more than a share is spent', () => {
  test.each([
    ['not below it', 749, false],
    ['not when it is exactly that', 750, false],
    ['with one event more', 751, true],
  ])('%s', (_, bad, answer) => expect(hasSpentMoreThan(75, spendingOf([part(bad, 1_000_000)]))).toBe(answer))

  test('to the event, where products pass 2^53', () => {
    const valid = 4 * 10 ** 12
    expect([3 * 10 ** 9, 3 * 10 ** 9 + 1].map((bad) => hasSpentMoreThan(75, spendingOf([part(bad, valid)])))).toEqual([
      false,
      true,
    ])
  })
})

describe('a window burns, in thousandths of the speed that lasts', () => {
  test.each([
    ['at 1 when it fails as much as is allowed', 1, 1_000, 1_000],
    ['at 14.4', 144, 10_000, 14_400],
    ['at 1,000 when all fails', 7, 7, 1_000_000],
    ['not at all without failures', 0, 10, 0],
    ['not at all without events', 0, 0, 0],
  ])('%s', (_, bad, valid, milli) => expect(burnRateMilli({ bad, valid }, 999_000)).toBe(milli))
})

test('for all parts, what is left never exceeds the whole, is negative exactly when more is bad than allowed, and is the floor', () => {
  const anyPart = fc
    .tuple(fc.nat(10_000_000), fc.nat(10_000_000), fc.integer({ min: 1, max: 999_999 }))
    .map(([a, b, targetPpm]) => part(Math.min(a, b), Math.max(a, b), targetPpm))
  fc.assert(
    fc.property(fc.array(anyPart, { maxLength: 5 }), (parts) => {
      const { bad, allowedMillionths, leftPpm } = spendingOf(parts)
      expect(leftPpm === undefined).toBe(allowedMillionths === 0)
      if (leftPpm === undefined) return
      expect(leftPpm).toBeLessThanOrEqual(1_000_000)
      expect(leftPpm < 0).toBe(bad * 1_000_000 > allowedMillionths)
      const allowed = BigInt(allowedMillionths)
      const left = (allowed - BigInt(bad) * 1_000_000n) * 1_000_000n
      expect(BigInt(leftPpm) * allowed <= left && left < (BigInt(leftPpm) + 1n) * allowed).toBe(true)
      for (const percent of [50, 75, 90, 100]) {
        const spent = hasSpentMoreThan(percent, { bad, valid: 0, allowedMillionths })
        if (spent) expect(leftPpm).toBeLessThan(1_000_000 - percent * 10_000)
      }
    }),
  )
})
