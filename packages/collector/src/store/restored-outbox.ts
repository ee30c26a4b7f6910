import type { Sqlite } from './database.ts'

/** What became of the notifications that a restored store does not know the fate of. */
export type Held = {
  /** They wait until somebody confirms or drops them. */
  readonly held: number
  /** Pages of what still fired: sent again, marked that they may repeat. */
  readonly again: number
}

/**
 * Marks a copy as restored. Whatever was unfinished when it was made may have been sent since: sending it again could ring for what is
 * long over, and dropping it could hide what was never told. So it waits for a person; only a page of something that still fired
 * goes out at once, because a page too many is better than none.
 *
 * @param database a copy, inside a transaction; @param now milliseconds
 */
export function holdUnfinished(database: Sqlite, now: number): Held {
  const firing = `kind = 'trigger' AND level = 1
    AND topic IN (SELECT id FROM episode WHERE state = 'firing')`
  const again = database
    .prepare(`UPDATE outbox SET state = 'waiting', ambiguous = 1, not_before = ?
              WHERE state IN ('gated', 'waiting', 'sending') AND ${firing}`)
    .run(now).changes
  // Nobody knows whether a reminder was sent; the timers say it again. How an incident stands is looked at anew.
  database
    .prepare(`UPDATE outbox SET state = 'cancelled', last_error = 'the store was restored'
              WHERE state IN ('gated', 'waiting', 'sending') AND kind IN ('reminder', 'incident')`)
    .run()
  const held = database
    .prepare(`UPDATE outbox SET state = 'held', ambiguous = 1
              WHERE state IN ('gated', 'waiting', 'sending') AND NOT (${firing})`)
    .run().changes
  const note = database.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)')
  note.run('restored_at', String(now))
  return { held, again }
}
