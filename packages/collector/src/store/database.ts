import { realpathSync } from 'node:fs'
import Database from 'better-sqlite3'
import { watchFile } from './file-watch.ts'
import { APPLICATION_ID, migrate } from './migrate.ts'
import { MIGRATIONS } from './schema.ts'
import { damaged, isSqlite, notOurs, StoreError, storeErrorOf } from './store-error.ts'

export type Sqlite = Database.Database

export type OpenStore = {
  readonly database: Sqlite
  /** The copy that was made before the store was brought to the present layout. */
  readonly copiedTo?: string
  /** What is wrong with the file now, if anything: see {@link watchFile}. */
  trouble(): string | undefined
  /** Ends the connection and gives the file free. */
  close(): void
}

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
    refuseDamaged(database, file)
    database.pragma('journal_mode = WAL')
    // A notification that was promised must outlive a power cut; batching makes the sync cheap.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    // KiB. What is asked for at each evaluation is a few pages; the library would keep 16 MiB, filled by the look at the start.
    database.pragma(`cache_size = -${CACHE_KIB}`)
    const copiedTo = migrate(database, now)
    return openStore(database, lock, copiedTo)
  } catch (error) {
    database?.close()
    lock.close()
    throw storeErrorOf(error, file)
  }
}

const CACHE_KIB = 2_048

function openStore(database: Sqlite, lock: Sqlite, copiedTo: string | undefined): OpenStore {
  return {
    database,
    trouble: watchFile(database.name),
    ...(copiedTo !== undefined && { copiedTo }),
    close: () => {
      database.close()
      lock.close()
    },
  }
}

/** Holds the store for this process, until the returned connection is closed. */
export function takeLock(file: string): Sqlite {
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

/** Before anything is written: what another program or a newer version keeps must stay as it is. @returns the schema */
export function refuseForeign(database: Sqlite, file: string): number {
  const version = database.pragma('user_version', { simple: true }) as number
  const owner = database.pragma('application_id', { simple: true }) as number
  const tables = database.prepare('SELECT count(*) FROM sqlite_master').pluck().get() as number
  if (owner !== APPLICATION_ID && (tables > 0 || owner !== 0)) throw notOurs(file)
  if (version > MIGRATIONS.length) {
    const message = `Expected a store of schema ${MIGRATIONS.length} or older, but ${file} has schema ${version}. Use the newer version of tabiji that wrote it.`
    throw new StoreError('STORE_TOO_NEW', message)
  }
  return version
}

/** Above this size looking through the whole file would delay the start by more than a moment. */
const LOOKED_THROUGH_BYTES = 256 * 1024 ** 2

/** A damaged file is refused before anything is added to it: what is still good in it is worth keeping as it is. */
function refuseDamaged(database: Sqlite, file: string): void {
  const pages = database.pragma('page_count', { simple: true }) as number
  const pageSize = database.pragma('page_size', { simple: true }) as number
  if (pages * pageSize > LOOKED_THROUGH_BYTES) return
  const found = database.pragma('quick_check(1)', { simple: true })
  if (found !== 'ok') throw damaged(file, found)
}
