import { keepOf, policyOf } from '../budget/index.ts'
import type { Counts, Definition, Journey, Level, Objective } from '../journey/index.ts'
import { DAY, HOUR, MINUTE } from '../time/index.ts'

/** Events of one step that happen evenly over a stretch of a drill. Offsets from its beginning, milliseconds. */
export type DrillStretch = {
  readonly step: string
  readonly from: number
  readonly to: number
  readonly counts: Counts
}

/** What the made-up services of a drill count: the trouble, and after it a recovery for as long as the drill lasts. */
export type DrillPlan = {
  readonly journey: string
  /** How long the trouble lasts, milliseconds. */
  readonly lengthMs: number
  readonly stretches: readonly DrillStretch[]
  /** Good events per hour after the trouble. */
  readonly recovery: readonly { readonly step: string; readonly perHour: number }[]
}

/** A made-up trouble: a share of a step's events, or of all steps', goes wrong in one way. */
export type Scenario = {
  readonly outcome: 'error' | 'slow'
  /** Parts per million of the events. */
  readonly sharePpm: number
  /** Events of each step per minute. */
  readonly perMinute: number
  readonly lengthMs: number
  /** The step that is hurt; absent: all of them. */
  readonly step?: string
}

/** What a journey's services would count in a scenario. Whole events; a share of them that is not whole is rounded up. */
export function scenarioPlan({ name, steps }: Journey, scenario: Scenario): DrillPlan {
  const { outcome, sharePpm, perMinute, lengthMs } = scenario
  const events = Math.floor((perMinute * lengthMs) / 60_000)
  const bad = Math.ceil((events * sharePpm) / 1_000_000)
  const hurt: Counts = outcome === 'error' ? [events - bad, 0, bad, 0] : [events - bad, bad, 0, 0]
  const stretches = steps.map((step): DrillStretch => {
    const isHurt = step.name === (scenario.step ?? step.name)
    return { step: step.name, from: 0, to: lengthMs, counts: isHurt ? hurt : [events, 0, 0, 0] }
  })
  return {
    journey: name,
    lengthMs,
    stretches,
    recovery: steps.map((step) => ({ step: step.name, perHour: perMinute * 60 })),
  }
}

/** What was booked of a journey once, to be gone through again at the same pace. @param recorded offsets from 0 to `lengthMs` */
export function recordedPlan(journey: string, lengthMs: number, recorded: readonly DrillStretch[]): DrillPlan {
  const events = new Map<string, number>()
  for (const { step, counts } of recorded) {
    events.set(step, (events.get(step) ?? 0) + counts.reduce((sum, count) => sum + count, 0))
  }
  const recovery = [...events].map(([step, count]) => ({ step, perHour: Math.ceil((count * HOUR) / lengthMs) }))
  return { journey, lengthMs, stretches: recorded, recovery }
}

/**
 * What the made-up services have counted so far, by step: cumulative, so that it never falls and needs no memory.
 *
 * @param offsetMs since the drill began
 */
export function countsAt(plan: DrillPlan, offsetMs: number): ReadonlyMap<string, Counts> {
  const counted = new Map<string, Counts>()
  const add = (step: string, more: Counts) => {
    const [good, slow, error, excluded] = counted.get(step) ?? [0, 0, 0, 0]
    counted.set(step, [good + more[0], slow + more[1], error + more[2], excluded + more[3]])
  }
  for (const { step, from, to, counts } of plan.stretches) {
    const elapsed = Math.min(to - from, Math.max(0, offsetMs - from))
    const part = (count: number) => (to <= from ? 0 : Math.floor((count * elapsed) / (to - from)))
    add(step, [part(counts[0]), part(counts[1]), part(counts[2]), part(counts[3])])
  }
  const since = Math.max(0, offsetMs - plan.lengthMs)
  for (const { step, perHour } of plan.recovery) add(step, [Math.floor((perHour * since) / HOUR), 0, 0, 0])
  return counted
}

/**
 * The file that a drill is judged by: one journey, with the promises that ring at the level and their own thresholds. Budgets
 * begin anew with each drill, so milestones and calendars say nothing; of slices and of what others see there is nothing.
 *
 * @returns nothing to ring when the journey has no pair of windows at the level
 */
export function shadowDefinition(definition: Definition, journey: Journey, level: Level): Definition {
  const objectives = journey.objectives.flatMap((objective): Objective[] => {
    const { budgeting: _, ...promise } = objective
    const policy = policyOf(objective)
    const pairs = policy.pairs.filter((pair) => pair.level === level)
    if (pairs.length === 0 || objective.of !== undefined || objective.estimate === true) return []
    const shadow = { ...policy, pairs, milestones: [], keepMs: keepOf({ ...policy, pairs }) }
    return [{ ...promise, name: `${objective.name}.drill`, window: { kind: 'rolling', ms: 30 * DAY }, policy: shadow }]
  })
  const { alerts: _, composites: __, ...bare } = journey
  return { ...definition, journeys: [{ ...bare, objectives }] }
}

/** How long after the trouble all of a shadow's rules have resolved at the latest, milliseconds; with a quarter of an hour to spare. */
export function longestRecovery({ journeys }: Definition): number {
  const times = journeys.flatMap(({ objectives }) =>
    objectives.map((objective) => {
      const policy = policyOf(objective)
      return Math.max(...policy.pairs.map(({ shortMs }) => shortMs)) + keepOf(policy)
    }),
  )
  return Math.max(0, ...times) + 15 * MINUTE
}

/** The key of the nth drill, counted from 1, such as `D-0003`. */
export function drillKey(number: number): string {
  return `D-${String(number).padStart(4, '0')}`
}
