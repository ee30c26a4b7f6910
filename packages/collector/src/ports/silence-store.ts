import type { SilenceEvent, SilenceHistory } from '@tabiji/core/alert'

/** Where silences are kept. Append-only: what was recorded is followed by other events, never changed. */
export interface SilenceStore {
  /** Runs a decision and what it appends as one transaction that nobody else writes into. */
  transact<Result>(run: () => Result): Result
  /** The next free key, `SIL-0001` for the first silence. */
  nextKey(): string
  /** In the order in which they were added. */
  histories(): readonly SilenceHistory[]
  /** Without events when nothing was recorded under the key. */
  history(key: string): SilenceHistory
  append(key: string, events: readonly SilenceEvent[]): void
}
