import { type CalendarWindow, windowText } from '../journey/index.ts'
import { COLUMNS } from '../ledger/index.ts'
import { INDICATOR, type Indicator } from '../slo/index.ts'
import type { CompiledPair, Evaluator, WindowRows } from './evaluation.ts'
import { isProven } from './guard.ts'
import { PPM, policyOf } from './policy.ts'
import { exceeds } from './ratio.ts'
import { hasSpentMoreThan } from './spending.ts'

/**
 * The objectives of a file laid out for one pass at every tick: in columns instead of objects, so that fifty thousand of
 * them cost as little each as a thousand, and nothing is allocated for those that have nothing to say.
 */
export type Sweep = {
  readonly evaluator: Evaluator
  /** Lengths in milliseconds of the rolling windows that budgets have, each once. */
  readonly budgetWindows: readonly number[]
  /** The stretches of the calendar that budgets have, each once. */
  readonly calendars: readonly CalendarWindow[]
  /** By objective. */
  readonly terms: readonly Terms[]
  /** Where the accounts of each objective begin in the cumulative rows; those of objective i stand from `from[i]` on. */
  accounts: Int32Array
  readonly from: Int32Array
  /** See {@link Evaluator.knownAccounts}. */
  knownAccounts: number
}

/** What objectives promise. Those that promise alike share one, so that the pass finds it in the processor's cache. */
type Terms = {
  readonly indicator: Indicator
  readonly pairs: readonly CompiledPair[]
  readonly guard: Parameters<typeof isProven>[2]
  /** The lowest milestone in percent of the budget; infinite when there is none. */
  readonly milestone: number
  /** Position in {@link Sweep.budgetWindows}; for the calendar -1 minus the position in {@link Sweep.calendars}. */
  readonly budget: number
  readonly targetPpm: number
}

/** The cumulative points that a pass compares. */
export type SweepPoints = {
  readonly total: Float64Array
  /** In the order of {@link Evaluator.windows}. */
  readonly windows: WindowRows
  /** In the order of {@link Sweep.budgetWindows}. */
  readonly budgets: WindowRows
  /** The beginnings of the present stretches, in the order of {@link Sweep.calendars}. */
  readonly calendars: WindowRows
  /** By objective with a stretch of the calendar: the target in it; NaN where it had several. */
  readonly targets: Float64Array
}

export function compileSweep(evaluator: Evaluator): Sweep {
  const { objectives } = evaluator
  const lengths = objectives.flatMap(({ objective: { window } }) => (window.kind === 'rolling' ? [window.ms] : []))
  const budgetWindows = [...new Set(lengths)]
  const stretches = objectives.flatMap(({ objective: { window } }) => (window.kind === 'rolling' ? [] : [window]))
  const calendars = [...new Map(stretches.map((window) => [windowText(window), window])).values()]
  const texts = calendars.map(windowText)
  const known = new Map<readonly CompiledPair[], Map<string, Terms>>()
  const terms = objectives.map(({ objective, pairs }): Terms => {
    const { guard, milestones } = policyOf(objective)
    const { indicator, window, targetPpm } = objective
    const budget = window.kind === 'rolling' ? budgetWindows.indexOf(window.ms) : -1 - texts.indexOf(windowText(window))
    const ofPairs = known.get(pairs) ?? new Map<string, Terms>()
    known.set(pairs, ofPairs)
    const milestone = Math.min(Number.POSITIVE_INFINITY, ...milestones)
    const made = { indicator: INDICATOR[indicator], pairs, guard, milestone, budget, targetPpm }
    const shared = ofPairs.get(`${indicator}/${budget}`) ?? made
    ofPairs.set(`${indicator}/${budget}`, shared)
    return shared
  })
  const from = new Int32Array(objectives.length + 1)
  return { evaluator, budgetWindows, calendars, terms, accounts: new Int32Array(0), from, knownAccounts: -1 }
}

