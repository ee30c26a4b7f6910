import type { Objective } from '../journey/index.ts'
import { type Path, type Problem, problem } from '../problem/index.ts'
import { formatDuration } from '../time/index.ts'
import { windowsOf } from './advice.ts'
import { isProven } from './guard.ts'
import { factorOf, PPM, periodOf, policyOf, thresholdOf } from './policy.ts'

/** Valid events of an objective, and in how long they happened. Whole numbers; ms > 0. */
export type Traffic = { readonly events: number; readonly ms: number }

/**
 * Whether an objective has traffic enough for what it promises: a target is too strict when not even one bad event is
 * allowed in the window, and a pair of windows can never ring when the guard would not believe a total outage. Warnings;
 * their paths lead to the objective in the journeys file.
 */
export function resolutionProblems(journey: string, objective: Objective, traffic: Traffic): readonly Problem[] {
  const path = ['journeys', journey, 'objectives', objective.name]
  return [...tooStrict(objective, traffic, path), ...neverProven(objective, traffic, path)]
}

/** events × (window ÷ ms) × (1 − target) < 1, in whole numbers. */
function tooStrict({ targetPpm, window }: Objective, traffic: Traffic, path: Path): readonly Problem[] {
  const periodMs = periodOf(window)
  const perWindow = BigInt(traffic.events) * BigInt(periodMs)
  if (perWindow * BigInt(PPM - targetPpm) >= BigInt(traffic.ms) * BigInt(PPM)) return []
  const events = eventsIn(traffic, periodMs)
  const [period, target] = [formatDuration(periodMs), targetPpm / 10_000]
  const message = `A target of ${target} % is stricter than the traffic: of about ${events} events in ${period} not even one may be bad`
  // One bad event of n is allowed by 1 − 1 ÷ n, rounded down to a ten-thousandth of a percent.
  const strictest = events < 2 ? undefined : Math.floor(PPM - PPM / events) / 10_000
  const hint =
    strictest === undefined
      ? 'use a longer window, or judge it together with other steps'
      : `the strictest target that allows one is ${strictest} %; or use a longer window`
  return [problem('BUDGET_TOO_STRICT', path, message, { severity: 'warning', part: 'key', hint })]
}

function neverProven(objective: Objective, traffic: Traffic, path: Path): readonly Problem[] {
  const { targetPpm, window } = objective
  const { pairs, guard } = policyOf(objective)
  return pairs.flatMap((pair) => {
    const threshold = thresholdOf(factorOf(pair, window), targetPpm)
    const events = eventsIn(traffic, pair.longMs)
    // That a pair cannot ring at any traffic is `adviseOn`'s to say.
    if (threshold.num >= threshold.den || isProven({ bad: events, valid: events }, threshold, guard)) return []
    const subject = `The ${windowsOf(pair)} pair of level ${pair.level}`
    const message = `${subject} can never ring: about ${events} events in ${formatDuration(pair.longMs)} prove nothing even if all are bad (at least ${guard.badEvents} bad ones, ${guard.confidencePercent} % confidence)`
    const hint = 'use a longer pair of windows, a smaller `guard`, or milestones for this objective'
    return [problem('BUDGET_NEVER_PROVEN', path, message, { severity: 'warning', part: 'key', hint })]
  })
}

/** How many events are to be expected in a stretch; rounded down. */
function eventsIn({ events, ms }: Traffic, stretchMs: number): number {
  return Number((BigInt(events) * BigInt(Math.floor(stretchMs))) / BigInt(Math.floor(ms)))
}
