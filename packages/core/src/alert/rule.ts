import { hasSpentMoreThan, keepOf, policyOf, type Spending } from '../budget/index.ts'
import type { Level, Objective } from '../journey/index.ts'
import { objectiveId } from '../slo/index.ts'

/**
 * One condition that may ring: an objective's burn at a level, a milestone of its spent budget, or a simple rule of the
 * journeys file (`simple.ts`). One continuous problem of one rule is an episode.
 */
export type Rule = {
  /** `measure-feet/availability/level-1` or `measure-feet/availability/spent-75`. */
  readonly id: string
  readonly level: Level
  readonly kind: 'burn' | 'milestone' | 'simple' | 'foreign'
  /** The milestone's percentage of the budget. */
  readonly percent?: number
  /** How long the condition to resolve must hold. */
  readonly keepMs: number
}

/** A milestone ends when the spent share is this many percentage points below it: a stricter end than the beginning. */
const MILESTONE_HYSTERESIS = 5

/** Where a milestone ends; below 10 % at half of it, because five points less may be less than nothing spent at all. */
function endOf(percent: number): number {
  return Math.max(percent - MILESTONE_HYSTERESIS, Math.floor(percent / 2))
}

/** The rules of an objective, by its policy: one per level that has a pair, and one per milestone (level 3). */
export function rulesOf(journey: string, objective: Objective): readonly Rule[] {
  const policy = policyOf(objective)
  const id = objectiveId(journey, objective)
  const keepMs = keepOf(policy)
  const levels = [...new Set(policy.pairs.map((pair) => pair.level))].sort()
  return [
    ...levels.map((level): Rule => ({ id: `${id}/level-${level}`, level, kind: 'burn', keepMs })),
    ...policy.milestones.map(
      (percent): Rule => ({ id: `${id}/spent-${percent}`, level: 3, kind: 'milestone', percent, keepMs }),
    ),
  ]
}

/** The rule of the same objective that rings as a ticket, of one that rings as a page; nothing for any other rule. */
export function ticketRuleOf(page: string): string | undefined {
  return page.endsWith('/level-1') ? page.replace(/1$/, '2') : undefined
}

/** Whether a milestone is passed (strictly), and whether it is well behind again. */
export function judgeMilestone(
  percent: number,
  spending: Spending,
): { readonly holds: boolean; readonly calm: boolean } {
  return {
    holds: hasSpentMoreThan(percent, spending),
    calm: !hasSpentMoreThan(endOf(percent), spending),
  }
}
