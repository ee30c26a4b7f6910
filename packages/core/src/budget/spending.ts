import type { Tally } from '../slo/index.ts'
import { PPM } from './policy.ts'
import { compareProducts, mulDiv } from './ratio.ts'

/** A stretch of a window under one target. A calendar month whose target was changed has several. */
export type BudgetPart = Tally & { readonly targetPpm: number }

/** What an objective allows and what is gone of it. */
export type Spending = {
  readonly bad: number
  readonly valid: number
  /**
   * Bad events allowed, in millionths of an event: Σ valid × (1 − target). Whole, because targets are millionths, and exact
   * below 2⁵³.
   */
  readonly allowedMillionths: number
  /** 1 − bad ÷ allowed, in parts per million, rounded down; negative when overspent; absent when nothing is allowed yet. */
  readonly leftPpm?: number
}

/**
 * The budget over the parts of a window: a calendar budget is the sum of the allowances of each revision of its target.
 * Remaining = 1 − e(P) ÷ (1 − t) for a single part (workbook, chapter 5), never clamped.
 *
 * @param ahead what the rest of a calendar window will allow, in millionths: slices are known before they come, events are not
 */
export function spendingOf(parts: readonly BudgetPart[], ahead = 0): Spending {
  let bad = 0
  let valid = 0
  let allowedMillionths = ahead
  for (const part of parts) {
    bad += part.bad
    valid += part.valid
    allowedMillionths += part.valid * (PPM - part.targetPpm)
  }
  const sums = { bad, valid, allowedMillionths }
  if (allowedMillionths === 0) return sums
  return { ...sums, leftPpm: PPM - spentPpm(bad, allowedMillionths) }
}

/** Whether more than `percent` of the budget is gone: bad ÷ allowed > percent ÷ 100, exactly. */
export function hasSpentMoreThan(percent: number, spending: Omit<Spending, 'leftPpm'>): boolean {
  return compareProducts(spending.bad, PPM * 100, spending.allowedMillionths, percent) > 0
}

/** How many thousandths of the sustainable speed a window burns at: bad ÷ valid ÷ (1 − target). Zero when empty. */
export function burnRateMilli({ bad, valid }: Tally, targetPpm: number): number {
  if (valid === 0) return 0
  return Number((BigInt(bad) * BigInt(PPM) * 1000n) / (BigInt(valid) * BigInt(PPM - targetPpm)))
}

/** Spent share rounded up, so that what is left is rounded down. */
function spentPpm(bad: number, allowedMillionths: number): number {
  return -mulDiv(-bad, PPM * PPM, allowedMillionths)
}
