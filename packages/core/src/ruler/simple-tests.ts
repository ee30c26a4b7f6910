import { passes, type Seen, simpleKeepOf, simpleRuleId, WEIGHTS } from '../alert/index.ts'
import {
  type Condition,
  type Counts,
  formatCondition,
  type Journey,
  LABEL,
  METRIC,
  NO_COUNTS,
  OUTCOMES,
  type SimpleAlert,
} from '../journey/index.ts'
import { formatDuration, SECOND } from '../time/index.ts'
import { ALERT } from './names.ts'
import { MOST_INTERVALS } from './plots.ts'
import { ruledAlerts } from './simple.ts'
import type { Expectation, UnitTest, UnitTests } from './unit-test-file.ts'

type Counting = Exclude<Condition, { readonly kind: 'absent' }>

/** A stretch in which as much of each outcome happens in every interval; `dead` when nothing can be scraped. */
type Stage = { readonly intervals: number; readonly counts: Counts; readonly dead?: boolean }

/** Samples that a window has room for. */
const PER_WINDOW = 6

/** Events per interval where shares are compared, so that a tenth more or less of a share is whole events. */
const MANY = 10_000

/** The steps that a rule is not about fail in every way all the time, which must not matter. */
const NOISE: Counts = [0, 70, 70, 70]

/**
 * A test for each simple rule: below its limit, above it, well again; for one on too few events the other way round. What must
 * ring is worked out by the collector's arithmetic; where a sample more or less would decide, nothing is expected.
 */
export function simpleTests(journey: Journey): readonly UnitTests[] {
  return ruledAlerts(journey).flatMap((alert) => {
    const { condition } = alert
    const about = condition.kind === 'absent' ? condition.forMs : condition.windowMs
    const intervalMs = Math.max(SECOND, Math.floor(about / PER_WINDOW / SECOND) * SECOND)
    const stages = condition.kind === 'absent' ? absence(condition, intervalMs) : story(condition, alert, intervalMs)
    if (stages.reduce((sum, { intervals }) => sum + intervals, 0) > MOST_INTERVALS) return []
    const scale = `${formatDuration(about)}-${condition.kind === 'absent' ? 'absent' : 'rules'}`
    return [
      { scale, evaluation_interval: formatDuration(intervalMs), tests: [testOf(journey, alert, stages, intervalMs)] },
    ]
  })
}

function absence({ forMs }: Extract<Condition, { readonly kind: 'absent' }>, intervalMs: number): readonly Stage[] {
  const lasting = Math.ceil(forMs / intervalMs) + 2
  const alive = { intervals: lasting, counts: [1, 0, 0, 0] as const }
  return [
    alive,
    { intervals: 2, counts: NO_COUNTS, dead: true },
    { intervals: lasting, counts: NO_COUNTS, dead: true },
    alive,
    alive,
  ]
}

function story(condition: Counting, alert: SimpleAlert, intervalMs: number): readonly Stage[] {
  const window = Math.ceil(condition.windowMs / intervalMs) + 1
  const lasting = Math.ceil((condition.forMs ?? 0) / intervalMs)
  const calm = Math.ceil(simpleKeepOf(condition) / intervalMs) + 2
  const stage = (intervals: number, counted: number, total: number): Stage => {
    return { intervals, counts: countsOf(condition, counted, Math.max(total, counted)) }
  }
  const { kind, limit } = condition
  if ('ppm' in limit) {
    const total = Math.max(MANY, alert.atLeast ?? 0)
    const part = (times: number) => Math.min(total, Math.ceil((total * limit.ppm * times) / 1_000_000))
    const few = Math.floor((alert.atLeast ?? 0) / 2 / window)
    return [
      stage(window + lasting, few, few),
      stage(window + lasting, Math.floor(part(0.9) * 0.99), total),
      stage(window + lasting, part(1.1), total),
      stage(window + calm, 0, total),
    ]
  }
  const perInterval = (times: number, intervals: number) => (limit.count * times) / intervals
  const plenty = Math.ceil(perInterval(2, PER_WINDOW - 2)) + 1
  if (kind === 'below') {
    return [stage(window + lasting, plenty, 0), stage(window + lasting, 0, 0), stage(window + calm, plenty, 0)]
  }
  const scarce = Math.floor(perInterval(0.8, window + 1))
  const good = condition.subject === 'events' ? 0 : 1
  return [
    stage(window + lasting, 0, good),
    stage(window + lasting, scarce, scarce + good),
    stage(window + lasting, plenty, plenty + good),
    stage(window + calm, 0, good),
  ]
}

