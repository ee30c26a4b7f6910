import { type Maintenance, maintenanceKey } from '@tabiji/core/alert'
import type { MaintenanceStore } from '../ports/maintenance.ts'
import type { Sqlite } from './database.ts'

/** Announced maintenance in SQLite, a row each; the key is the row's number. */
export function createMaintenanceStore(database: Sqlite): MaintenanceStore {
  const all = database.prepare('SELECT * FROM maintenance ORDER BY id')
  const insert = database.prepare(
    `INSERT INTO maintenance (created_at, created_by, reason, journeys, from_at, to_at, zone, rrule)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const end = database.prepare('UPDATE maintenance SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL')
  return {
    all: () => (all.all() as MaintenanceRow[]).map(maintenanceOf),
    add: (maintenance, at) => {
      const { createdBy, reason, journeys, from, to, zone, rrule } = maintenance
      const row = [at, createdBy ?? null, reason, JSON.stringify(journeys), from, to, zone, rrule ?? null]
      return { ...maintenance, key: maintenanceKey(Number(insert.run(...row).lastInsertRowid)) }
    },
    end: (key, { at, by }) => {
      const { changes } = end.run(at, by ?? null, Number(key.slice(key.indexOf('-') + 1)))
      if (changes !== 1) throw new Error(`Expected ${key} not to have ended`)
    },
  }
}

type MaintenanceRow = {
  id: number
  created_by: string | null
  reason: string
  journeys: string
  from_at: number
  to_at: number
  zone: string
  rrule: string | null
  ended_at: number | null
  ended_by: string | null
}

function maintenanceOf(row: MaintenanceRow): Maintenance {
  return {
    key: maintenanceKey(row.id),
    journeys: JSON.parse(row.journeys) as string[],
    reason: row.reason,
    from: row.from_at,
    to: row.to_at,
    zone: row.zone,
    ...(row.rrule !== null && { rrule: row.rrule }),
    ...(row.created_by !== null && { createdBy: row.created_by }),
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    ...(row.ended_by !== null && { endedBy: row.ended_by }),
  }
}
