import { HOUR } from '@tabiji/core/time'
import { expect, test } from 'vitest'
import { spentParts, wallIn } from './month-spent.ts'

const START = Date.parse('2026-10-01T00:00:00+09:00')
const iso = (at: number) => new Date(at).toISOString()
const WALL = { ...wallIn('Asia/Tokyo'), iso }

/** Where so many bad events of an hour go of which the target allows so many, in millionths. */
function goesTo(bad: number, allowedMillionths: number): string | undefined {
  const hours = new Map([[5, { bad, valid: 1_000, allowedMillionths }]])
  return spentParts([], hours, START, WALL)[0]?.on
}

test('an hour stands out above three times what its events allow, and not at it', () => {
  expect(goesTo(9, 3_000_000)).toBe('drip')
  expect(goesTo(9, 2_999_999)).toBe('unexplained')
  expect(goesTo(3, 1_000_000)).toBe('drip')
  expect(goesTo(3, 999_999)).toBe('unexplained')
})

test('fewer than three bad events are chance, however little was allowed', () => {
  expect(goesTo(2, 1)).toBe('drip')
  expect(goesTo(3, 1)).toBe('unexplained')
})

test('an hour that stands out is told as a stretch, and what drips with the days on which it did', () => {
  const hour = (bad: number) => ({ bad, valid: 1_000, allowedMillionths: 1_000_000 })
  const hours = new Map([3, 4, 23, 24].map((at) => [at, hour(at === 4 ? 7 : 1)]))
  expect(spentParts([], hours, START, WALL)).toEqual([
    { on: 'unexplained', bad: 7, from: iso(START + 4 * HOUR), to: iso(START + 5 * HOUR) },
    { on: 'drip', bad: 3, days: 2 },
  ])
})
