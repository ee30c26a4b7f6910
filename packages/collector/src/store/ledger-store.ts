import type { Definition } from '@tabiji/core/journey'
import {
  type Account,
  applyRow,
  type Edge,
  type LogRow,
  type Position,
  packCounts,
  packNumbers,
  unpackCounts,
  unpackNumbers,
} from '@tabiji/core/ledger'
import type { LedgerCommit, LedgerStore, Revision, SavedEdge } from '../ports/ledger-store.ts'
import { closeBody } from './body.ts'
import type { Sqlite } from './database.ts'
import { prepareRemember, rememberedIntervals } from './intervals.ts'
import { openedRows, openSnapshot, preparePast } from './ledger-past.ts'

/** The ledger in SQLite. */
export function createLedgerStore(database: Sqlite): LedgerStore {
  const birth = Number(database.prepare("SELECT value FROM meta WHERE key = 'birth'").pluck().get())
  const isSample = database.prepare("SELECT 1 FROM meta WHERE key = 'sample'")
  const commit = prepareCommit(database)
  const rowsAfter = database.prepare('SELECT slot AS start, width, body FROM log WHERE id > ? ORDER BY id')
  const saveEdge = database.prepare('INSERT OR REPLACE INTO edge (name, at, up_to, body) VALUES (?, ?, ?, ?)')
  const savePoint = database.prepare('INSERT OR REPLACE INTO point (at, body) VALUES (?, ?)')
  const revisions = database.prepare(
    'SELECT at, fingerprint, targets, definition IS NOT NULL AS whole FROM revision ORDER BY at',
  )
  const definition = database.prepare('SELECT definition FROM revision WHERE at = ?').pluck()
  const definitionOf = (at: number) => JSON.parse(definition.get(at) as string) as Definition
  return {
    birth,
    isSample: () => isSample.get() !== undefined,
    markSample: () => void database.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('sample', '1')").run(),
    accounts: () =>
      sharingTexts(
        database.prepare('SELECT journey, step, service, role FROM account ORDER BY number').all() as Account[],
      ),
    positions: () => (database.prepare('SELECT * FROM process').all() as ProcessRow[]).map(positionOf),
    ...rememberedIntervals(database),
    commit: (entries) => commit.immediate(entries),
    ...preparePast(database),
    rowsAfter: (row) => openedRows(rowsAfter.iterate(row) as IterableIterator<LogRow>),
    snapshot: () => openSnapshot(database.name),
    lastRow: () => database.prepare('SELECT coalesce(max(id), 0) FROM log').pluck().get() as number,
    edges: () => (database.prepare('SELECT name, at, up_to, body FROM edge').all() as EdgeRow[]).map(edgeOf),
    saveEdges: database.transaction((edges: readonly SavedEdge[]) => {
      database.prepare('DELETE FROM edge').run()
      for (const { name, edge, upTo } of edges) saveEdge.run(name, finite(edge.at), upTo, packNumbers(edge.rows))
    }),
    savePoint: (edge) => void savePoint.run(edge.at, packNumbers(edge.rows)),
    saveRevision: ({ at, fingerprint, targets, definition = null }) =>
      void database
        .prepare('INSERT OR REPLACE INTO revision (at, fingerprint, targets, definition) VALUES (?, ?, ?, ?)')
        .run(at, fingerprint, JSON.stringify(targets), definition && JSON.stringify(definition)),
    revisions: () => (revisions.all() as RevisionRow[]).map((row) => revisionOf(row, definitionOf)),
  }
}

/** Every row comes with texts of its own, and all accounts of a service have its name: they are kept for as long as the daemon runs. */
function sharingTexts(accounts: readonly Account[]): readonly Account[] {
  const known = new Map<string, string>()
  const share = <Text extends string>(text: Text): Text => {
    if (!known.has(text)) known.set(text, text)
    return known.get(text) as Text
  }
  return accounts.map(({ journey, step, service, role }) => ({
    journey: share(journey),
    step: share(step),
    service: share(service),
    role: share(role),
  }))
}