/**
 * Marks with 1 every objective of which a rule may begin to hold: a pair of windows burns and proves it, or the lowest
 * milestone is passed. Of all others no rule holds, whatever else is asked. Marks that are set already are left alone, and
 * their objectives are not looked at; nor are those whose target changed in the present stretch of the calendar, which are marked.
 *
 * The evaluator's accounts must be up to date (`refreshAccounts`).
 */
export function sweep(swept: Sweep, points: SweepPoints, marks: Uint8Array): void {
  layOutAccounts(swept)
  for (let i = 0; i < marks.length; i++) {
    if (marks[i] === 0 && (burns(swept, points, i) || isSpent(swept, points, i))) marks[i] = 1
  }
}

function layOutAccounts(swept: Sweep): void {
  const { evaluator, from } = swept
  if (swept.knownAccounts === evaluator.knownAccounts) return
  swept.knownAccounts = evaluator.knownAccounts
  evaluator.objectives.forEach(({ accounts }, i) => {
    from[i + 1] = (from[i] as number) + accounts.length
  })
  swept.accounts = Int32Array.from(evaluator.objectives.flatMap(({ accounts }) => accounts.map((one) => one * COLUMNS)))
}

/**
 * The short window is asked first, and of it the bad events only: it is the one that is quiet when all is well. A window
 * without bad events burns at no speed.
 */
function burns(swept: Sweep, { total, windows }: SweepPoints, i: number): boolean {
  const { pairs, guard, indicator } = swept.terms[i] as Terms
  const badTotal = sumOf(swept, total, i, indicator.bad)
  for (let p = 0; p < pairs.length; p++) {
    const { short, long, fires } = pairs[p] as CompiledPair
    const shortEdge = windows[short] as Float64Array
    const shortBad = badTotal - sumOf(swept, shortEdge, i, indicator.bad)
    if (shortBad === 0) continue
    const validTotal = sumOf(swept, total, i, indicator.valid)
    if (!exceeds(shortBad, validTotal - sumOf(swept, shortEdge, i, indicator.valid), fires)) continue
    const longEdge = windows[long] as Float64Array
    const bad = badTotal - sumOf(swept, longEdge, i, indicator.bad)
    const valid = validTotal - sumOf(swept, longEdge, i, indicator.valid)
    if (exceeds(bad, valid, fires) && isProven({ bad, valid }, fires, guard)) return true
  }
  return false
}

function isSpent(swept: Sweep, points: SweepPoints, i: number): boolean {
  const { budget, milestone, guard, targetPpm, indicator } = swept.terms[i] as Terms
  if (milestone === Number.POSITIVE_INFINITY) return false
  const target = budget < 0 ? (points.targets[i] as number) : targetPpm
  if (Number.isNaN(target)) return true
  const edge = (budget < 0 ? points.calendars[-1 - budget] : points.budgets[budget]) as Float64Array
  const bad = sumOf(swept, points.total, i, indicator.bad) - sumOf(swept, edge, i, indicator.bad)
  if (bad < guard.badEvents) return false
  const valid = sumOf(swept, points.total, i, indicator.valid) - sumOf(swept, edge, i, indicator.valid)
  return hasSpentMoreThan(milestone, { bad, valid, allowedMillionths: valid * (PPM - target) })
}

/** The events of an objective's accounts at a cumulative point that count in the weights; whole, so the order is free. */
function sumOf({ accounts, from }: Sweep, rows: Float64Array, i: number, weights: Indicator['valid']): number {
  let sum = 0
  for (let k = from[i] as number; k < (from[i + 1] as number); k++) {
    const at = accounts[k] as number
    // A point that is older than the account does not know it: nothing had happened yet.
    if (at >= rows.length) continue
    const slow = (rows[at + 1] as number) * weights[1]
    sum += (rows[at] as number) * weights[0] + slow + (rows[at + 2] as number) * weights[2]
  }
  return sum
}
