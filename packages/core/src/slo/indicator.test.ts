import fc from 'fast-check'
import { expect, test } from 'vitest'
import { INDICATORS } from '../journey/index.ts'
import { objectiveId, tally } from './indicator.ts'

const COUNTS = [1_000, 200, 30, 4]

test.each([
  ['availability', 30, 1_230],
  ['latency', 200, 1_200],
  ['experience', 230, 1_230],
] as const)('%s: %i of %i events are bad', (indicator, bad, valid) => {
  expect(tally(indicator, COUNTS)).toEqual({ bad, valid })
})

test('a failed event is not slow, and an excluded one is nobody’s', () => {
  expect(INDICATORS.map((indicator) => tally(indicator, [0, 0, 5, 9]))).toEqual([
    { bad: 5, valid: 5 },
    { bad: 0, valid: 0 },
    { bad: 5, valid: 5 },
  ])
})

test('for all counts bad events are among the valid ones, and adding two stretches adds their tallies', () => {
  const anyCounts = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat())
  fc.assert(
    fc.property(fc.constantFrom(...INDICATORS), anyCounts, anyCounts, (indicator, a, b) => {
      const [one, two] = [tally(indicator, a), tally(indicator, b)]
      const both = tally(
        indicator,
        a.map((count, i) => count + (b[i] ?? 0)),
      )
      expect(one.bad).toBeLessThanOrEqual(one.valid)
      expect(both).toEqual({ bad: one.bad + two.bad, valid: one.valid + two.valid })
    }),
  )
})

test('an objective is named with its journey', () => {
  const objective = {
    name: 'availability',
    indicator: 'availability',
    targetPpm: 999_000,
    window: { kind: 'month' },
  } as const
  expect(objectiveId('measure-feet', objective)).toBe('measure-feet/availability')
})
