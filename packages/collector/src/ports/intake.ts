import type { Reading } from '@tabiji/core/ledger'

/** Where readings go that are pushed to the collector. */
export interface Intake {
  /** Resolves when the reading is on disk, and rejects when it is not: only then may the sender forget it. */
  submit(reading: Reading): Promise<void>
}
