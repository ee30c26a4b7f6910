import {
  type BudgetPart,
  type CompiledObjective,
  calendarRange,
  compileEvaluator,
  type Evaluator,
  refreshAccounts,
  type Spending,
  spendingOf,
  tallyBetween,
} from '@tabiji/core/budget'
import { type Definition, type Window, windowText } from '@tabiji/core/journey'
import type { Edge } from '@tabiji/core/ledger'
import type { Tally } from '@tabiji/core/slo'
import type { Range } from '@tabiji/core/time'
import type { Revision } from '../../ports/ledger-store.ts'
import type { LedgerView } from '../ledger/ledger.ts'
import { type Exclusions, NO_EXCLUSIONS } from './exclusions.ts'
import { aheadOf, type Cut, slicedParts, sliceEnd, unreadOf } from './sliced-budget.ts'
import { NO_SLICES, type Slices } from './slices.ts'

/** Everything that is needed to judge objectives by the books: the file in force, ready for use, and its history. */
export type Judge = {
  readonly definition: Definition
  readonly evaluator: Evaluator
  readonly ledger: LedgerView
  /** Ascending by time. */
  readonly revisions: readonly Revision[]
  /** What corrections take away. */
  readonly exclusions: Exclusions
  /** Of the objectives whose budgets are kept in slices. */
  readonly slices: Slices
}

export function createJudge(
  definition: Definition,
  ledger: LedgerView,
  revisions: readonly Revision[],
  exclusions: Exclusions = NO_EXCLUSIONS,
  slices: Slices = NO_SLICES,
): Judge {
  return { definition, evaluator: compileEvaluator(definition), ledger, revisions, exclusions, slices }
}

/** The cumulative points at which the alerting windows begin now, in the evaluator's order. */
export function windowRows(judge: Judge, now: number): readonly Float64Array[] {
  const { evaluator, ledger } = judge
  refreshAccounts(evaluator, ledger.books)
  for (const compiled of evaluator.objectives)
    if (compiled.objective.budgeting !== undefined) lookAt(judge, compiled, now)
  // The longest first: where none is in memory yet, each is worked out from the one before, and the log is opened once for all.
  const longestFirst = evaluator.windows.toReversed()
  return longestFirst.map((window) => ledger.windowEdge(window, now).rows).toReversed()
}

/** Brings an objective's windows of slices up to now. */
function lookAt(judge: Judge, compiled: CompiledObjective, now: number): void {
  const { windows } = judge.evaluator
  compiled.sliced ??= new Float64Array(windows.length * 2)
  for (const w of new Set(compiled.pairs.flatMap(({ long, short }) => [long, short]))) {
    const { bad, valid } = slicedWindow(judge, compiled, windows[w] as number, now)
    compiled.sliced[w * 2] = bad
    compiled.sliced[w * 2 + 1] = valid
  }
}

/** A window that ends now, in the units of the objective's budget: events, or the slices that are over. */
export function tallyNow(judge: Judge, compiled: CompiledObjective, windowMs: number, now: number): Tally {
  if (compiled.objective.budgeting !== undefined) return slicedWindow(judge, compiled, windowMs, now)
  const { ledger } = judge
  return tallyBetween(compiled, ledger.windowEdge(windowMs, now).rows, ledger.books.total.rows)
}

/**
 * What is spent and left of a budget without what corrections exclude, and what was booked where that is not the same; of a
 * budget in slices also how many of them nobody read.
 */
export type AdjustedSpending = Spending & { readonly raw?: Tally; readonly unread?: number }

/**
 * What is spent and left of an objective's budget now, over its own window. Only budgets are corrected: the windows of
 * {@link windowRows}, by which alerts ring, hold all that was booked.
 */
export function spendingNow(judge: Judge, compiled: CompiledObjective, now: number): AdjustedSpending {
  const parts = partsNow(judge, compiled, now)
  const raw = rawOf(parts)
  const ahead = aheadOf(judge.definition.timeZone, compiled, now)
  return { ...spendingOf(parts, ahead), ...(raw !== undefined && { raw }), ...unreadOf(parts) }
}

/** The same with everything that was booked, whatever corrections exclude. */
export function rawSpendingNow(judge: Judge, compiled: CompiledObjective, now: number): Spending {
  return spendingOf(
    partsNow(judge, compiled, now).map((part) => ({ ...part, ...withExcluded(part) })),
    aheadOf(judge.definition.timeZone, compiled, now),
  )
}

function partsNow(judge: Judge, compiled: CompiledObjective, now: number): readonly AdjustedPart[] {
  const { ledger, definition, evaluator, exclusions } = judge
  const { objective, id } = compiled
  refreshAccounts(evaluator, ledger.books)
  if (objective.budgeting !== undefined) return slicedNow(judge, compiled, now)
  const total = ledger.books.total
  if (objective.window.kind === 'rolling') {
    const { ms } = objective.window
    const edge = ledger.windowEdge(ms, now)
    const excluded = exclusions.since(evaluator, id, `window ${ms}`, edge.at, now)
    const tally = without(tallyBetween(compiled, edge.rows, total.rows), excluded)
    return [{ ...tally, targetPpm: objective.targetPpm, excluded }]
  }
  const range = calendarRange(objective.window, now, definition.timeZone)
  const edgeOf = (at: number): Edge => ledger.fixedEdge(laneOf(at), Math.floor(at / 1000))
  const laneOf = (at: number) => calendarLane(objective.window, at - range.from)
  const since = (at: number) => exclusions.since(evaluator, id, laneOf(at), Math.floor(at / 1000), now)
  return calendarParts(judge, compiled, range.from, now, edgeOf, total, (at, next) =>
    next === undefined ? since(at) : without(since(at), since(next)),
  )
}

