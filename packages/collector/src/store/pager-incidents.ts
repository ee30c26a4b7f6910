import type { PagerIncidents } from '../ports/pager-incidents.ts'
import type { Sqlite } from './database.ts'

/** No alert is open for longer without somebody touching its incident. */
const KEPT_MS = 90 * 86_400_000

/** Incidents of a pager in SQLite, each by its id there. */
export function createPagerIncidents(database: Sqlite): PagerIncidents {
  const insert = database.prepare(
    `INSERT INTO pager_incident (id, dedup_key, at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET dedup_key = excluded.dedup_key, at = excluded.at`,
  )
  const forget = database.prepare('DELETE FROM pager_incident WHERE at < ?')
  const find = database.prepare('SELECT dedup_key FROM pager_incident WHERE id = ?').pluck()
  const remember = database.transaction((incident: string, dedupKey: string, now: number) => {
    insert.run(incident, dedupKey, now)
    forget.run(now - KEPT_MS)
  })
  return {
    remember: (incident, dedupKey, now) => void remember.immediate(incident, dedupKey, now),
    dedupKeyOf: (incident) => find.get(incident) as string | undefined,
  }
}
