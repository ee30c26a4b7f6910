import { type LogRow, unpackNumbers } from '@tabiji/core/ledger'
import Database from 'better-sqlite3'
import type { LedgerPast, LedgerSnapshot } from '../ports/ledger-store.ts'
import { openBody } from './body.ts'
import type { Sqlite } from './database.ts'

/** The log by its slots, as a connection sees it. */
export function preparePast(database: Sqlite): LedgerPast {
  const keptFrom = database.prepare("SELECT value FROM meta WHERE key = 'kept_from'").pluck()
  const between = database.prepare(
    'SELECT slot AS start, width, body FROM log WHERE slot >= ? AND slot < ? ORDER BY slot, id',
  )
  const before = database.prepare('SELECT at, body FROM point WHERE at <= ? ORDER BY at DESC LIMIT 1')
  return {
    keptFrom: () => Number(keptFrom.get() ?? 0),
    rows: (from, to) => openedRows(between.iterate(from, to) as IterableIterator<LogRow>),
    pointBefore: (at) => {
      const row = before.get(at) as { at: number; body: Uint8Array } | undefined
      return row === undefined ? { at: 0, rows: new Float64Array(0) } : { at: row.at, rows: unpackNumbers(row.body) }
    },
  }
}

/** The log as it stands now, by a connection of its own: SQLite keeps it so while the other one goes on writing. */
export function openSnapshot(file: string): LedgerSnapshot {
  const database = new Database(file, { readonly: true })
  try {
    database.exec('BEGIN')
    const past = preparePast(database)
    // What is seen is settled by the first thing that is read.
    past.keptFrom()
    return { ...past, close: () => void database.close() }
  } catch (error) {
    database.close()
    throw error
  }
}

export function* openedRows(rows: Iterable<LogRow>): Generator<LogRow> {
  for (const row of rows) yield { ...row, body: openBody(row.body) }
}
