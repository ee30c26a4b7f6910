import type { HookLog } from '../ports/hook-log.ts'
import type { Sqlite } from './database.ts'

/** Longer than any sender goes on repeating. */
const KEPT_MS = 30 * 86_400_000

/** Deliveries in SQLite, each by its hook and its id. */
export function createHookLog(database: Sqlite): HookLog {
  const find = database.prepare('SELECT 1 FROM hook_delivery WHERE hook = ? AND id = ?')
  const insert = database.prepare('INSERT OR IGNORE INTO hook_delivery (hook, id, at) VALUES (?, ?, ?)')
  const forget = database.prepare('DELETE FROM hook_delivery WHERE at < ?')
  const remember = database.transaction((hook: string, ids: readonly string[], now: number) => {
    for (const id of ids) insert.run(hook, id, now)
    forget.run(now - KEPT_MS)
  })
  return {
    knows: (hook, id) => find.get(hook, id) !== undefined,
    remember: (hook, ids, now) => void remember.immediate(hook, ids, now),
  }
}
