import { packNumbers, unpackNumbers } from '@tabiji/core/ledger'
import type { LedgerCommit, LedgerStore } from '../ports/ledger-store.ts'
import type { Sqlite } from './database.ts'

const FORGOTTEN = 'delta_forgotten_until'

/** What is remembered of added counts. */
export function rememberedIntervals(database: Sqlite): Pick<LedgerStore, 'interval' | 'forgottenUntil'> {
  const find = database.prepare('SELECT series FROM delta WHERE process = ? AND from_ns = ? AND to_ns = ?').pluck()
  const forgotten = database.prepare('SELECT value FROM meta WHERE key = ?').pluck()
  return {
    interval: (process, from, to) => {
      const series = find.get(process, from, to) as Uint8Array | undefined
      return series === undefined ? [] : [...unpackNumbers(series)]
    },
    forgottenUntil: () => Number(forgotten.get(FORGOTTEN) ?? 0),
  }
}

/** Part of a commit's transaction. Nanoseconds are bound as 64-bit integers, which numbers cannot hold. */
export function prepareRemember(database: Sqlite): (commit: LedgerCommit) => void {
  const remember = database.prepare(
    'INSERT OR REPLACE INTO delta (process, from_ns, to_ns, series) VALUES (?, ?, ?, ?)',
  )
  const forget = database.prepare('DELETE FROM delta WHERE to_ns <= ?')
  const note = database.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)')
  return ({ intervals, forgetUntil }) => {
    for (const { process, from, to, series } of intervals) remember.run(process, from, to, packNumbers(series))
    if (forgetUntil === undefined) return
    forget.run(BigInt(forgetUntil) * 1_000_000n)
    note.run(FORGOTTEN, String(forgetUntil))
  }
}
