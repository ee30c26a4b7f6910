import { type Objective, type Pair, type Policy, type Window, WORKBOOK_POLICY } from '../journey/index.ts'
import { DAY } from '../time/duration.ts'
import { nominalPeriod } from '../time/index.ts'
import { type Ratio, ratio } from './ratio.ts'

/** Parts per million in a whole. */
export const PPM = 1_000_000

/** The length that factors are stated for when the window is a calendar month, so that thresholds do not change with it. */
const NOMINAL_MONTH = 30 * DAY

/** The policy in force for an objective. */
export function policyOf(objective: Objective): Policy {
  return objective.policy ?? WORKBOOK_POLICY
}

/** Length in milliseconds that "x % of the budget" refers to. */
export function periodOf(window: Window): number {
  if (window.kind === 'calendar') return nominalPeriod(window)
  return window.kind === 'rolling' ? window.ms : NOMINAL_MONTH
}

/**
 * How many times faster than sustainable the budget must burn: the stated factor, or x × P ÷ w for "x of the budget P in
 * the long window w" (workbook, chapter 5, "burn rate").
 */
export function factorOf(pair: Pair, window: Window): Ratio {
  if ('factorMilli' in pair.speed) return ratio(BigInt(pair.speed.factorMilli), 1000n)
  return ratio(BigInt(pair.speed.spendsPpm) * BigInt(periodOf(window)), BigInt(PPM) * BigInt(pair.longMs))
}

/** The same in thousandths, cut: to be shown, never to judge by. */
export function factorMilliOf(pair: Pair, window: Window): number {
  const { num, den } = factorOf(pair, window)
  return Number((BigInt(num) * 1000n) / BigInt(den))
}

/** The share of the budget, in parts per million, that is gone when a pair rings after burning at exactly its factor. */
export function spentWhenRinging(pair: Pair, window: Window): number {
  const factor = factorOf(pair, window)
  const num = BigInt(factor.num) * BigInt(pair.longMs) * BigInt(PPM)
  return Number(num / (BigInt(factor.den) * BigInt(periodOf(window))))
}

/**
 * The error ratio above which a window burns faster than factor × `share` (a fraction of the factor, 1 for the whole).
 * threshold = factor × (1 − target). A threshold of 1 or more can never be exceeded.
 */
export function thresholdOf(factor: Ratio, targetPpm: number, share: Ratio = { num: 1, den: 1 }): Ratio {
  return ratio(
    BigInt(factor.num) * BigInt(PPM - targetPpm) * BigInt(share.num),
    BigInt(factor.den) * BigInt(PPM) * BigInt(share.den),
  )
}

/**
 * How long a level must stay calm before it resolves: as stated, or the shortest short window. A policy of milestones only
 * has none, and takes the workbook's.
 */
export function keepOf(policy: Policy): number {
  const pairs = policy.pairs.length > 0 ? policy.pairs : WORKBOOK_POLICY.pairs
  return policy.keepMs ?? Math.min(...pairs.map((pair) => pair.shortMs))
}
