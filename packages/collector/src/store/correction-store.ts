import { type Correction, type CorrectionCategory, correctionKey } from '@tabiji/core/budget'
import type { CorrectionStore } from '../ports/correction-store.ts'
import type { Sqlite } from './database.ts'

/** Corrections in SQLite, a row each; the key is the row's number. */
export function createCorrectionStore(database: Sqlite): CorrectionStore {
  const all = database.prepare('SELECT * FROM correction ORDER BY id')
  const insert = database.prepare(
    `INSERT INTO correction (created_at, author, category, reason, applies_to, from_at, to_at, zone, rrule)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const withdraw = database.prepare(
    `UPDATE correction SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_reason = ?
     WHERE id = ? AND withdrawn_at IS NULL`,
  )
  return {
    all: () => (all.all() as CorrectionRow[]).map(correctionOf),
    add: (correction) => {
      const { createdAt, author, category, reason, appliesTo, from, to, zone, rrule } = correction
      const scope = JSON.stringify(appliesTo)
      const row = [createdAt, author ?? null, category, reason, scope, from, to, zone, rrule ?? null]
      return { ...correction, key: correctionKey(Number(insert.run(...row).lastInsertRowid)) }
    },
    withdraw: (key, { at, by, reason }) => {
      const id = Number(key.slice(key.indexOf('-') + 1))
      const { changes } = withdraw.run(at, by ?? null, reason, id)
      if (changes !== 1) throw new Error(`Expected ${key} to be active`)
    },
  }
}

type CorrectionRow = {
  id: number
  created_at: number
  author: string | null
  category: CorrectionCategory
  reason: string
  applies_to: string
  from_at: number
  to_at: number
  zone: string
  rrule: string | null
  withdrawn_at: number | null
  withdrawn_by: string | null
  withdrawn_reason: string | null
}

function correctionOf(row: CorrectionRow): Correction {
  return {
    key: correctionKey(row.id),
    createdAt: row.created_at,
    ...(row.author !== null && { author: row.author }),
    category: row.category,
    reason: row.reason,
    appliesTo: JSON.parse(row.applies_to) as string[],
    from: row.from_at,
    to: row.to_at,
    zone: row.zone,
    ...(row.rrule !== null && { rrule: row.rrule }),
    ...(row.withdrawn_at !== null && {
      withdrawn: {
        at: row.withdrawn_at,
        ...(row.withdrawn_by !== null && { by: row.withdrawn_by }),
        reason: row.withdrawn_reason ?? '',
      },
    }),
  }
}
