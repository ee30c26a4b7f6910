import { isCovered, isReversal, type LogRow, unpackEntries } from '@tabiji/core/ledger'
import type { Range } from '@tabiji/core/time'

/** What a stretch of excluded time was worth. */
export type ExcludedCoverage = {
  /** How long it is. */
  readonly seconds: number
  /** Seconds of it that were really read, by account; absent for those of which none were. */
  readonly read: ReadonlyMap<number, number>
}

/** Adds up what was read in the ranges (seconds, united): one walk through their rows. */
export function coverageIn(
  ranges: readonly Range[],
  rows: (from: number, to: number) => Iterable<LogRow>,
): ExcludedCoverage {
  const read = new Map<number, number>()
  for (const { from, to } of ranges) {
    for (const { width, body } of rows(from, to)) {
      unpackEntries(body, (account, _good, _slow, _error, _excluded, marks) => {
        if (!isCovered(marks)) return
        read.set(account, (read.get(account) ?? 0) + (isReversal(marks) ? -width : width))
      })
    }
  }
  return { seconds: ranges.reduce((sum, { from, to }) => sum + to - from, 0), read }
}
