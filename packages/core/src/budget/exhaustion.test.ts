import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spentInMs, spentWithinMs } from './exhaustion.ts'

const MONTH = 30 * 86_400_000

test('a whole budget lasts its period at the sustainable speed, and what is left of it less', () => {
  expect(spentInMs(1_000_000, 1_000, MONTH)).toBe(MONTH)
  expect(spentInMs(500_000, 14_400, MONTH)).toBe(90_000_000)
  expect(spentInMs(0, 14_400, MONTH)).toBeUndefined()
  expect(spentInMs(-80_000, 14_400, MONTH)).toBeUndefined()
  expect(spentInMs(500_000, 0, MONTH)).toBeUndefined()
})

test('what burns for that long at that speed spends no more than what was left', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 1, max: 1_000_000_000 }),
      fc.integer({ min: 1, max: 400 * 86_400_000 }),
      (left, burn, period) => {
        const ms = BigInt(spentInMs(left, burn, period) ?? 0)
        const spentBy = (time: bigint) => time * BigInt(burn) * 1_000n
        expect(spentBy(ms) <= BigInt(left) * BigInt(period)).toBe(true)
        expect(spentBy(ms + 1n) > BigInt(left) * BigInt(period)).toBe(true)
      },
    ),
  )
})

test('what lasts until the end of its window is not spent in it', () => {
  expect(spentWithinMs(1_000_000, 1_000, MONTH, 5)).toBeUndefined()
  expect(spentWithinMs(999_999, 1_000, MONTH, 5)).toBe(2_591_997_408)
  expect(spentWithinMs(500_000, 14_400, MONTH, 5, 90_000_005)).toBeUndefined()
  expect(spentWithinMs(500_000, 14_400, MONTH, 5, 90_000_006)).toBe(90_000_000)
})
