import Database from 'better-sqlite3'

/** The store cannot be used; the message says why and what to do. */
export class StoreError extends Error {
  readonly code:
    | 'STORE_IN_USE'
    | 'STORE_TOO_NEW'
    | 'STORE_TOO_OLD'
    | 'STORE_NOT_OURS'
    | 'STORE_DAMAGED'
    | 'STORE_UNUSABLE'
    | 'BACKUP_EXISTS'

  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
  }
}

/** @param found what SQLite says about it */
export function damaged(file: string, found: unknown, cause?: unknown): StoreError {
  const said = String(found).replace(/\s+/g, ' ').slice(0, 200)
  const message = `Expected ${file} to be whole, but it is damaged: ${said}. Put a backup in its place with \`tabiji restore FILE\`; the damaged file is kept.`
  return new StoreError('STORE_DAMAGED', message, { cause })
}

export function notOurs(file: string, cause?: unknown): StoreError {
  const message = `Expected ${file} to be a Tabiji store, but it is another program's file. Name another \`store\`.`
  return new StoreError('STORE_NOT_OURS', message, { cause })
}

/** Whatever SQLite or the system threw, as an error that says what to do. */
export function storeErrorOf(error: unknown, file: string): unknown {
  if (error instanceof StoreError) return error
  if (isSqlite(error, 'SQLITE_NOTADB')) return notOurs(file, error)
  if (isSqlite(error, 'SQLITE_CORRUPT')) return damaged(file, (error as Error).message, error)
  const reason = error instanceof Error ? error.message : String(error)
  const message = `Expected to read and write ${file}, but cannot: ${reason}. Check that its folder exists, may be written and has room.`
  return new StoreError('STORE_UNUSABLE', message, { cause: error })
}

export function isSqlite(error: unknown, code: string): boolean {
  return error instanceof Database.SqliteError && (error.code === code || error.code.startsWith(`${code}_`))
}
