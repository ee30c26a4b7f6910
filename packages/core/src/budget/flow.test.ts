import { expect, test } from 'vitest'
import { flowOf } from './flow.ts'

const HOUR = 3_600_000
const WINDOW = { kind: 'rolling', ms: 30 * 24 * HOUR } as const
const PAIR = { level: 1, longMs: HOUR, shortMs: HOUR / 12, speed: { factorMilli: 14_400 } } as const
/** Of 99.9 %: 14.4 times the sustainable speed is 1.44 %. */
const flow = (long: number, short: number, holds = false) => {
  const of = (bad: number) => ({ bad, valid: 100_000 })
  return flowOf({ pair: PAIR, long: of(long), short: of(short), holds, calm: false }, 999_000, WINDOW)
}

test('a pair burns, rises, recovers or is quiet, exactly at its factor', () => {
  expect(flow(1_441, 1_441, true)).toBe('burning')
  expect(flow(1_440, 1_441)).toBe('rising')
  expect(flow(1_441, 1_440)).toBe('recovering')
  expect(flow(1_440, 1_440)).toBe('quiet')
  expect(flow(0, 0)).toBe('quiet')
})

test('both windows over and too few events to be sure is quiet, as nobody is told', () => {
  expect(flow(1_441, 1_441, false)).toBe('quiet')
})
