import { isProven, keepOf, PPM, periodOf, policyOf, type Ratio } from '../budget/index.ts'
import type { Objective } from '../journey/index.ts'
import { HOUR, SECOND } from '../time/index.ts'
import { type Limit, limitsOf } from './alerts.ts'
import type { Stage, Story } from './story.ts'

/** Below and above a limit by this much. */
const BELOW = 0.99
const ABOVE = 1.01

/** An outage that the long window still remembers when the short one has forgotten it. */
const FAR_ABOVE = 4

/** Samples that a short window has room for. */
const PER_SHORT_WINDOW = 3

/** A test that takes more evaluations than this would not be run. */
export const MOST_INTERVALS = 3_000

/** How far apart samples are in the story of a pair; milliseconds. */
function intervalFor({ shortMs }: Limit['pair']): number {
  return Math.max(SECOND, Math.floor(shortMs / PER_SHORT_WINDOW / SECOND) * SECOND)
}

/** All is well, then a little less than the pair's limit burns, then a little more, then far more; then all is well again. */
export function burnStory(objective: Objective, { pair, threshold }: Limit): Story {
  const intervalMs = intervalFor(pair)
  const policy = policyOf(objective)
  const ofLevel = limitsOf(objective).flatMap((limit) => (limit.pair.level === pair.level ? [limit.pair] : []))
  const longest = Math.max(...ofLevel.map(({ longMs }) => longMs))
  const longestShort = Math.max(...ofLevel.map(({ shortMs }) => shortMs))
  const long = intervalsFor(pair.longMs, intervalMs)
  const valid = enough(threshold, long, policy.guard)
  const burning = (times: number): Stage => ({
    intervals: long,
    perInterval: { bad: share(threshold, valid, times), valid },
  })
  const calm = (ms: number): Stage => ({ intervals: intervalsFor(ms, intervalMs), perInterval: { bad: 0, valid } })
  const stages = [
    calm(longest),
    burning(BELOW),
    burning(ABOVE),
    burning(FAR_ABOVE),
    calm(longestShort + keepOf(policy) + intervalMs),
  ]
  return { intervalMs, stages }
}

/** A few failures and nothing else, half as many as the guard asks for; absent when half of it is none. */
export function fewFailures(objective: Objective, intervalMs: number): Story | undefined {
  const bad = Math.floor(policyOf(objective).guard.badEvents / 2)
  const quiet = { intervals: 4, perInterval: { bad: 0, valid: 0 } }
  return bad === 0
    ? undefined
    : { intervalMs, stages: [quiet, { intervals: 1, perInterval: { bad, valid: bad } }, { ...quiet, intervals: 1 }] }
}

/** Intervals of one stage of {@link milestoneStory}. */
const STAGE = 20

/** The budget is spent up to a little below the first milestone, then a little beyond one after another. */
export function milestoneStory({ targetPpm, window, ...objective }: Objective): Story {
  const { milestones, guard } = policyOf({ targetPpm, window, ...objective })
  const budget = { num: PPM - targetPpm, den: PPM }
  const intervalMs = Math.min(HOUR, Math.max(SECOND, Math.floor(periodOf(window) / 1_000 / SECOND) * SECOND))
  const first = milestones[0] ?? 0
  const valid = enough({ num: budget.num * first, den: budget.den * 100 }, STAGE, guard)
  let spent = 0
  const stages = [first * BELOW, ...milestones.map((percent) => percent * ABOVE)].map((percent, i): Stage => {
    const total = share(budget, valid * STAGE * (i + 1), percent / 100)
    const bad = Math.min(valid, Math.ceil((total - spent) / STAGE))
    spent += bad * STAGE
    return { intervals: STAGE, perInterval: { bad, valid } }
  })
  return { intervalMs, stages }
}

function intervalsFor(ms: number, intervalMs: number): number {
  return Math.ceil(ms / intervalMs) + 1
}

/** Bad events that are so many times the limit of the valid ones. */
function share({ num, den }: Ratio, valid: number, times: number): number {
  return Math.min(valid, Math.round((valid * num * times) / den))
}

/** The least power of ten at which a burst a little above the limit is proven within the intervals, and can be told from the limit. */
function enough(threshold: Ratio, intervals: number, guard: Parameters<typeof isProven>[2]): number {
  const isFine = (valid: number) => share(threshold, valid, ABOVE) - share(threshold, valid, BELOW) >= 2
  const proves = (valid: number) => {
    // With half of them: the window is shorter than the stage, and what nearly proves it is no test.
    const window = { bad: (share(threshold, valid, ABOVE) * intervals) / 2, valid: (valid * intervals) / 2 }
    return isProven(window, threshold, guard)
  }
  let valid = 1_000
  while (valid < 1e12 && !(isFine(valid) && proves(valid))) valid *= 10
  return valid
}
