import { burnDown } from './burn-down.ts'
import type { JourneyMonth, ObjectiveMonth } from './month-facts.ts'
import type { PolicyMonth, PolicyStep } from './policy-step.ts'

/** From what share of the budget left on releases go on as they please, in parts per million. */
const FREE_FROM = 250_000

/** What the budget left says about releases. @param leftPpm of the month's budget; negative when overspent */
export function policyStep(leftPpm: number): PolicyStep {
  if (leftPpm <= 0) return 'reliability'
  return leftPpm < FREE_FROM ? 'careful' : 'free'
}

/**
 * The step of a journey at the end of its month, by the judged objective that has least left, and since when that one has
 * been at it. Nothing is added here about exceptions: people grant them.
 */
export function policyOf({ objectives }: Pick<JourneyMonth, 'objectives'>): PolicyMonth {
  const judged = objectives.filter(({ met, leftPpm }) => met !== undefined && leftPpm !== undefined)
  const [worst] = judged.toSorted((a, b) => (a.leftPpm ?? 0) - (b.leftPpm ?? 0))
  if (worst === undefined) return { step: 'free' }
  const step = policyStep(worst.leftPpm ?? 0)
  const since = sinceOf(worst, step)
  return { step, objective: worst.name, ...(since !== undefined && { since }) }
}

/** The first of the days at the end of the month that all ended at the step. */
function sinceOf(objective: ObjectiveMonth, step: PolicyStep): string | undefined {
  const points = burnDown(objective)
  const other = points.findLastIndex(({ leftPpm }) => policyStep(leftPpm) !== step)
  return points[other + 1]?.date
}