/** So many counted events of so many that they are a share of. */
function countsOf({ subject }: Counting, counted: number, total: number): Counts {
  if (subject === 'events') return [counted, 0, 0, 0]
  const rest = total - counted
  const { counted: weights } = WEIGHTS[subject]
  return [rest, counted * weights[1], counted * weights[2], counted * weights[3]]
}

function testOf(journey: Journey, alert: SimpleAlert, stages: readonly Stage[], intervalMs: number): UnitTest {
  const id = simpleRuleId(journey.name, alert)
  const expr = `count(ALERTS{alertname="${ALERT.simple}",rule="${id}",alertstate="firing"})`
  let intervals = 0
  const checks = stages.flatMap((stage, i): readonly Expectation[] => {
    intervals += stage.intervals
    const rings = ringsAfter(alert, stages, i, intervalMs)
    if (rings === undefined) return []
    const exp_samples = rings ? [{ labels: '{}', value: 1 }] : []
    return [{ expr, eval_time: formatDuration(intervals * intervalMs), exp_samples }]
  })
  const name = `${id}: ${formatCondition(alert.condition, formatDuration)} rings when it holds, and ends`
  const carrier = alert.step ?? journey.steps[0]?.name
  const input_series = journey.steps.flatMap((step) =>
    OUTCOMES.map((outcome, column) => {
      const of = (stage: Stage) => {
        if (step.name === carrier) return stage.counts[column] ?? 0
        return alert.step === undefined ? 0 : (NOISE[column] ?? 0)
      }
      const labels = `${LABEL.journey}="${journey.name}",${LABEL.step}="${step.name}",${LABEL.outcome}="${outcome}"`
      return { series: `${METRIC.events}{${labels}}`, values: valuesOf(stages, of) }
    }),
  )
  return { name, interval: formatDuration(intervalMs), input_series, promql_expr_test: checks }
}

/** Whether it must ring when the stage is over; absent where it is too close to call. */
function ringsAfter(
  { condition, atLeast }: SimpleAlert,
  stages: readonly Stage[],
  i: number,
  intervalMs: number,
): boolean | undefined {
  const stage = stages[i]
  if (stage === undefined) return undefined
  if (condition.kind === 'absent') {
    if (stage.dead !== true) return i === 0 || stages[i - 1]?.dead !== true ? false : undefined
    return stages[i - 1]?.dead === true
  }
  const whole = Math.ceil(condition.windowMs / intervalMs)
  const seen = (intervals: number): Seen => {
    const sum = (weights: readonly number[]) =>
      intervals * stage.counts.reduce((total, count, column) => total + count * (weights[column] ?? 0), 0)
    const { counted, of } = WEIGHTS[condition.subject]
    return { count: sum(counted), of: sum(of) }
  }
  const fewer = passes(condition, seen(whole - 1), atLeast)
  return fewer === passes(condition, seen(whole + 1), atLeast) ? fewer : undefined
}

/** A counter over the stages in promtool's notation. */
function valuesOf(stages: readonly Stage[], of: (stage: Stage) => number): string {
  let total = 0
  const parts = stages.map((stage, i) => {
    const { intervals } = stage
    if (stage.dead === true) return stages[i - 1]?.dead === true ? `_x${intervals}` : `stale _x${intervals - 1}`
    const step = of(stage)
    const first = total + step
    total += step * intervals
    return `${first}+${step}x${intervals - 1}`
  })
  return ['0', ...parts].join(' ')
}
