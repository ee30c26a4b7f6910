import type { Doubt } from '@tabiji/core/ledger'

/** Where doubts are kept, and what is needed to see them after a restart. A process has one doubt at most. */
export interface DoubtStore {
  /** The process that last answered at each source. */
  places(): ReadonlyMap<string, string>
  savePlace(source: string, process: string): void
  removePlace(source: string): void
  /** Replaces what is kept of the process. */
  save(doubt: Doubt): void
  /** Nothing is to be doubted of the process any more, as if nothing had ever been. */
  remove(process: string): void
  unsettled(): readonly Doubt[]
  /** The newest first. */
  list(limit: number): readonly Doubt[]
}
