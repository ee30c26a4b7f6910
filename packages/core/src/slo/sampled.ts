import type { Amount } from './increase.ts'
import type { Ask, Operator } from './question.ts'

const PPM = 1_000_000
/** Shares are compared in billionths: finer than a target, coarser than what a division leaves behind. */
const NANO = 1_000

const COMPARES: Readonly<Record<Operator, (value: number, limit: number) => boolean>> = {
  lt: (value, limit) => value < limit,
  lte: (value, limit) => value <= limit,
  gt: (value, limit) => value > limit,
  gte: (value, limit) => value >= limit,
}

/**
 * The events of one evaluation: each value is one. OpenSLO v1 ("Occurrences" of a threshold, of a raw ratio) leaves open
 * what an event is where none is counted; here it is an evaluation.
 *
 * @returns `undefined` when there is nothing to judge: no value, or none that is a number
 */
export function judgeValues(
  ask: Extract<Ask, { readonly kind: 'ratio' | 'values' }>,
  values: readonly number[],
): Amount | undefined {
  const told = values.filter((value) => !Number.isNaN(value))
  if (told.length === 0) return undefined
  const good = told.filter((value) => isGood(ask, value)).length
  return { good, bad: told.length - good }
}

function isGood(ask: Extract<Ask, { readonly kind: 'ratio' | 'values' }>, value: number): boolean {
  if (ask.kind === 'values') return COMPARES[ask.op](value, ask.value)
  const share = Math.round(value * PPM * NANO)
  const success = ask.side === 'good' ? share : PPM * NANO - share
  return success >= ask.targetPpm * NANO
}

/**
 * The counts of one interval by two expressions, rounded down.
 *
 * @returns `undefined` when the total is no count, or the part is none beside it; a part that is absent is zero
 */
export function judgeAmounts(
  side: 'good' | 'bad',
  part: number | undefined,
  total: number | undefined,
): Amount | undefined {
  if (total === undefined || !isCount(total) || (part !== undefined && !isCount(part))) return undefined
  const all = Math.floor(total)
  const ours = Math.min(all, Math.floor(part ?? 0))
  return side === 'good' ? { good: ours, bad: all - ours } : { good: all - ours, bad: ours }
}

function isCount(value: number): boolean {
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER
}