function slicedWindow(judge: Judge, compiled: CompiledObjective, windowMs: number, now: number): Tally {
  const end = sliceEnd(compiled, now)
  const { bad, valid } = judge.slices.between(judge.evaluator, compiled, (end - windowMs) / 1000, end / 1000, now)
  return { bad, valid }
}

function slicedNow(judge: Judge, compiled: CompiledObjective, now: number): readonly AdjustedPart[] {
  const { window, targetPpm } = compiled.objective
  const end = sliceEnd(compiled, now)
  if (window.kind === 'rolling') return slicedParts(judge, compiled, [{ at: end - window.ms, targetPpm }], end, now)
  const range = calendarRange(window, now, judge.definition.timeZone)
  return slicedParts(judge, compiled, targetsBetween(judge, compiled, range.from, now), end, now)
}

/** A stretch of a budget without what is excluded of it, and how much that is. */
export type AdjustedPart = BudgetPart & { readonly excluded: Tally; readonly unread?: number }

/** One stretch of a calendar window under one target. Milliseconds. */
export type CalendarPart = AdjustedPart & { readonly from: number; readonly to: number }

/**
 * Cuts a calendar window where the objective's target changed: the budget is the sum of what each revision allowed.
 * Before the first known revision the first one's target is taken.
 *
 * @param excludedIn what corrections exclude from one time to the next cut, or to the end of the window
 */
export function calendarParts(
  judge: Judge,
  compiled: CompiledObjective,
  from: number,
  to: number,
  edgeOf: (at: number) => Edge,
  end: Edge,
  excludedIn: (at: number, next: number | undefined) => Tally = () => NOTHING,
): readonly CalendarPart[] {
  refreshAccounts(judge.evaluator, judge.ledger.books)
  const cuts = targetsBetween(judge, compiled, from, to)
  if (compiled.objective.budgeting !== undefined) return slicedParts(judge, compiled, cuts, to)
  return cuts.map(({ at, targetPpm }, i) => {
    const next = cuts[i + 1]
    const until = next === undefined ? end : edgeOf(next.at)
    const excluded = excludedIn(at, next?.at)
    const tally = without(tallyBetween(compiled, edgeOf(at).rows, until.rows), excluded)
    return { from: at, to: next?.at ?? to, targetPpm, ...tally, excluded }
  })
}

const NOTHING: Tally = { bad: 0, valid: 0 }

/** What was booked in all parts; nothing when none of it is excluded. */
export function rawOf(parts: readonly AdjustedPart[]): Tally | undefined {
  if (parts.every(({ excluded }) => excluded.valid === 0)) return undefined
  return parts.map(withExcluded).reduce((a, b) => ({ bad: a.bad + b.bad, valid: a.valid + b.valid }), NOTHING)
}

function withExcluded({ bad, valid, excluded }: AdjustedPart): Tally {
  return { bad: bad + excluded.bad, valid: valid + excluded.valid }
}

function without(all: Tally, part: Tally): Tally {
  return { bad: all.bad - part.bad, valid: all.valid - part.valid }
}

/**
 * What a point of the books inside a window by calendar is kept as; the same name when the next stretch has begun, so that the edge
 * moves on.
 *
 * @param after milliseconds since the beginning of the stretch: a target that changed in it has a point of its own
 */
export function calendarLane(window: Window, after = 0): string {
  return `${windowText(window)} ${after}`
}

/**
 * The one target of an objective in a stretch of the calendar; NaN where it was changed in it. A budget under one target is
 * the difference of two cumulative points and nothing else, which is what a sweep can work out; every other one is asked
 * of {@link spendingNow}.
 */
export function targetDuring(judge: Judge, compiled: CompiledObjective, { from, to }: Range): number {
  const [first, ...more] = targetsBetween(judge, compiled, from, to)
  return first === undefined || more.length > 0 ? Number.NaN : first.targetPpm
}

/**
 * The targets in force from `from` on, each with the time at which it began, ascending and no two at one time; equal
 * neighbours are one. A revision takes effect at the next slot, because a slot is judged by one target.
 */
export function targetsBetween(
  judge: Judge,
  { id, objective }: CompiledObjective,
  from: number,
  to: number,
): readonly Cut[] {
  const width = judge.ledger.grid[0].width * 1000
  let cuts: readonly Cut[] = []
  for (const { at, targets } of judge.revisions) {
    const targetPpm = targets[id]
    const starts = Math.max(from, Math.ceil(at / width) * width)
    if (targetPpm === undefined || (starts >= to && starts > from)) continue
    const before = cuts.filter((cut) => cut.at < starts)
    if (before.length === 0) cuts = [{ at: from, targetPpm }]
    else if (before[before.length - 1]?.targetPpm === targetPpm) cuts = before
    else cuts = [...before, { at: starts, targetPpm }]
  }
  if (cuts.length > 0) return cuts
  const first = judge.revisions.find(({ targets }) => targets[id] !== undefined)
  return [{ at: from, targetPpm: first?.targets[id] ?? objective.targetPpm }]
}
