import type { CompiledObjective, Evaluator } from '@tabiji/core/budget'
import { isReversal, type LogRow, unpackEntries } from '@tabiji/core/ledger'
import { INDICATOR } from '@tabiji/core/slo'
import { clipRanges, type Range, uniteRanges } from '@tabiji/core/time'

/** An objective of whose time something is excluded. Ranges in seconds, united. */
export type Corrected = {
  readonly id: string
  readonly ranges: readonly Range[]
  readonly compiled: CompiledObjective
}

/** Who is corrected, found by the accounts that entries name. */
export type Index = {
  readonly evaluator: Evaluator
  /** How many accounts the books had when it was made. */
  readonly accounts: number
  readonly ranges: ReadonlyMap<string, readonly Range[]>
  readonly corrected: ReadonlyMap<string, Corrected>
  readonly byAccount: ReadonlyMap<number, readonly Corrected[]>
  /** The union over all objectives: whatever lies outside need not be read. */
  readonly all: readonly Range[]
}

/** The evaluator knows the accounts of its objectives; see `refreshAccounts`. */
export function createIndex(evaluator: Evaluator, ranges: ReadonlyMap<string, readonly Range[]>): Index {
  const corrected = new Map<string, Corrected>()
  const byAccount = new Map<number, Corrected[]>()
  for (const compiled of evaluator.objectives) {
    const own = ranges.get(compiled.id)
    if (own === undefined) continue
    const one = { id: compiled.id, ranges: own, compiled }
    corrected.set(one.id, one)
    for (const account of compiled.accounts) byAccount.set(account, [...(byAccount.get(account) ?? []), one])
  }
  const all = uniteRanges([...ranges.values()].flat())
  return { evaluator, accounts: evaluator.knownAccounts, ranges, corrected, byAccount, all }
}

/** Sums by objective, grown in place. */
export type Sums = Map<string, { bad: number; valid: number }>

/** What a slot holds of one account, with the sign of a reversal. */
export type ScannedRow = {
  readonly start: number
  readonly good: number
  readonly slow: number
  readonly error: number
}

/** Walks the log's rows of the ranges (seconds) within a stretch, once, and shows each with whatever it feeds. */
export function scan<Fed>(
  index: { readonly byAccount: ReadonlyMap<number, readonly Fed[]> },
  ranges: readonly Range[],
  within: Range,
  rows: (from: number, to: number) => Iterable<LogRow>,
  show: (row: ScannedRow, fed: readonly Fed[]) => void,
): void {
  for (const { from, to } of clipRanges(ranges, within)) {
    for (const { start, body } of rows(from, to)) {
      unpackEntries(body, (account, good, slow, error, _excluded, marks) => {
        const fed = index.byAccount.get(account)
        if (fed === undefined) return
        const sign = isReversal(marks) ? -1 : 1
        show({ start, good: sign * good, slow: sign * slow, error: sign * error }, fed)
      })
    }
  }
}

/** Adds a slot's events to an objective's sums, or takes them away, by what its indicator calls bad and valid. */
export function tallyRow(
  sums: Sums,
  { id, compiled }: Corrected,
  { good, slow, error }: ScannedRow,
  sign: 1 | -1,
): void {
  const { bad, valid } = INDICATOR[compiled.objective.indicator]
  const sum = sums.get(id) ?? { bad: 0, valid: 0 }
  sum.bad += sign * (good * bad[0] + slow * bad[1] + error * bad[2])
  sum.valid += sign * (good * valid[0] + slow * valid[1] + error * valid[2])
  sums.set(id, sum)
}
