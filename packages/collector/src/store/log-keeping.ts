import { type LogRow, mayWiden, packNumbers, widenRows } from '@tabiji/core/ledger'
import type { MonthFacts } from '@tabiji/core/report'
import type { Forgetting, LogKeeping, Widened, Widening } from '../ports/log-keeping.ts'
import { closeBody, openBody } from './body.ts'
import type { Sqlite } from './database.ts'

/** The upkeep of the log in SQLite. */
export function createLogKeeping(database: Sqlite): LogKeeping {
  const firstSlot = database.prepare('SELECT min(slot) FROM log').pluck()
  const readMeta = database.prepare('SELECT value FROM meta WHERE key = ?').pluck()
  const writeMeta = database.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)')
  const month = database.prepare('SELECT facts FROM kept_month WHERE month = ?').pluck()
  const keepMonth = database.prepare('INSERT OR IGNORE INTO kept_month (month, kept_at, facts) VALUES (?, ?, ?)')
  const widen = prepareWiden(database)
  const forget = database.transaction(({ point, months }: Forgetting) => {
    for (const facts of months) keepMonth.run(facts.month, Date.parse(facts.generatedAt), JSON.stringify(facts))
    database.prepare('INSERT OR REPLACE INTO point (at, body) VALUES (?, ?)').run(point.at, packNumbers(point.rows))
    database.prepare('DELETE FROM point WHERE at < ?').run(point.at)
    writeMeta.run('kept_from', String(point.at))
  })
  // The newest row stays: SQLite gives its number to the next one otherwise, and saved edges would take that one for known.
  const sweep = database.prepare(
    `DELETE FROM log WHERE id IN (
       SELECT id FROM log WHERE slot < CAST((SELECT value FROM meta WHERE key = 'kept_from') AS INTEGER)
         AND id <= ? AND id < (SELECT max(id) FROM log) LIMIT ?)`,
  )
  return {
    firstSlot: () => (firstSlot.get() as number | null) ?? undefined,
    widenedTo: (width) => Number(readMeta.get(widenedKey(width)) ?? 0),
    widen: (stretch) => widen.immediate(stretch),
    forget: (forgetting) => forget.immediate(forgetting),
    sweep: (upTo, most) => sweep.run(upTo, most).changes,
    keptMonth: (name) => {
      const facts = month.get(name) as string | undefined
      return facts === undefined ? undefined : (JSON.parse(facts) as MonthFacts)
    },
  }
}

const widenedKey = (width: number) => `widened_${width}`

type KeptRow = LogRow & { readonly id: number; readonly committedAt: number }

/** The rows that begin in one wide slot. */
type Group = { readonly start: number; readonly rows: KeptRow[] }

function prepareWiden(database: Sqlite) {
  const rows = database.prepare(
    `SELECT id, slot AS start, width, committed_at AS committedAt, body FROM log
     WHERE slot >= ? AND slot < ? AND id <= ? ORDER BY slot, id`,
  )
  const remove = database.prepare('DELETE FROM log WHERE id = ?')
  const write = database.prepare('INSERT INTO log (id, slot, width, committed_at, body) VALUES (?, ?, ?, ?, ?)')
  const points = database.prepare('SELECT at FROM point WHERE at > ? AND at < ? AND at % ? <> 0').pluck()
  const advance = database.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)')
  return database.transaction((stretch: Widening): Widened => {
    const { width, from, before, upTo } = stretch
    const { groups, to } = readGroups(rows.iterate(from, before, upTo) as Iterable<KeptRow>, stretch)
    const cuts = [...stretch.cuts, ...(points.all(from, to, width) as number[])]
    let rowsAfter = 0
    for (const group of groups) {
      const written = rewritten(group, width, cuts)
      rowsAfter += written?.length ?? group.rows.length
      if (written === undefined) continue
      for (const { id } of group.rows) remove.run(id)
      for (const { id, start, width: wide, committedAt, body } of written) {
        write.run(id, start, wide, committedAt, closeBody(body))
      }
    }
    advance.run(widenedKey(width), String(to))
    return { to, rowsBefore: groups.reduce((sum, group) => sum + group.rows.length, 0), rowsAfter }
  })
}

/** Whole wide slots from the beginning of the stretch on, as many as may be read at once. */
function readGroups(rows: Iterable<KeptRow>, { width, before, mostBytes }: Widening) {
  const groups: Group[] = []
  let bytes = 0
  for (const kept of rows) {
    const row = { ...kept, body: openBody(kept.body) }
    const start = Math.floor(row.start / width) * width
    const last = groups.at(-1)
    if (last !== undefined && last.start === start) {
      last.rows.push(row)
    } else {
      if (bytes >= mostBytes) return { groups, to: start }
      groups.push({ start, rows: [row] })
    }
    bytes += row.body.length
  }
  return { groups, to: before }
}

/** What takes the place of a group's rows; nothing when they stay: alone, cut, wider than the slot, or no fewer afterwards. */
function rewritten({ start, rows }: Group, width: number, cuts: readonly number[]): readonly KeptRow[] | undefined {
  const slot = { start, width }
  const fits = rows.every((row) => row.start + row.width <= start + width)
  if (rows.length < 2 || !fits || !mayWiden(slot, cuts)) return undefined
  const wide = widenRows(slot, rows)
  if (wide.length > rows.length) return undefined
  const newest = rows.toSorted((a, b) => b.id - a.id)
  const committedAt = Math.max(...rows.map((row) => row.committedAt))
  return wide.map(({ slot: { start: at, width: seconds }, body }, i) => {
    const { id } = newest[i] as KeptRow
    return { id, start: at, width: seconds, committedAt, body }
  })
}
