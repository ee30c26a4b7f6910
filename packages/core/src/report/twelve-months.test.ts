import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeObjective } from './judge.ts'
import type { MonthMark } from './month-mark.ts'
import { changeSince, twelveMonths } from './twelve-months.ts'

const PROMISED = {
  name: 'availability',
  indicator: 'availability',
  targetPpm: 999_000,
  window: { kind: 'month' },
} as const

function october(bad: number, valid: number, ...before: readonly MonthMark[]) {
  const part = { from: '', to: '', targetPpm: PROMISED.targetPpm, bad, valid }
  return { ...judgeObjective(PROMISED, [part], { readSlots: 1, expectedSlots: 1 }), before }
}

function mark(month: string, bad: number, valid: number): MonthMark {
  return { month, bad, valid, allowedMillionths: valid * 1_000, state: 'healthy', met: true }
}

test('twelve months end with the month itself, and one that was not there has no state', () => {
  const months = twelveMonths('2026-10', october(0, 9_000, mark('2025-10', 0, 1), mark('2026-09', 0, 1)))
  expect(months).toHaveLength(12)
  expect(months.filter(({ state }) => state !== undefined)).toEqual([
    { month: '2026-09', state: 'healthy' },
    { month: '2026-10', state: 'healthy' },
  ])
  expect(months[0]).toEqual({ month: '2025-11' })
})

test('a result is compared with that of the month before, and only when there is something to compare', () => {
  expect(changeSince('2026-10', october(500, 1_000_000, mark('2026-09', 910, 1_000_000)))).toBe(4_100)
  expect(changeSince('2026-10', october(5, 9_000, mark('2026-09', 0, 9_000)))).toBe(-5_555)
  expect(changeSince('2026-10', october(4, 9_000, mark('2026-09', 4, 9_000)))).toBe('too_few')
  expect(changeSince('2026-10', october(500, 1_000_000, mark('2026-08', 910, 1_000_000)))).toBeUndefined()
  expect(changeSince('2026-10', october(5, 10, mark('2026-09', 910, 1_000_000)))).toBeUndefined()
})

test('for all counts: better and worse are told apart exactly, and the other way round is the same with the other sign', () => {
  const tally = fc
    .integer({ min: 5_000, max: 2_000_000_000 })
    .chain((valid) => fc.record({ valid: fc.constant(valid), bad: fc.integer({ min: 5, max: valid }) }))
  fc.assert(
    fc.property(tally, tally, (a, b) => {
      const change = changeSince('2026-10', october(a.bad, a.valid, mark('2026-09', b.bad, b.valid)))
      const back = changeSince('2026-10', october(b.bad, b.valid, mark('2026-09', a.bad, a.valid)))
      expect(change).toBe(0 - Number(back))
      const better = BigInt(b.bad) * BigInt(a.valid) - BigInt(a.bad) * BigInt(b.valid)
      if (change !== 0) expect(Number(change) > 0).toBe(better > 0n)
    }),
  )
})
