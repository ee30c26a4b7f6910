import { expect, test } from 'vitest'
import { elapsedPpm } from './calendar.ts'

test('an even pace spends nothing before its stretch, all of it after, and is cut within', () => {
  const range = { from: 1_000, to: 4_000 }
  expect([0, 1_000, 2_000, 3_999, 4_000, 9_000].map((now) => elapsedPpm(range, now))).toEqual([
    0, 0, 333_333, 999_666, 1_000_000, 1_000_000,
  ])
})
