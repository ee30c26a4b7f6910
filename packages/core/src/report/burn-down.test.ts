import fc from 'fast-check'
import { expect, test } from 'vitest'
import { datesIn } from '../time/index.ts'
import { burnDown } from './burn-down.ts'
import { judgeObjective } from './judge.ts'

const PROMISED = { name: 'a', indicator: 'availability', targetPpm: 999_000, window: { kind: 'month' } } as const
const COVERAGE = { readSlots: 1, expectedSlots: 1 }
const FROM = '2026-10-01T00:00:00+09:00'
const TO = '2026-11-01T00:00:00+09:00'

const anyDay = fc.nat(1_000_000).chain((valid) => fc.record({ valid: fc.constant(valid), bad: fc.nat(valid) }))

test('the budget of a month never rises, and ends at what the table says is left', () => {
  fc.assert(
    fc.property(fc.array(anyDay, { minLength: 31, maxLength: 31 }), (tallies) => {
      const days = datesIn('2026-10').map((date, i) => {
        const { bad, valid } = tallies[i] ?? { bad: 0, valid: 0 }
        return { date, bad, valid, allowedMillionths: valid * 1_000 }
      })
      const total = (field: 'bad' | 'valid') => days.reduce((sum, day) => sum + day[field], 0)
      const part = { from: FROM, to: TO, targetPpm: 999_000, bad: total('bad'), valid: total('valid') }
      const month = judgeObjective(PROMISED, [part], COVERAGE)
      const left = burnDown({ days }).map(({ leftPpm }) => leftPpm)
      expect(left.toSorted((a, b) => b - a)).toEqual(left)
      expect(left.at(-1)).toBe(month.leftPpm)
    }),
  )
})

test('nothing is drawn of a budget that allows nothing', () => {
  expect(burnDown({ days: [{ date: '2026-10-01', bad: 0, valid: 0, allowedMillionths: 0 }] })).toEqual([])
  expect(burnDown({})).toEqual([])
})