type RevisionRow = { at: number; fingerprint: string; targets: string; whole: 0 | 1 }
type EdgeRow = { name: string; at: number | null; up_to: number; body: Uint8Array }
type ProcessRow = {
  id: string
  service: string
  identified: number
  started_at: number | null
  read_at: number
  baseline: number
  counts: Uint8Array
  ended_at: number | null
  delta: number
}

/** Files of the past are asked for now and then, and a large one takes as much memory as the books: read when it is asked for. */
function revisionOf(
  { at, fingerprint, targets, whole }: RevisionRow,
  definitionOf: (at: number) => Definition,
): Revision {
  const told = { at, fingerprint, targets: JSON.parse(targets) as Record<string, number> }
  if (whole === 0) return told
  return {
    ...told,
    get definition() {
      return definitionOf(at)
    },
  }
}

function prepareCommit(database: Sqlite) {
  const addAccount = database.prepare(
    'INSERT INTO account (number, journey, step, service, role) VALUES (@number, @journey, @step, @service, @role)',
  )
  const append = database.prepare('INSERT INTO log (slot, width, committed_at, body) VALUES (?, ?, ?, ?)')
  const savePosition = database.prepare(
    `INSERT OR REPLACE INTO process (id, service, identified, started_at, read_at, baseline, counts, ended_at, delta)
     VALUES (@id, @service, @identified, @started_at, @read_at, @baseline, @counts, @ended_at, @delta)`,
  )
  const addNote = database.prepare('INSERT INTO note (at, kind, process, service) VALUES (?, ?, ?, ?)')
  const remember = prepareRemember(database)
  const pointsAfter = database.prepare('SELECT at, body FROM point WHERE at > ?')
  const replacePoint = database.prepare('UPDATE point SET body = ? WHERE at = ?')
  return database.transaction((commit: LedgerCommit) => {
    const { at, accounts, slots, positions, notes } = commit
    for (const { number, account } of accounts) addAccount.run({ number, ...account })
    for (const { slot, body } of slots) append.run(slot.start, slot.width, at, closeBody(body))
    for (const position of positions) savePosition.run(processRow(position))
    for (const note of notes) addNote.run(at, note.kind, note.process, note.service)
    remember(commit)
    // Points are kept for good, so what comes in late for a slot before them is added to them here.
    const earliest = slots[0]?.slot.start
    if (earliest === undefined) return
    for (const point of pointsAfter.all(earliest) as { at: number; body: Uint8Array }[]) {
      const edge: Edge = { at: point.at, rows: unpackNumbers(point.body) }
      for (const { slot, body } of slots) if (slot.start < point.at) applyRow(edge, { ...slot, body })
      replacePoint.run(packNumbers(edge.rows), point.at)
    }
  })
}

function processRow(position: Position): ProcessRow {
  return {
    id: position.id,
    service: position.service,
    identified: Number(position.identified),
    started_at: position.startedAt ?? null,
    read_at: position.readAt,
    baseline: Number(position.baseline),
    ended_at: position.endedAt ?? null,
    delta: Number(position.delta === true),
    counts: packCounts(position.counts),
  }
}

function positionOf(row: ProcessRow): Position {
  return {
    id: row.id,
    service: row.service,
    identified: row.identified === 1,
    ...(row.started_at === null ? {} : { startedAt: row.started_at }),
    readAt: row.read_at,
    baseline: row.baseline === 1,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.delta === 1 && { delta: true }),
    counts: unpackCounts(row.counts),
  }
}

function edgeOf(row: EdgeRow): SavedEdge {
  const at = row.at ?? Number.POSITIVE_INFINITY
  return { name: row.name, upTo: row.up_to, edge: { at, rows: unpackNumbers(row.body) } }
}

/** SQLite has no infinity among its integers: the total's edge has no time. */
function finite(at: number): number | null {
  return Number.isFinite(at) ? at : null
}
