import type { Counts } from '@tabiji/core/journey'
import {
  COLUMNS,
  type Grid,
  isCovered,
  type LogRow,
  type Reading,
  type Speaker,
  unpackEntries,
} from '@tabiji/core/ledger'
import { type OpenStore, openDatabase } from '../../store/database.ts'
import { createLedgerStore } from '../../store/ledger-store.ts'
import { type Ledger, openLedger } from '../ledger/ledger.ts'

/** Slots of 15 seconds, of a minute from six hours on, of five minutes from three days on. */
export const GRID: Grid = [
  { fromAgeSeconds: 0, width: 15 },
  { fromAgeSeconds: 6 * 3600, width: 60 },
  { fromAgeSeconds: 3 * 86_400, width: 300 },
]
export const BIRTH = Date.parse('2026-10-10T09:00:00Z')
export const START = BIRTH + 60_000

export type LedgerOnFile = OpenStore & { readonly store: ReturnType<typeof createLedgerStore>; readonly ledger: Ledger }

/** Opens the ledger of a file as a daemon does at its start. */
export function openOn(file: string, birth = BIRTH, grid = GRID): LedgerOnFile {
  const open = openDatabase(file, birth)
  const store = createLedgerStore(open.database)
  return { ...open, store, ledger: openLedger(store, { grid, clockSkewMs: 5_000 }) }
}

export const podOf = (id: string, startedAt = START): Speaker => ({ id, identified: true, service: 'scan', startedAt })

/** A reading of one step, `seconds` after the start. */
export function readingAt(
  seconds: number,
  counts: Counts,
  speaker: Speaker = podOf('pod-1'),
  step = 'upload',
): Reading {
  return { speaker, at: START + seconds * 1000, steps: [{ journey: 'measure-feet', step, role: 'own', counts }] }
}

/** Sums of a walk over rows of the log: for each account the four outcomes and the seconds that were read. */
export function sumsOf(rows: Iterable<LogRow>): number[][] {
  const sums: number[][] = []
  for (const { width, body } of rows) {
    // Written out beside `books.ts`, and on purpose not with it.
    unpackEntries(body, (account, good, slow, error, excluded, marks) => {
      while (sums.length <= account) sums.push(new Array<number>(COLUMNS).fill(0))
      const row = sums[account] as number[]
      ;[good, slow, error, excluded, isCovered(marks) ? width : 0].forEach((n, i) => {
        row[i] = (row[i] ?? 0) + n
      })
    })
  }
  return sums
}

/** Numbers of a cumulative point, or of the difference of two, as rows like those of {@link sumsOf}. */
export function rowsOf(to: Float64Array, from: Float64Array = new Float64Array(0)): number[][] {
  const rows: number[][] = []
  for (let at = 0; at < to.length; at += COLUMNS) {
    rows.push(Array.from({ length: COLUMNS }, (_, i) => (to[at + i] ?? 0) - (from[at + i] ?? 0)))
  }
  return withoutEmptyEnd(rows)
}

/** Points grow ahead of the accounts; rows of nothing at their end say nothing. */
export function withoutEmptyEnd(rows: readonly number[][]): number[][] {
  const last = rows.findLastIndex((row) => row.some((n) => n !== 0))
  return rows.slice(0, last + 1)
}
