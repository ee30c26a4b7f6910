import type { Sqlite } from './database.ts'

/**
 * What readings and the daemon's own housekeeping write, of which no month tells anything by itself: the log tells of its entries
 * in another way. Every other table counts, so one that is new is not forgotten.
 */
const SILENT = [
  ...['log', 'account', 'process', 'edge', 'point', 'delta', 'duration', 'note', 'past', 'place'],
  ...['held_condition', 'timer', 'hook_delivery', 'command', 'decision', 'digest', 'trouble', 'pager_incident'],
  ...['foreign_alert', 'report_draft'],
]

/** What of `meta` a month reads; the signs of life, which stand there too, are written all the time. */
const TOLD_IN_META = "NEW.key IN ('sample', 'kept_from') OR NEW.key LIKE 'widened_%'"

/**
 * Counts what is written through this connection into anything that months are told from, besides the entries of the log.
 * Whatever was rolled back may be counted, too. It asks the file itself, by triggers of this connection alone, so no store has to
 * remember to say so.
 *
 * @returns how much so far
 */
export function countChanges(database: Sqlite): () => number {
  let changes = 0
  database.function('tabiji_changed', () => {
    changes++
    return null
  })
  const tables = database
    .prepare("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[]
  for (const table of tables.filter((name) => !SILENT.includes(name))) {
    const when = table === 'meta' ? `WHEN ${TOLD_IN_META}` : ''
    const verbs = table === 'meta' ? ['INSERT', 'UPDATE'] : ['INSERT', 'UPDATE', 'DELETE']
    for (const verb of verbs) {
      database.exec(
        `CREATE TEMP TRIGGER "changed_${table}_${verb}" AFTER ${verb} ON main."${table}" ${when} BEGIN SELECT tabiji_changed(); END`,
      )
    }
  }
  return () => changes
}
