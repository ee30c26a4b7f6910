import type { LifeSigns } from '../ports/heartbeat.ts'
import type { Sqlite } from './database.ts'

/** The sign of life in SQLite. */
export function createLifeSigns(database: Sqlite): LifeSigns {
  const read = database.prepare("SELECT value FROM meta WHERE key = 'alive_at'").pluck()
  const write = database.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('alive_at', ?)")
  return {
    last: () => {
      const value = read.get() as string | undefined
      return value === undefined ? undefined : Number(value)
    },
    record: (at) => void write.run(String(at)),
  }
}
