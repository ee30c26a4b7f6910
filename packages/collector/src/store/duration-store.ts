import type { DurationCount, DurationStore } from '../ports/duration-store.ts'
import type { Sqlite } from './database.ts'

/** Durations in SQLite: a row per day, step, service and bucket in which anything happened. */
export function createDurationStore(database: Sqlite): DurationStore {
  const add = database.prepare(
    `INSERT INTO duration (day, journey, step, service, edge, events) VALUES (@day, @journey, @step, @service, @edge, @events)
     ON CONFLICT (day, journey, step, service, edge) DO UPDATE SET events = events + excluded.events`,
  )
  const forget = database.prepare('DELETE FROM duration WHERE day < ?')
  const between = database.prepare(
    'SELECT * FROM duration WHERE journey = ? AND day > ? - 86400 AND day < ? ORDER BY step, edge, day',
  )
  const write = database.transaction((counts: readonly DurationCount[], keptFrom: number) => {
    for (const count of counts) add.run(count)
    forget.run(keptFrom)
  })
  return {
    add: (counts, keptFrom) => write.immediate(counts, keptFrom),
    between: (journey, from, to) => between.all(journey, from, to) as DurationCount[],
  }
}
