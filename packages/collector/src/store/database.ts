import Database from 'better-sqlite3'
import { MIGRATIONS } from './schema.ts'

export type Sqlite = Database.Database

/** The store cannot be used; the message says why and what to do. */
export class StoreError extends Error {
  readonly code: 'STORE_IN_USE' | 'STORE_TOO_NEW' | 'STORE_NOT_OURS'

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
 * @throws StoreError when another process has it, when it is newer than this program, or not ours.
 */
export function openDatabase(file: string, now: number): OpenStore {
  const lock = takeLock(file)
  try {
    const database = new Database(file)
    database.pragma('journal_mode = WAL')
    // A notification that was promised must outlive a power cut; batching makes the sync cheap.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    migrate(database, file, now)
    return {
      database,
      close: () => {
        database.close()
        lock.close()
      },
    }
  } catch (error) {
    lock.close()
    throw error
  }
}

function takeLock(file: string): Sqlite {
  if (file === ':memory:') return new Database(file)
  const lock = new Database(`${file}.lock`, { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    const message = `Expected to be the only one to use ${file}, but another process has it open. Stop that one first, or name another \`store\`.`
    throw new StoreError('STORE_IN_USE', message, { cause: error })
  }
}

function migrate(database: Sqlite, file: string, now: number): void {
  const version = database.pragma('user_version', { simple: true }) as number
  const owner = database.pragma('application_id', { simple: true }) as number
  const tables = database.prepare('SELECT count(*) FROM sqlite_master').pluck().get() as number
  if (tables > 0 && owner !== APPLICATION_ID) {
    throw new StoreError(
      'STORE_NOT_OURS',
      `Expected ${file} to be a Tabiji store, but it is another program's database.`,
    )
  }
  if (version > MIGRATIONS.length) {
    const message = `Expected a store of schema ${MIGRATIONS.length} or older, but ${file} has schema ${version}. Use the newer version of tabiji that wrote it.`
    throw new StoreError('STORE_TOO_NEW', message)
  }
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
