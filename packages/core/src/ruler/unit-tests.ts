import { PPM, periodOf, policyOf } from '../budget/index.ts'
import {
  type IndicatorName,
  type Journey,
  LABEL,
  METRIC,
  type Objective,
  OUTCOMES,
  type Outcome,
} from '../journey/index.ts'
import type { Tally } from '../slo/index.ts'
import { formatDuration } from '../time/index.ts'
import { type Limit, limitsOf } from './alerts.ts'
import { levelHolds, milestonesPassed } from './forecast.ts'
import { ruledOf } from './journey-rules.ts'
import { ALERT, slothId } from './names.ts'
import { burnStory, fewFailures, MOST_INTERVALS, milestoneStory } from './plots.ts'
import { simpleTests } from './simple-tests.ts'
import { endOf, type Story, valuesOf } from './story.ts'
import type { Expectation, UnitTest, UnitTests } from './unit-test-file.ts'

/**
 * Tests of a journey's rules for `promtool test rules`: each pair a little below and a little above its limit, few failures,
 * each milestone, each simple rule. What must ring is worked out by the collector's arithmetic, not by the rules.
 */
export function journeyUnitTests(journey: Journey): readonly UnitTests[] {
  const ruled = ruledOf(journey)
  const burns = ruled.objectives.flatMap((objective) => burnTests(ruled, objective))
  const budgets = ruled.objectives.flatMap((objective) => milestoneTests(ruled, objective))
  const scales = new Map<string, (typeof burns)[number]>()
  for (const each of [...burns, ...budgets, ...simpleTests(journey)]) {
    const known = scales.get(each.scale)
    scales.set(each.scale, known === undefined ? each : { ...known, tests: [...known.tests, ...each.tests] })
  }
  return [...scales.values()]
}

function burnTests(journey: Journey, objective: Objective): readonly UnitTests[] {
  return limitsOf(objective).flatMap((limit, i) => {
    const story = burnStory(objective, limit)
    if (endOf(story, story.stages.length - 1) / story.intervalMs > MOST_INTERVALS) return []
    const few = i === 0 ? fewFailures(objective, story.intervalMs) : undefined
    const tests = [
      burnTest(journey, objective, limit, story),
      ...(few === undefined ? [] : [fewTest(journey, objective, few)]),
    ]
    return [scaled(formatDuration(limit.pair.shortMs), story, tests)]
  })
}

function burnTest(journey: Journey, objective: Objective, { pair }: Limit, story: Story): UnitTest {
  const id = slothId(journey, objective)
  const { level, longMs, shortMs } = pair
  const windows = `${formatDuration(longMs)}/${formatDuration(shortMs)}`
  const checks = story.stages.flatMap((_, stage): readonly Expectation[] => {
    const holds = levelHolds(objective, level, story, stage)
    if (holds === undefined) return []
    return [expectation(ringing(ALERT.burn, id, `,level="${level}"`), story, stage, holds ? 1 : 0)]
  })
  return unitTest(
    `${id}: level ${level} rings above the limit of ${windows}, and ends`,
    journey,
    objective,
    story,
    checks,
  )
}

function fewTest(journey: Journey, objective: Objective, story: Story): UnitTest {
  const id = slothId(journey, objective)
  const checks = story.stages.map((_, stage) => expectation(ringing(ALERT.burn, id), story, stage, 0))
  return unitTest(`${id}: a few failures prove nothing`, journey, objective, story, checks)
}

function milestoneTests(journey: Journey, objective: Objective): readonly UnitTests[] {
  const { milestones } = policyOf(objective)
  if (objective.window.kind !== 'rolling' || milestones.length === 0) return []
  const story = milestoneStory(objective)
  const id = slothId(journey, objective)
  const budget = { num: PPM - objective.targetPpm, den: PPM }
  const periodMs = periodOf(objective.window)
  const checks = story.stages.flatMap((_, stage) => {
    const passed = milestonesPassed(milestones, budget, periodMs, story, stage)
    return passed === undefined ? [] : [expectation(ringing(ALERT.spent, id), story, stage, passed)]
  })
  const test = unitTest(`${id}: milestones of the budget`, journey, objective, story, checks)
  return [scaled(`${formatDuration(periodMs)}-budget`, story, [test])]
}

function scaled(scale: string, { intervalMs }: Story, tests: readonly UnitTest[]): UnitTests {
  return { scale, evaluation_interval: formatDuration(intervalMs), tests }
}

function unitTest(
  name: string,
  journey: Journey,
  objective: Objective,
  story: Story,
  checks: readonly Expectation[],
): UnitTest {
  const input = seriesOf(journey, objective, story)
  return { name, interval: formatDuration(story.intervalMs), input_series: input, promql_expr_test: checks }
}

/** How many alerts of an objective ring. */
function ringing(alert: string, id: string, which = ''): string {
  return `count(ALERTS{alertname="${alert}",sloth_id="${id}"${which},alertstate="firing"})`
}

function expectation(expr: string, story: Story, stage: number, count: number): Expectation {
  const samples = count === 0 ? [] : [{ labels: '{}', value: count }]
  return { expr, eval_time: formatDuration(endOf(story, stage)), exp_samples: samples }
}

/** The outcome that stands for a bad event. */
const BAD: Readonly<Record<IndicatorName, Outcome>> = { availability: 'error', latency: 'slow', experience: 'slow' }

/**
 * Every series of the journey, as a service exposes them from its start. Of a journey's objective the first step counts what
 * is good and the last one what is bad; of a step's objective another step fails all the time, which must not matter.
 */
function seriesOf({ name, steps }: Journey, { indicator, step }: Objective, story: Story): UnitTest['input_series'] {
  const names = steps.map((each) => each.name)
  const good = step ?? names[0]
  const bad = step ?? names.at(-1)
  const other = step === undefined ? undefined : names.find((each) => each !== step)
  return names.flatMap((each) =>
    OUTCOMES.map((outcome) => {
      const rate = ({ bad: failed, valid }: Tally): number => {
        if (outcome === 'excluded') return valid
        if (outcome === 'good' && each === good) return valid - failed
        if (outcome === BAD[indicator] && each === bad) return failed
        return outcome === 'error' && each === other ? valid : 0
      }
      const labels = `${LABEL.journey}="${name}",${LABEL.step}="${each}",${LABEL.outcome}="${outcome}"`
      return { series: `${METRIC.events}{${labels}}`, values: valuesOf(story, rate) }
    }),
  )
}
