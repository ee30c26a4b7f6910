import { realpathSync } from 'node:fs'
import Database from 'better-sqlite3'
import { MIGRATIONS } from './schema.ts'

export type Sqlite = Database.Database

/** The store cannot be used; the message says why and what to do. */
export class StoreError extends Error {
  readonly code: 'STORE_IN_USE' | 'STORE_TOO_NEW' | 'STORE_NOT_OURS' | 'STORE_UNUSABLE'

  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
  }
}

export type OpenStore = {
  readonly database: Sqlite
  /** Ends the connection and gives the file free. */
  close(): void
}

/** `Tabi` in ASCII: marks our files, so that a foreign database is not filled with our tables. */
const APPLICATION_ID = 0x54616269

/**
 * Opens the store, creates it or brings it to the present layout. One process at a time: the lock is a second SQLite
 * file that is held exclusively, so the system gives it free however this process ends, and tools that replicate the
 * store itself are not shut out.
 *
 * @param now milliseconds; the birth of a new ledger.
 * @throws StoreError when another process has it, when it is newer than this program, not ours, or cannot be used.
 */
export function openDatabase(file: string, now: number): OpenStore {
  const lock = takeLock(file)
  let database: Sqlite | undefined
  try {
    database = new Database(file)
    refuseForeign(database, file)
    database.pragma('journal_mode = WAL')
    // A notification that was promised must outlive a power cut; batching makes the sync cheap.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    migrate(database, now)
    return openStore(database, lock)
  } catch (error) {
    database?.close()
    lock.close()
    throw storeErrorOf(error, file)
  }
}

function openStore(database: Sqlite, lock: Sqlite): OpenStore {
  return {
    database,
    close: () => {
      database.close()
      lock.close()
    },
  }
}

function takeLock(file: string): Sqlite {
  if (file === ':memory:') return new Database(file)
  let lock: Sqlite | undefined
  try {
    lock = new Database(`${trueName(file)}.lock`, { timeout: 0 })
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock?.close()
    if (!isSqlite(error, 'SQLITE_BUSY')) throw storeErrorOf(error, file)
    const message = `Expected to be the only one to use ${file}, but another process has it open. Stop that one first, or name another \`store\`.`
    throw new StoreError('STORE_IN_USE', message, { cause: error })
  }
}

/** The file behind a link, so that two names of one store have one lock. */
function trueName(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

/** Before anything is written: what another program or a newer version keeps must stay as it is. */
function refuseForeign(database: Sqlite, file: string): void {
  const version = database.pragma('user_version', { simple: true }) as number
  const owner = database.pragma('application_id', { simple: true }) as number
  const tables = database.prepare('SELECT count(*) FROM sqlite_master').pluck().get() as number
  if (owner !== APPLICATION_ID && (tables > 0 || owner !== 0)) throw notOurs(file)
  if (version > MIGRATIONS.length) {
    const message = `Expected a store of schema ${MIGRATIONS.length} or older, but ${file} has schema ${version}. Use the newer version of tabiji that wrote it.`
    throw new StoreError('STORE_TOO_NEW', message)
  }
}

function notOurs(file: string, cause?: unknown): StoreError {
  const message = `Expected ${file} to be a Tabiji store, but it is another program's file. Name another \`store\`.`
  return new StoreError('STORE_NOT_OURS', message, { cause })
}

function storeErrorOf(error: unknown, file: string): unknown {
  if (error instanceof StoreError) return error
  if (isSqlite(error, 'SQLITE_NOTADB')) return notOurs(file, error)
  const reason = error instanceof Error ? error.message : String(error)
  const message = `Expected to read and write ${file}, but cannot: ${reason}. Check that its folder exists, may be written and has room.`
  return new StoreError('STORE_UNUSABLE', message, { cause: error })
}

function isSqlite(error: unknown, code: string): boolean {
  return error instanceof Database.SqliteError && error.code === code
}

function migrate(database: Sqlite, now: number): void {
  const version = database.pragma('user_version', { simple: true }) as number
  const step = database.transaction((index: number) => {
    database.exec(MIGRATIONS[index] as string)
    if (index === 0) {
      database.pragma(`application_id = ${APPLICATION_ID}`)
      database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)').run('birth', String(now))
    }
    database.pragma(`user_version = ${index + 1}`)
  })
  for (let index = version; index < MIGRATIONS.length; index++) step.immediate(index)
}
