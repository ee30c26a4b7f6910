import { isProven, policyOf, type Ratio } from '../budget/index.ts'
import type { Level, Objective } from '../journey/index.ts'
import { type Limit, limitsOf } from './alerts.ts'
import { type Story, tallyAt } from './story.ts'

/** Nearer than this to a limit the extrapolation of `increase()` decides, and nothing can be foretold. */
const CLOSE = 0.005

/** The guard must say the same of this share of the events. */
const LEAST = 0.9

/** What the collector's own arithmetic says of a story; absent where it is too close to call. */
export type Forecast = boolean | undefined

/** Whether a level's condition holds when the stage is over. */
export function levelHolds(objective: Objective, level: Level, story: Story, stage: number): Forecast {
  const limits = limitsOf(objective).filter(({ pair }) => pair.level === level)
  return any(limits.map((limit) => pairHolds(limit, objective, story, stage)))
}

function pairHolds({ pair, threshold }: Limit, objective: Objective, story: Story, stage: number): Forecast {
  const [long, short] = [pair.longMs, pair.shortMs].map((windowMs) => tallyAt(story, stage, windowMs))
  if (long === undefined || short === undefined) return false
  const burns = all([long, short].map(({ bad, valid }) => isAbove(bad, valid, threshold)))
  if (burns !== true) return burns
  const proven = (times: number) =>
    isProven({ bad: long.bad * times, valid: long.valid * times }, threshold, policyOf(objective).guard)
  return proven(LEAST) === proven(1 / LEAST) ? proven(1) : undefined
}

/** How many milestones are passed when the stage is over. */
export function milestonesPassed(
  milestones: readonly number[],
  budget: Ratio,
  periodMs: number,
  story: Story,
  stage: number,
): number | undefined {
  const window = tallyAt(story, stage, periodMs)
  if (window === undefined) return 0
  const passed = milestones.map((percent) => {
    return isAbove(window.bad, window.valid, { num: budget.num * percent, den: budget.den * 100 })
  })
  return passed.includes(undefined) ? undefined : passed.filter(Boolean).length
}

function isAbove(bad: number, valid: number, { num, den }: Ratio): Forecast {
  const times = valid === 0 ? 0 : (bad / valid) * (den / num)
  return Math.abs(times - 1) < CLOSE ? undefined : times > 1
}

function all(parts: readonly Forecast[]): Forecast {
  if (parts.includes(false)) return false
  return parts.includes(undefined) ? undefined : true
}

function any(parts: readonly Forecast[]): Forecast {
  if (parts.includes(true)) return true
  return parts.includes(undefined) ? undefined : false
}
