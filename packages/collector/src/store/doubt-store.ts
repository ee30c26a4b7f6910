import type { Doubt, Pace } from '@tabiji/core/ledger'
import type { DoubtStore } from '../ports/doubt-store.ts'
import type { Sqlite } from './database.ts'

/** Doubts in SQLite. */
export function createDoubtStore(database: Sqlite): DoubtStore {
  const places = database.prepare('SELECT source, process FROM place')
  const savePlace = database.prepare('INSERT OR REPLACE INTO place (source, process) VALUES (?, ?)')
  const removePlace = database.prepare('DELETE FROM place WHERE source = ?')
  const save = database.prepare(
    `INSERT OR REPLACE INTO doubt (process, service, from_at, to_at, pace, settled_at)
     VALUES (@process, @service, @from_at, @to_at, @pace, @settled_at)`,
  )
  const remove = database.prepare('DELETE FROM doubt WHERE process = ?')
  const unsettled = database.prepare('SELECT * FROM doubt WHERE settled_at IS NULL ORDER BY from_at')
  const list = database.prepare('SELECT * FROM doubt ORDER BY from_at DESC LIMIT ?')
  return {
    places: () =>
      new Map((places.all() as { source: string; process: string }[]).map((row) => [row.source, row.process])),
    savePlace: (source, process) => void savePlace.run(source, process),
    removePlace: (source) => void removePlace.run(source),
    save: ({ process, service, from, to, pace, settledAt }) =>
      void save.run({
        process,
        service,
        from_at: Math.floor(from),
        to_at: to === undefined ? null : Math.ceil(to),
        pace: JSON.stringify(pace),
        settled_at: settledAt ?? null,
      }),
    remove: (process) => void remove.run(process),
    unsettled: () => (unsettled.all() as DoubtRow[]).map(doubtOf),
    list: (limit) => (list.all(limit) as DoubtRow[]).map(doubtOf),
  }
}

type DoubtRow = {
  process: string
  service: string
  from_at: number
  to_at: number | null
  pace: string
  settled_at: number | null
}

function doubtOf(row: DoubtRow): Doubt {
  return {
    process: row.process,
    service: row.service,
    from: row.from_at,
    ...(row.to_at === null ? {} : { to: row.to_at }),
    pace: JSON.parse(row.pace) as Pace,
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
  }
}
