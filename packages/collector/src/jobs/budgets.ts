import {
  type BudgetPart,
  type CompiledObjective,
  compileEvaluator,
  type Evaluator,
  refreshAccounts,
  type Spending,
  spendingOf,
  tallyBetween,
} from '@tabiji/core/budget'
import type { Definition } from '@tabiji/core/journey'
import type { Edge } from '@tabiji/core/ledger'
import { monthOf, monthRange } from '@tabiji/core/time'
import type { Revision } from '../ports/ledger-store.ts'
import type { Ledger } from './ledger.ts'

/** Everything that is needed to judge objectives by the books: the file in force, ready for use, and its history. */
export type Judge = {
  readonly definition: Definition
  readonly evaluator: Evaluator
  readonly ledger: Ledger
  /** Ascending by time. */
  readonly revisions: readonly Revision[]
}

export function createJudge(definition: Definition, ledger: Ledger, revisions: readonly Revision[]): Judge {
  return { definition, evaluator: compileEvaluator(definition), ledger, revisions }
}

/** The cumulative points at which the alerting windows begin now, in the evaluator's order. */
export function windowRows({ evaluator, ledger }: Judge, now: number): readonly Float64Array[] {
  refreshAccounts(evaluator, ledger.books)
  return evaluator.windows.map((window) => ledger.windowEdge(window, now).rows)
}

/** What is spent and left of an objective's budget now, over its own window. */
export function spendingNow(judge: Judge, compiled: CompiledObjective, now: number): Spending {
  const { ledger, definition } = judge
  const { objective } = compiled
  refreshAccounts(judge.evaluator, ledger.books)
  const total = ledger.books.total
  if (objective.window.kind === 'rolling') {
    const edge = ledger.windowEdge(objective.window.ms, now)
    return spendingOf([{ ...tallyBetween(compiled, edge.rows, total.rows), targetPpm: objective.targetPpm }])
  }
  const range = monthRange(monthOf(now, definition.timeZone), definition.timeZone)
  const edgeOf = (at: number): Edge => ledger.fixedEdge(`month ${at - range.from}`, Math.floor(at / 1000))
  return spendingOf(calendarParts(judge, compiled, range.from, now, edgeOf, total))
}

/** One stretch of a calendar window under one target. Milliseconds. */
export type CalendarPart = BudgetPart & { readonly from: number; readonly to: number }

/**
 * Cuts a calendar window where the objective's target changed: the budget is the sum of what each revision allowed.
 * Before the first known revision the first one's target is taken.
 */
export function calendarParts(
  judge: Judge,
  compiled: CompiledObjective,
  from: number,
  to: number,
  edgeOf: (at: number) => Edge,
  end: Edge,
): readonly CalendarPart[] {
  refreshAccounts(judge.evaluator, judge.ledger.books)
  const cuts = targetsBetween(judge, compiled, from, to)
  return cuts.map(({ at, targetPpm }, i) => {
    const next = cuts[i + 1]
    const until = next === undefined ? end : edgeOf(next.at)
    return { from: at, to: next?.at ?? to, targetPpm, ...tallyBetween(compiled, edgeOf(at).rows, until.rows) }
  })
}

type Cut = { readonly at: number; readonly targetPpm: number }

/**
 * The targets in force from `from` on, each with the time at which it began, ascending and no two at one time; equal
 * neighbours are one. A revision takes effect at the next slot, because a slot is judged by one target.
 */
function targetsBetween(judge: Judge, { id, objective }: CompiledObjective, from: number, to: number): readonly Cut[] {
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
