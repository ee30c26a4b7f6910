import type { KnownTrouble, TroubleStore } from '../ports/trouble-store.ts'
import type { Sqlite } from './database.ts'

/** Troubles of the collector in SQLite. */
export function createTroubleStore(database: Sqlite): TroubleStore {
  const insert = database.prepare('INSERT OR REPLACE INTO trouble (key, trouble) VALUES (?, ?)')
  const one = database.prepare('SELECT trouble FROM trouble WHERE key = ?').pluck()
  const drop = database.prepare('DELETE FROM trouble WHERE key = ?')
  return {
    begin: (trouble) => void (trouble.trouble.part === 'receiver' && insert.run(trouble.key, JSON.stringify(trouble))),
    find: (key) => {
      const text = one.get(key) as string | undefined
      return text === undefined ? undefined : (JSON.parse(text) as KnownTrouble)
    },
    end: (key) => void drop.run(key),
  }
}
