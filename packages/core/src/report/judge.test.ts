import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attentionOf, judgeObjective, type Promised, sortJourneys, sortObjectives } from './judge.ts'
import type { AllowancePart, JourneyMonth, ObjectiveMonth } from './month-facts.ts'

const ALL_READ = { readSlots: 100, expectedSlots: 100 }
const PROMISED: Promised = {
  name: 'availability',
  indicator: 'availability',
  targetPpm: 999_000,
  window: { kind: 'month' },
}

function part(bad: number, valid: number, targetPpm = 999_000): AllowancePart {
  return { from: '2026-10-01T00:00:00+09:00', to: '2026-11-01T00:00:00+09:00', targetPpm, bad, valid }
}

function judge(bad: number, valid: number, coverage = ALL_READ): ObjectiveMonth {
  return judgeObjective(PROMISED, [part(bad, valid)], coverage)
}

describe('the state of a budget of 1,000 bad events', () => {
  test.each([
    [0, 'healthy', 1_000_000],
    [500, 'healthy', 500_000],
    [501, 'watch', 499_000],
    [750, 'watch', 250_000],
    [751, 'risk', 249_000],
    [999, 'risk', 1_000],
    [1_000, 'spent', 0],
    [1_500, 'spent', -500_000],
  ])('after %i of them is %s', (bad, state, leftPpm) => {
    expect(judge(bad, 1_000_000)).toMatchObject({ state, leftPpm })
  })

  test('is met until one more is bad than allowed', () => {
    expect([judge(1_000, 1_000_000).met, judge(1_001, 1_000_000).met]).toEqual([true, false])
  })
})

test('the allowance of a month is the sum over the targets that held in it', () => {
  const month = judgeObjective(PROMISED, [part(150, 100_000), part(40, 50_000, 998_000)], ALL_READ)
  expect(month).toMatchObject({ bad: 190, valid: 150_000, allowedMillionths: 200_000_000, leftPpm: 50_000, met: true })
})

describe('no verdict is given', () => {
  test('without events', () => {
    expect(judge(0, 0)).toMatchObject({ state: 'unjudged', unjudged: 'no_events' })
    expect(judge(0, 0)).not.toHaveProperty('met')
  })

  test('where less than one bad event is allowed', () => {
    expect(judge(0, 999).unjudged).toBe('too_little_traffic')
    expect(judge(0, 1_000)).toMatchObject({ state: 'healthy', met: true })
  })

  test('when more than 5 % of the slots were not read', () => {
    expect(judge(0, 10_000, { readSlots: 94, expectedSlots: 100 }).unjudged).toBe('data_gap')
    expect(judge(0, 10_000, { readSlots: 95, expectedSlots: 100 }).unjudged).toBeUndefined()
  })
})

test('what needs attention comes first, of equals the one with least left; else they keep their order', () => {
  const objectives = [judge(0, 0), judge(0, 9_000), judge(6, 9_000), judge(8, 9_000), judge(9, 9_000), judge(10, 9_000)]
  expect(sortObjectives(objectives).map(attentionOf)).toEqual([
    'missed',
    'spent',
    'risk',
    'watch',
    'healthy',
    'unjudged',
  ])
  const journey = (name: string, ...found: readonly ObjectiveMonth[]): JourneyMonth => {
    return { name, title: { en: name, ja: name }, tier: 1, objectives: found, steps: [], coverage: ALL_READ }
  }
  const [unjudged, healthy, , , , missed] = objectives as [ObjectiveMonth, ObjectiveMonth, 0, 0, 0, ObjectiveMonth]
  const journeys = [
    journey('bare'),
    journey('a', healthy),
    journey('b', unjudged),
    journey('c', healthy, missed),
    journey('d', healthy),
  ]
  expect(sortJourneys(journeys).map(({ name }) => name)).toEqual(['c', 'a', 'd', 'b', 'bare'])
  const worse = journey('e', judge(20, 9_000))
  expect(sortJourneys([...journeys, worse]).map(({ name }) => name)).toEqual(['e', 'c', 'a', 'd', 'b', 'bare'])
})

test('for all counts a missed objective has spent its budget, and a spent one has nothing left', () => {
  const counts = fc
    .tuple(fc.nat(2_000_000), fc.nat(2_000_000))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 999_999 }), ([bad, valid], targetPpm) => {
      const month = judgeObjective({ ...PROMISED, targetPpm }, [part(bad, valid, targetPpm)], ALL_READ)
      if (month.met === false) expect(month.state).toBe('spent')
      if (month.state === 'spent') expect(month.leftPpm).toBeLessThanOrEqual(0)
      expect(month.met).toBe(month.state === 'unjudged' ? undefined : (month.leftPpm ?? -1) >= 0)
    }),
  )
})
