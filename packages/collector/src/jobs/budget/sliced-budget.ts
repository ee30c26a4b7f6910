import {
  type BudgetPart,
  type CompiledObjective,
  calendarRange,
  type Evaluator,
  excludedRanges,
  isFor,
  PPM,
  unitOf,
} from '@tabiji/core/budget'
import type { Tally } from '@tabiji/core/slo'
import { type Range, uniteRanges } from '@tabiji/core/time'
import type { LedgerView } from '../ledger/ledger.ts'
import { type Exclusions, widestSlot } from './exclusions.ts'
import type { Slices } from './slices.ts'

/** What slices are judged by: a part of what all objectives are. */
type SliceJudge = {
  readonly evaluator: Evaluator
  readonly ledger: LedgerView
  readonly exclusions: Exclusions
  readonly slices: Slices
}

/** A target and the time from which it held, milliseconds. */
export type Cut = { readonly at: number; readonly targetPpm: number }

type SlicedPart = BudgetPart & Range & { readonly excluded: Tally; readonly unread: number }

/** Milliseconds: the end of the last slice that is over. */
export function sliceEnd({ objective: { budgeting } }: CompiledObjective, now: number): number {
  const width = budgeting?.sliceMs ?? 1
  return Math.floor(now / width) * width
}

/**
 * The stretches of a budget that is kept in slices, each under one target. A slice belongs to the target that held when it
 * began, and a correction excludes every slice that it touches as a whole.
 *
 * @param cuts ascending; @param to milliseconds, the end of the last stretch
 */
export function slicedParts(
  judge: SliceJudge,
  compiled: CompiledObjective,
  cuts: readonly Cut[],
  to: number,
  now = to,
): readonly SlicedPart[] {
  return cuts.map(({ at, targetPpm }, i) => {
    const until = cuts[i + 1]?.at ?? to
    const sumOf = (from: number, end: number) =>
      judge.slices.between(judge.evaluator, compiled, Math.floor(from / 1000), Math.floor(end / 1000), now)
    const all = sumOf(at, until)
    const excluded = { bad: 0, valid: 0, unread: 0 }
    for (const range of excludedSlices(judge, compiled, { from: at, to: until })) {
      const part = sumOf(range.from, range.to)
      excluded.bad += part.bad
      excluded.valid += part.valid
      excluded.unread += part.unread
    }
    return {
      from: at,
      to: until,
      targetPpm,
      bad: all.bad - excluded.bad,
      valid: all.valid - excluded.valid,
      excluded: { bad: excluded.bad, valid: excluded.valid },
      unread: all.unread - excluded.unread,
    }
  })
}

/** What is excluded of a stretch, in whole slices; milliseconds. */
function excludedSlices(
  { exclusions, ledger }: SliceJudge,
  compiled: CompiledObjective,
  within: Range,
): readonly Range[] {
  const own = exclusions.active().filter((correction) => isFor(correction, compiled.id))
  const width = compiled.objective.budgeting?.sliceMs ?? 1
  const around = { from: within.from - width, to: within.to + width }
  const snapped = excludedRanges(own, widestSlot(ledger.grid), around).map(({ from, to }) => ({
    from: Math.max(within.from, Math.floor(from / width) * width),
    to: Math.min(within.to, Math.ceil(to / width) * width),
  }))
  return uniteRanges(snapped.filter(({ from, to }) => from < to))
}

/**
 * What the slices that are still to come in a stretch of the calendar allow, in millionths of the budget's units: how many they are is
 * known before they come, so such a budget begins whole and only falls. 0 for every other budget.
 */
export function aheadOf(timeZone: string, compiled: CompiledObjective, now: number): number {
  const { budgeting, window, targetPpm } = compiled.objective
  if (budgeting === undefined || window.kind === 'rolling') return 0
  const { to } = calendarRange(window, now, timeZone)
  const slices = (to - sliceEnd(compiled, now)) / budgeting.sliceMs
  return slices * unitOf(compiled.objective) * (PPM - targetPpm)
}

/** How many slices of all parts nobody read; nothing for a budget in events. */
export function unreadOf(parts: readonly { readonly unread?: number }[]): { readonly unread?: number } {
  if (parts.every(({ unread }) => unread === undefined)) return {}
  return { unread: parts.reduce((sum, { unread = 0 }) => sum + unread, 0) }
}

/** How long nobody read an objective that is kept in slices, and what that counts as; nothing when all was read. */
export function noDataOf({ objective: { budgeting } }: CompiledObjective, unread = 0) {
  if (budgeting === undefined || unread === 0) return {}
  return { noData: { seconds: (unread * budgeting.sliceMs) / 1000, countedAs: budgeting.onNoData } }
}
