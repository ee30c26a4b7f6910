import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countsAt } from './traffic.ts'

test('counters never fall, whoever reads when', () => {
  const second = fc.integer({ min: 0, max: 100_000 })
  fc.assert(
    fc.property(second, second, fc.option(second, { nil: undefined }), (a, b, failsFrom) => {
      const [early, late] = [countsAt(Math.min(a, b), failsFrom), countsAt(Math.max(a, b), failsFrom)]
      expect(late[0]).toBeGreaterThanOrEqual(early[0])
      expect(late[1]).toBeGreaterThanOrEqual(early[1])
    }),
  )
})

test('once all fail nothing is good any more', () => {
  const [before, after] = [countsAt(100, 100), countsAt(160, 100)]
  expect(after[0]).toBe(before[0])
  expect(after[1] - before[1]).toBe(600)
})
