import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { journeyOf, objectiveOf } from '../budget/testing/definitions.ts'
import { limitsOf } from './alerts.ts'
import { levelHolds } from './forecast.ts'
import { journeyRules } from './journey-rules.ts'
import { burnStory } from './plots.ts'
import { tallyAt, valuesOf } from './story.ts'
import { journeys } from './testing/objectives.ts'
import { ruleText, unitTestText } from './text.ts'
import { journeyUnitTests } from './unit-tests.ts'

const ORIGIN = { file: 'journeys.yaml', fingerprint: '0123456789abcdef', notes: ['a note\nof two lines'] }

/** What a counter in promtool's notation says at each interval. */
function samplesOf(values: string): readonly number[] {
  return values.split(' ').flatMap((part) => {
    const [, start, step, times] = /^(\d+)\+(\d+)x(\d+)$/.exec(part) ?? []
    if (start === undefined) return [Number(part)]
    return Array.from({ length: Number(times) + 1 }, (_, i) => Number(start) + i * Number(step))
  })
}

describe('the unit tests of a journey', () => {
  test('try each pair below and above its limit, few failures, and each milestone', () => {
    const files = journeyUnitTests(journeyOf('checkout', objectiveOf(999_000)))
    expect(
      files.map(({ scale, tests }) => [scale, tests.map(({ promql_expr_test }) => promql_expr_test.length)]),
    ).toEqual([
      ['5m', [5, 3]],
      ['30m', [5]],
      ['2h', [5]],
      ['6h', [5]],
      ['30d-budget', [5]],
    ])
    const [burn] = files[0]?.tests ?? []
    expect(burn?.promql_expr_test.map(({ exp_samples }) => exp_samples.length)).toEqual([0, 0, 1, 1, 0])
    const milestones = files.at(-1)?.tests[0]?.promql_expr_test ?? []
    expect(milestones.map(({ exp_samples }) => exp_samples[0]?.value ?? 0)).toEqual([0, 1, 2, 3, 4])
  })

  test('expect for every policy that a pair rings above its limit when it is the only one of its level', () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        for (const objective of journey.objectives) {
          for (const limit of limitsOf(objective)) {
            const policy = objective.policy && { ...objective.policy, pairs: [limit.pair] }
            const alone = { ...objective, ...(policy && { policy }) }
            // Above a limit near 1 there is no room.
            if (limit.threshold.num / limit.threshold.den > 0.98) continue
            const story = burnStory(alone, limit)
            expect([0, 1, 2, 3, 4].map((stage) => levelHolds(alone, limit.pair.level, story, stage))).toEqual([
              false,
              false,
              true,
              true,
              false,
            ])
          }
        }
      }),
    )
  })

  test('tell counters whose windows hold what is foretold from them', () => {
    fc.assert(
      fc.property(journeys, fc.nat(4), (journey, stage) => {
        const [objective] = journey.objectives
        const [limit] = objective === undefined ? [] : limitsOf(objective)
        if (objective === undefined || limit === undefined) return
        const story = burnStory(objective, limit)
        const bad = samplesOf(valuesOf(story, (each) => each.bad))
        const end = story.stages.slice(0, stage + 1).reduce((sum, { intervals }) => sum + intervals, 0)
        const begin = Math.max(0, end - Math.floor(limit.pair.longMs / story.intervalMs))
        expect((bad[end] ?? Number.NaN) - (bad[begin] ?? Number.NaN)).toBe(
          tallyAt(story, stage, limit.pair.longMs)?.bad,
        )
      }),
    )
  })
})

describe('as YAML', () => {
  test('rules and tests are the same bytes each time, and say the same as the values', () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const text = ruleText(journeyRules(journey), ORIGIN)
        expect(text).toBe(ruleText(journeyRules(structuredClone(journey)), ORIGIN))
        expect(parse(text)).toEqual(journeyRules(journey))
        for (const tests of journeyUnitTests(journey)) {
          const { evaluation_interval, tests: listed } = tests
          const read: unknown = parse(unitTestText(tests, '../x.rules.yaml', ORIGIN))
          expect(read).toEqual({ rule_files: ['../x.rules.yaml'], evaluation_interval, tests: listed })
        }
      }),
      { numRuns: 20 },
    )
  })

  test('a word that older YAML takes for a truth value is quoted, and a note is one line', () => {
    const journey = { ...journeyOf('checkout', objectiveOf(999_000)), owner: 'on' }
    const text = ruleText(journeyRules(journey), ORIGIN)
    expect(text).toContain('owner: "on"')
    expect(text).toContain('# - a note of two lines\ngroups:')
  })
})
