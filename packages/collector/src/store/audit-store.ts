import { existsSync } from 'node:fs'
import type { AlertClaims } from '@tabiji/core/alert'
import { foldIncident } from '@tabiji/core/incident'
import type { Account, Claims, PositionClaim, StoredRow } from '@tabiji/core/ledger'
import Database from 'better-sqlite3'
import { OUTBOX_STATES } from '../ports/alert-store.ts'
import type { AuditStore } from '../ports/audit.ts'
import { openBody } from './body.ts'
import { createCorrectionStore } from './correction-store.ts'
import { refuseForeign, type Sqlite } from './database.ts'
import { createDurationStore } from './duration-store.ts'
import { createLedgerStore } from './ledger-store.ts'
import { MIGRATIONS } from './schema.ts'
import { StoreError, storeErrorOf } from './store-error.ts'
import { createWorkStore } from './work-store.ts'

/**
 * Opens a store to look at it, beside a daemon or without one. It takes no lock, changes nothing, and sees one moment of the
 * file however long it reads: one read transaction on the write-ahead log. Until it is closed the daemon goes on writing but
 * cannot empty that log. SQLite itself may have to write `FILE-shm`, its index of the log, also for a reader; so the folder
 * must be writable unless a daemon has the file open.
 *
 * Reads columns of the first layout only, so an older store can be looked at before it is migrated.
 *
 * @throws StoreError when there is no such file, or it is not ours, newer than this program or unreadable
 */
export function openAuditStore(file: string): AuditStore {
  if (!existsSync(file))
    throw new StoreError('STORE_UNUSABLE', `Expected a store at ${file}, but there is no such file.`)
  let database: Sqlite | undefined
  try {
    database = new Database(file, { readonly: true, fileMustExist: true })
    const schema = refuseForeign(database, file)
    if (schema === 0) throw new StoreError('STORE_NOT_OURS', `Expected ${file} to be a Tabiji store, but it is empty.`)
    // The first read after it fixes the moment; the layout was read before, so it is read again inside.
    database.exec('BEGIN')
    return auditStore(database, database.pragma('user_version', { simple: true }) as number, file)
  } catch (error) {
    database?.close()
    throw storeErrorOf(error, file)
  }
}

function auditStore(database: Sqlite, schema: number, file: string): AuditStore {
  const columns = 'SELECT id, slot AS start, width, committed_at AS committedAt, body FROM log'
  const present = (): Sqlite => {
    if (schema === MIGRATIONS.length) return database
    const message = `Expected ${file} to have schema ${MIGRATIONS.length}, got ${schema}. Start \`tabiji up\` once: it brings the store up to date.`
    throw new StoreError('STORE_TOO_OLD', message)
  }
  const one = (sql: string) => database.prepare(sql).pluck().get() as number
  return {
    schema,
    sample: database.prepare("SELECT 1 FROM meta WHERE key = 'sample'").get() !== undefined,
    damage: () => damageOf(database),
    claims: () => claimsOf(database),
    alertClaims: () => alertClaimsOf(database),
    rowCount: () => one('SELECT count(*) FROM log'),
    rows: () => opened(database.prepare(`${columns} ORDER BY slot, id`).iterate() as Iterable<StoredRow>),
    rowsBetween: (from, to) =>
      opened(
        database
          .prepare(`${columns} WHERE slot >= ? AND slot < ? ORDER BY slot, id`)
          .iterate(from, to) as Iterable<StoredRow>,
      ),
    ledger: () => createLedgerStore(present()),
    corrections: () => createCorrectionStore(present()).all(),
    durations: () => createDurationStore(present()),
    incidents: () =>
      createWorkStore(present())
        .incidentHistories()
        .flatMap(({ key, events }) => foldIncident(key, events) ?? [])
        .filter(({ merged }) => merged === undefined),
    close: () => database.close(),
  }
}

/** A body that cannot be opened is left as it is: the reader of the log says of it what it says of any damage. */
function* opened(rows: Iterable<StoredRow>): Generator<StoredRow> {
  for (const row of rows) {
    let { body } = row
    try {
      body = openBody(body)
    } catch {}
    yield { ...row, body }
  }
}

function damageOf(database: Sqlite): readonly string[] {
  const lines = database.prepare('PRAGMA integrity_check').pluck().all() as string[]
  const wrong = lines.filter((line) => line !== 'ok')
  // In a file that is damaged inside, references cannot be followed.
  if (wrong.length > 0) return wrong
  const orphans = database.prepare('PRAGMA foreign_key_check').all() as {
    table: string
    rowid: number
    parent: string
  }[]
  return orphans.map(({ table, rowid, parent }) => `row ${rowid} of ${table} refers to a missing ${parent}`)
}

function claimsOf(database: Sqlite): Claims {
  const all = <Row>(sql: string) => database.prepare(sql).all() as Row[]
  const meta = database.prepare('SELECT value FROM meta WHERE key = ?').pluck()
  return {
    birth: Number(meta.get('birth')),
    keptFrom: Number(meta.get('kept_from') ?? 0),
    accounts: all<Account & { number: number }>(
      'SELECT number, journey, step, service, role FROM account ORDER BY number',
    ).map(({ number, ...account }) => ({ number, account })),
    edges: all<{ name: string; at: number | null; upTo: number; body: Uint8Array }>(
      'SELECT name, at, up_to AS upTo, body FROM edge',
    ).map((edge) => ({ ...edge, at: edge.at ?? Number.POSITIVE_INFINITY })),
    points: all('SELECT at, body FROM point ORDER BY at'),
    positions: all<PositionRow>(
      'SELECT id, service, identified, baseline, counts AS body FROM process ORDER BY id',
    ).map(positionOf),
    lastRow: database.prepare('SELECT coalesce(max(id), 0) FROM log').pluck().get() as number,
  }
}

type PositionRow = { id: string; service: string; identified: number; baseline: number; body: Uint8Array }

function positionOf({ identified, baseline, ...row }: PositionRow): PositionClaim {
  return { ...row, identified: identified === 1, baseline: baseline === 1 }
}

/** The schema before which every notification was of an episode. */
const TOPICS_SINCE = 8

function alertClaimsOf(database: Sqlite): AlertClaims {
  const schema = database.pragma('user_version', { simple: true }) as number
  const topic = schema < TOPICS_SINCE ? 'episode' : 'topic'
  const episodes = database.prepare('SELECT id, number, rule, level, state, episode FROM episode ORDER BY number').all()
  return {
    episodes: (episodes as EpisodeRow[]).map(({ episode, ...row }) => {
      const ownState = stateIn(episode)
      return { ...row, ...(ownState !== undefined && { ownState }) }
    }),
    outbox: database
      .prepare(`SELECT id, ${topic} AS topic, state, kind FROM outbox ORDER BY number`)
      .all() as OutboxClaim[],
    outboxStates: OUTBOX_STATES,
  }
}

type EpisodeRow = { id: string; number: number; rule: string; level: number; state: string; episode: string }
type OutboxClaim = AlertClaims['outbox'][number]

function stateIn(episode: string): string | undefined {
  try {
    return (JSON.parse(episode) as { state?: string }).state
  } catch {
    return undefined
  }
}
