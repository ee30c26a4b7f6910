import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { AlertStore } from '../ports/alert-store.ts'
import { createAlertStore } from '../store/alert-store.ts'
import { openDatabase, type Sqlite } from '../store/database.ts'
import { STARTED_AT } from './alert.ts'

export type AlertDesk = {
  readonly file: string
  readonly store: AlertStore
  readonly database: Sqlite
  /** Ends the connection, as at the end of a process. */
  close(): void
  /** Ends it and opens the file again, as a restart does. */
  reopen(): AlertStore
}

/** A file for a store, in a folder that is gone after the test. */
export function storeFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-outbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'tabiji.db')
}

/** An alert store in a real file, as the daemon opens it. */
export function openAlertDesk(file = storeFile()): AlertDesk {
  let open = openDatabase(file, STARTED_AT)
  const close = () => {
    if (open.database.open) open.close()
  }
  onTestFinished(close)
  return {
    file,
    store: createAlertStore(open.database),
    database: open.database,
    close,
    reopen: () => {
      close()
      open = openDatabase(file, STARTED_AT)
      return createAlertStore(open.database)
    },
  }
}
