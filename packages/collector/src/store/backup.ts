import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { refuseForeign, type Sqlite, takeLock } from './database.ts'
import { freeName } from './migrate.ts'
import { type Held, holdUnfinished } from './restored-outbox.ts'
import { damaged, StoreError, storeErrorOf } from './store-error.ts'

/** How far a copy is: pages of the file. */
export type Progress = (done: number, total: number) => void

/** Pages that are copied between two words about the progress: 4 MiB. */
const PAGES = 1024

/**
 * Copies a store to a file, also while a daemon writes to it: one read transaction sees one moment, and in WAL mode a reader
 * stops no writer. The copy is one file that needs no other beside it, is looked through before it gets its name, and either
 * is whole or is not there.
 *
 * @param now milliseconds; remembered in the copy, so that who restores it knows of which moment it is
 * @throws StoreError when the store cannot be read, the file exists and is not to be replaced, or has no room
 */
export async function backUp(
  store: string,
  file: string,
  { now, force, progress }: { readonly now: number; readonly force: boolean; readonly progress: Progress },
): Promise<void> {
  if (!force && existsSync(file)) {
    const message = `Expected ${file} not to exist, but it does. Name another file, or replace it with \`--force\`.`
    throw new StoreError('BACKUP_EXISTS', message)
  }
  if (resolve(file) === resolve(store)) {
    throw new StoreError('BACKUP_EXISTS', `Expected another file than the store ${store} itself.`)
  }
  const source = openReadable(store)
  try {
    await copyInto(source, file, progress, (copy) => {
      copy.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('backup_at', ?)").run(String(now))
    })
  } finally {
    source.close()
  }
}

export type Restored = Held & {
  /** The moment of the copy, milliseconds, if it says so. */
  readonly backupAt?: number
  /** Where the store that stood there before is now. */
  readonly replaced?: string
}

/**
 * Puts a copy in the place of a store. The copy is checked page by page first, and made ready under another name; the store
 * that it replaces is kept. Notifications whose fate nobody knows wait for a person from then on.
 *
 * @throws StoreError when a process has the store, or the copy is not ours, newer than this program, or damaged
 */
export async function restore(store: string, file: string, now: number, progress: Progress): Promise<Restored> {
  if (resolve(file) === resolve(store)) {
    throw new StoreError('STORE_UNUSABLE', `Expected another file than the store ${store} itself.`)
  }
  const lock = takeLock(store)
  try {
    const source = openReadable(file)
    let held: Held = { held: 0, again: 0 }
    let backupAt: number | undefined
    const ready = `${store}.restoring`
    try {
      refuseUnlikeCopy(source, file)
      await copyInto(source, ready, progress, (copy) => {
        const at = copy.prepare("SELECT value FROM meta WHERE key = 'backup_at'").pluck().get()
        if (at !== undefined) backupAt = Number(at)
        held = holdUnfinished(copy, now)
      })
    } finally {
      source.close()
    }
    const replaced = setAside(store, now)
    renameSync(ready, store)
    syncFolder(store)
    return { ...held, ...(backupAt !== undefined && { backupAt }), ...(replaced !== undefined && { replaced }) }
  } finally {
    lock.close()
  }
}

/** A store to read from, ours and not newer than this program. @throws StoreError when it is none */
export function openReadable(file: string): Sqlite {
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true })
    try {
      refuseForeign(database, file)
      if (database.pragma('user_version', { simple: true }) === 0) {
        throw new StoreError('STORE_NOT_OURS', `Expected ${file} to be a Tabiji store, but it is empty.`)
      }
      return database
    } catch (error) {
      database.close()
      throw error
    }
  } catch (error) {
    throw storeErrorOf(error, file)
  }
}

function refuseUnlikeCopy(database: Sqlite, file: string): void {
  const found = database.pragma('integrity_check(1)', { simple: true })
  if (found !== 'ok') throw damaged(file, found)
}

/** Copies under another name, lets `finish` write into the copy, and gives it its name when it is on the disk. */
async function copyInto(
  source: Sqlite,
  file: string,
  progress: Progress,
  finish: (copy: Sqlite) => void,
): Promise<void> {
  const partial = `${file}.partial-${process.pid}`
  try {
    // Held open over all steps: otherwise each commit of the daemon would start the copy from its beginning.
    source.exec('BEGIN')
    source.prepare('SELECT count(*) FROM meta').get()
    await source.backup(partial, {
      progress: ({ totalPages, remainingPages }) => {
        progress(totalPages - remainingPages, totalPages)
        return PAGES
      },
    })
    source.exec('COMMIT')
    const copy = new Database(partial)
    try {
      copy.pragma('journal_mode = DELETE')
      copy.pragma('synchronous = FULL')
      copy.transaction(finish).immediate(copy)
      refuseUnlikeCopy(copy, partial)
    } finally {
      copy.close()
    }
    renameSync(partial, file)
    syncFolder(file)
  } catch (error) {
    rmSync(partial, { force: true })
    throw storeErrorOf(error, file)
  }
}

/**
 * Gives the store that is replaced another name. Its log goes first: left beside the new file, it would be taken for that one's.
 */
function setAside(store: string, now: number): string | undefined {
  if (!existsSync(store)) return undefined
  emptyLog(store)
  const day = new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '')
  const aside = freeName(`${store}.before-restore-${day}`)
  for (const ending of ['-wal', '-shm', '']) if (existsSync(store + ending)) renameSync(store + ending, aside + ending)
  return aside
}

/** Takes what the log holds into the file, so that it is one piece. A damaged one cannot, and keeps its log beside it. */
function emptyLog(store: string): void {
  try {
    const database = new Database(store)
    try {
      database.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      database.close()
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
  }
}

/** A new name is on the disk when its folder is. */
function syncFolder(file: string): void {
  const folder = openSync(dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
