import type { Clock, Definition } from '@tabiji/core/journey'

/** What decides about the events of one step, resolved once, with the place of its counters. */
export type Rule = {
  readonly journey: string
  readonly step: string
  /** Position of the step among all steps of the definition, in the order in which they were written. */
  readonly index: number
  readonly withinMs: number
  /** A time that events are judged by in the shadow. */
  readonly candidateMs?: number | undefined
  readonly clock: Clock
  readonly good: readonly number[]
  readonly bad: readonly number[]
  readonly excluded: readonly number[]
}

export function rulesOf(definition: Definition): Rule[] {
  return definition.journeys
    .flatMap((journey) => journey.steps.map((step) => ({ journey, step })))
    .map(({ journey, step }, index) => ({
      journey: journey.name,
      step: step.name,
      index,
      withinMs: step.withinMs,
      candidateMs: step.candidateMs,
      clock: step.clock,
      ...step.statuses,
    }))
}

/** Finds the rule of a pair of names; used when a route or a job is set up, and once per job. */
export function ruleFinder(rules: readonly Rule[]): (journey: string, step: string) => Rule | undefined {
  const journeys = new Map<string, Map<string, Rule>>()
  for (const rule of rules) {
    const steps = journeys.get(rule.journey) ?? new Map<string, Rule>()
    journeys.set(rule.journey, steps.set(rule.step, rule))
  }
  return (journey, step) => journeys.get(journey)?.get(step)
}
