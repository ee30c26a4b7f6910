import { OUTCOMES } from '@tabiji/core/journey'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scanJourney, step } from '../testing/journeys.ts'
import { createCandidates } from './candidates.ts'
import { decide, type Ending } from './decide.ts'
import { rulesOf } from './rule.ts'

const rules = rulesOf(scanJourney(step('plain'), step('upload', { withinMs: 1000, candidateMs: 250 })))
const [plain, upload] = rules

const ending: fc.Arbitrary<Ending> = fc.record({
  mark: fc.constantFrom('fail' as const, 'exclude' as const, undefined),
  expired: fc.boolean(),
  threw: fc.boolean(),
  answer: fc.constantFrom('whole' as const, 'begun' as const, 'none' as const),
  status: fc.constantFrom(200, 304, 404, 429, 500, undefined),
  elapsedMs: fc.integer({ min: 0, max: 2000 }),
})

test('counts what the verdicts would be if the candidate were promised', () => {
  if (upload === undefined) throw new Error('the journeys of this test are wrong')
  fc.assert(
    fc.property(fc.array(ending, { maxLength: 50 }), (endings) => {
      const candidates = createCandidates(rules)
      for (const each of endings) candidates.judge(upload, each)
      const promised = { ...upload, withinMs: 250 }
      const truth = OUTCOMES.map((outcome) => endings.filter((each) => decide(promised, each) === outcome).length)
      expect(candidates.counts(0)).toEqual(truth)
    }),
  )
})

test('a step without a candidate is not counted, and has no place', () => {
  if (plain === undefined) throw new Error('the journeys of this test are wrong')
  const candidates = createCandidates(rules)
  candidates.judgeTally(plain, 'good', 3)
  expect(candidates.steps).toMatchObject([{ journey: 'scan', step: 'upload', withinMs: 250 }])
  expect([...candidates.row]).toEqual([0, 0, 0, 0])
})

describe('what the service measured itself', () => {
  test.each([
    ['good', 250, [1, 0, 0, 0]],
    ['good', 251, [0, 1, 0, 0]],
    ['slow', 2000, [0, 1, 0, 0]],
    ['error', 1, [0, 0, 1, 0]],
    ['excluded', 1, [0, 0, 0, 1]],
  ] as const)('%s after %d ms', (outcome, elapsedMs, counts) => {
    if (upload === undefined) throw new Error('the journeys of this test are wrong')
    const candidates = createCandidates(rules)
    candidates.judgeTally(upload, outcome, elapsedMs)
    expect(candidates.counts(0)).toEqual(counts)
  })
})
