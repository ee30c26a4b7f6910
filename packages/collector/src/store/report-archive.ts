import type { ReportArchive } from '../ports/reports.ts'
import { openReadable } from './backup.ts'
import { createReportReader } from './report-store.ts'
import { StoreError, storeErrorOf } from './store-error.ts'

/** A store that is only looked at. */
export type OpenArchive = {
  readonly store: ReportArchive
  /** When the books were written last, milliseconds; absent when they are empty. */
  readonly writtenAt?: number
  close(): void
}

/**
 * Opens a store to read reports from it, beside a daemon or without one. It takes no lock and changes nothing; an older layout
 * is refused rather than brought up to date.
 *
 * @throws StoreError when there is no such store, or it cannot be read
 */
export function openReportArchive(file: string): OpenArchive {
  const database = openReadable(file)
  try {
    const has = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'issued_report'").pluck().get()
    if (has === undefined) {
      const message = `Expected ${file} to be of a version that keeps reports. Start \`tabiji up\` once: it brings the store up to date.`
      throw new StoreError('STORE_TOO_OLD', message)
    }
    const writtenAt = database.prepare('SELECT max(committed_at) FROM log').pluck().get() as number | null
    return {
      store: createReportReader(database),
      ...(writtenAt !== null && { writtenAt }),
      close: () => void database.close(),
    }
  } catch (error) {
    database.close()
    throw storeErrorOf(error, file)
  }
}
