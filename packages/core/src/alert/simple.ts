import { exceeds } from '../budget/index.ts'
import {
  type Condition,
  isStaleRule,
  type Journey,
  type Limit,
  type SimpleAlert,
  type Subject,
} from '../journey/index.ts'
import { COLUMNS } from '../ledger/index.ts'
import { MINUTE } from '../time/index.ts'

/** Which columns of a count vector (order of `OUTCOMES`) are counted, and what a share of them is a share of. */
type Weights = { readonly counted: Columns; readonly of: Columns }
type Columns = readonly [good: 0 | 1, slow: 0 | 1, error: 0 | 1, excluded: 0 | 1]

const ALL: Columns = [1, 1, 1, 1]

/** Errors and slow ones are shares of what `availability` and `latency` call valid; excluded ones of everything. */
export const WEIGHTS: Readonly<Record<Subject, Weights>> = {
  errors: { counted: [0, 0, 1, 0], of: [1, 1, 1, 0] },
  slow: { counted: [0, 1, 0, 0], of: [1, 1, 0, 0] },
  excluded: { counted: [0, 0, 0, 1], of: ALL },
  events: { counted: ALL, of: ALL },
}

/** Events that are counted, and those that they are a share of. Whole numbers. */
export type Seen = { readonly count: number; readonly of: number }

/** How long it must be calm at most before a simple rule resolves. */
const LONGEST_KEEP = 5 * MINUTE

/** `checkout/alerts/errors-over-10-in-5m`, or `checkout/pay.alerts/…` for a step: unlike any id of an objective's rule. */
export function simpleRuleId(journey: string, { step, name }: Pick<SimpleAlert, 'step' | 'name'>): string {
  return `${journey}/${step === undefined ? '' : `${step}.`}alerts/${name}`
}

/** The shorter of five minutes and the stretch that the condition is about, milliseconds. */
export function simpleKeepOf(condition: Condition): number {
  return Math.min(LONGEST_KEEP, condition.kind === 'absent' ? condition.forMs : condition.windowMs)
}

/** The steps that a rule is about: its own, or all but those that say themselves after how long they are absent. */
export function watchedSteps({ steps, alerts = [] }: Journey, alert: SimpleAlert): readonly string[] {
  const names = steps.map(({ name }) => name)
  if (alert.step !== undefined) return names.filter((name) => name === alert.step)
  if (!isStaleRule(alert)) return names
  const told = alerts.flatMap(({ step, condition }) =>
    condition.kind === 'absent' && step !== undefined ? [step] : [],
  )
  return names.filter((name) => !told.includes(name))
}

/** What a subject's events come to between two cumulative points, over the accounts. */
export function seenBetween(subject: Subject, accounts: readonly number[], from: Float64Array, to: Float64Array): Seen {
  const { counted, of: base } = WEIGHTS[subject]
  const end = accounts.length
  return {
    count: countBetween(counted, accounts, 0, end, from, to),
    of: countBetween(base, accounts, 0, end, from, to),
  }
}

/**
 * The events of some columns between two cumulative points.
 *
 * @param begin the first of the accounts to look at; @param end the one before which it ends
 */
export function countBetween(
  columns: Columns,
  accounts: ArrayLike<number>,
  begin: number,
  end: number,
  from: Float64Array,
  to: Float64Array,
): number {
  let count = 0
  for (let k = begin; k < end; k++) {
    const row = (accounts[k] as number) * COLUMNS
    for (let column = 0; column < columns.length; column++) {
      // A point that is older than the account does not know it: nothing had happened yet.
      if (columns[column] === 1) count += (to[row + column] ?? 0) - (from[row + column] ?? 0)
    }
  }
  return count
}

export type Counting = Exclude<Condition, { readonly kind: 'absent' }>

/** Whether the counts pass the limit: strictly, and exactly. @param atLeast of how many events a share must be */
export function passes({ kind, limit }: Counting, { count, of }: Seen, atLeast = 0): boolean {
  if ('ppm' in limit) return of >= atLeast && exceeds(count, of, fractionOf(limit))
  return kind === 'above' ? count > limit.count : count < limit.count
}

/**
 * Whether the counts are well on the good side again, a stricter thing than not to pass the limit: at most half of it, or, where
 * there may be too few, the limit and half of it again (rounded down, so that one event ends "no events").
 */
export function isWellAgain({ kind, limit }: Counting, { count, of }: Seen): boolean {
  if ('ppm' in limit) return !exceeds(count * 2, of, fractionOf(limit))
  return kind === 'above' ? count * 2 <= limit.count : count >= limit.count + Math.floor(limit.count / 2)
}

function fractionOf({ ppm }: Extract<Limit, { readonly ppm: number }>) {
  return { num: ppm, den: 1_000_000 }
}
