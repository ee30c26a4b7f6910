import type { AlertClaims } from '@tabiji/core/alert'
import type { Correction } from '@tabiji/core/budget'
import type { Incident } from '@tabiji/core/incident'
import type { Claims, StoredRow } from '@tabiji/core/ledger'
import type { DurationStore } from './duration-store.ts'
import type { LedgerStore } from './ledger-store.ts'

/** The store as an auditor reads it: one moment of it, unbelieved and unchanged, also while a daemon writes. */
export interface AuditStore {
  /** Number of the store's layout. */
  readonly schema: number
  /** Whether made-up data were ever booked. */
  readonly sample: boolean
  /** What SQLite finds wrong with the file itself, and references that lead nowhere; empty when all is well. */
  damage(): readonly string[]
  claims(): Claims
  alertClaims(): AlertClaims
  /** How many rows the log has. */
  rowCount(): number
  /** All rows, ascending by slot and then by id. */
  rows(): Iterable<StoredRow>
  /** Rows of slots that start in [from, to), seconds, in the same order. */
  rowsBetween(from: number, to: number): Iterable<StoredRow>
  /** The same moment, as the daemon reads it. @throws StoreError when the layout is an older one */
  ledger(): LedgerStore
  /** In the order in which they were added, withdrawn ones among them. @throws StoreError likewise */
  corrections(): readonly Correction[]
  /** As they stand, drills among them. @throws StoreError likewise */
  incidents(): readonly Incident[]
  /** @throws StoreError likewise */
  durations(): Pick<DurationStore, 'between'>
  close(): void
}
