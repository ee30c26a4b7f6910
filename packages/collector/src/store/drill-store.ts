import type { DrillPlan } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import type { DrillEnding, DrillRecord, DrillStore } from '../ports/drill-store.ts'
import { type EpisodeRow, recordOf } from './alert-store.ts'
import type { Sqlite } from './database.ts'

/** Drills in SQLite. A drill is written once, and its end once. */
export function createDrillStore(database: Sqlite): DrillStore {
  const highest = database.prepare('SELECT coalesce(max(number), 0) FROM drill').pluck()
  const insert = database.prepare(
    `INSERT INTO drill (number, key, level, what, plan, started_at, started_by)
     VALUES (?, @key, @level, @what, @plan, @startedAt, @by)`,
  )
  const end = database.prepare('UPDATE drill SET ended_at = @at, ended_how = @how, ended_by = @by WHERE key = @key')
  const all = database.prepare('SELECT * FROM drill ORDER BY number DESC')
  const episodes = database.prepare("SELECT * FROM episode WHERE json_extract(facts, '$.drill') = ? ORDER BY number")
  return {
    nextNumber: () => (highest.get() as number) + 1,
    save: ({ plan, by, ended: _, ...drill }) =>
      void insert.run((highest.get() as number) + 1, { ...drill, plan: JSON.stringify(plan), by: by ?? null }),
    end: (key, { at, how, by }) => void end.run({ key, at, how, by: by ?? null }),
    list: () => (all.all() as DrillRow[]).map(drillOf),
    episodesOf: (key) => (episodes.all(key) as EpisodeRow[]).map(recordOf),
  }
}

type DrillRow = {
  key: string
  level: Level
  what: string
  plan: string
  started_at: number
  started_by: string | null
  ended_at: number | null
  ended_how: DrillEnding | null
  ended_by: string | null
}

function drillOf(row: DrillRow): DrillRecord {
  const { key, level, what } = row
  return {
    key,
    level,
    what,
    plan: JSON.parse(row.plan) as DrillPlan,
    startedAt: row.started_at,
    ...(row.started_by !== null && { by: row.started_by }),
    ...(row.ended_at !== null &&
      row.ended_how !== null && {
        ended: { at: row.ended_at, how: row.ended_how, ...(row.ended_by !== null && { by: row.ended_by }) },
      }),
  }
}
