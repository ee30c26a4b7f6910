import type { PastMark, PastStore } from '../ports/past-store.ts'
import type { Sqlite } from './database.ts'

/** Marks of pasts that are read, in SQLite. */
export function createPastStore(database: Sqlite): PastStore {
  const mark = database.prepare('SELECT choice, since, until FROM past WHERE source = ?')
  const save = database.prepare('INSERT OR REPLACE INTO past (source, choice, since, until) VALUES (?, ?, ?, ?)')
  return {
    mark: (source) => mark.get(source) as PastMark | undefined,
    saveMark: (source, { choice, since, until }) => void save.run(source, choice, since, until),
  }
}
