import { expect, test } from 'vitest'
import { datesIn } from '../time/index.ts'
import { judgeObjective } from './judge.ts'
import type { ObjectiveMonth } from './month-facts.ts'
import { policyOf, policyStep } from './policy.ts'

const COVERAGE = { readSlots: 1, expectedSlots: 1 }
const PART = { from: '2026-10-01T00:00:00+09:00', to: '2026-11-01T00:00:00+09:00', targetPpm: 990_000 }

/** An objective that allows 310 bad events, ten for each day; bad ones by day of the month. */
function objective(name: string, badOn: Readonly<Record<number, number>>): ObjectiveMonth {
  const days = datesIn('2026-10').map((date, i) => ({
    ...{ date, bad: badOn[i + 1] ?? 0, valid: 1_000, allowedMillionths: 10_000_000 },
  }))
  const bad = days.reduce((sum, day) => sum + day.bad, 0)
  const promised = { name, indicator: 'availability', targetPpm: 990_000, window: { kind: 'month' } } as const
  return { ...judgeObjective(promised, [{ ...PART, bad, valid: 31_000 }], COVERAGE), days }
}

test('releases are free from a quarter of the budget on, and wait when nothing is left', () => {
  expect([250_000, 249_999, 1, 0, -1].map(policyStep)).toEqual([
    ...['free', 'careful', 'careful', 'reliability', 'reliability'],
  ])
})

test('the objective that has least left decides, and the step counts from the day since when it is at it', () => {
  const objectives = [objective('calm', { 3: 10 }), objective('hurt', { 5: 240, 20: 70 })]
  expect(policyOf({ objectives })).toEqual({ step: 'reliability', objective: 'hurt', since: '2026-10-20' })
  expect(policyOf({ objectives: [objective('calm', { 3: 240 })] })).toEqual({
    ...{ step: 'careful', objective: 'calm', since: '2026-10-03' },
  })
  expect(policyOf({ objectives: [objective('calm', {})] })).toMatchObject({ step: 'free', since: '2026-10-01' })
})

test('without a verdict there is nothing to hold a release back for', () => {
  const { met: _, ...unjudged } = objective('hurt', { 5: 400 })
  expect(policyOf({ objectives: [{ ...unjudged, state: 'unjudged', unjudged: 'data_gap' }] })).toEqual({ step: 'free' })
})
