import type { Reading } from '@tabiji/core/ledger'
import type { AskFailure } from './engine.ts'

export type PastResult =
  /** Readings ascending by time, with the times at which an engine scraped them. */
  | { readonly ok: true; readonly readings: readonly Reading[]; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly failure: AskFailure; readonly message: string }

/** Somebody who read many processes for us, and kept what they said. */
export interface PastSource {
  /** Unique among the sources; appears in logs and metrics. */
  readonly name: string
  /** What of it is asked for. Another choice is another past, which is read from its beginning. */
  readonly choice: string
  readonly intervalMs: number
  /** How old a sample must be until all of its moment have arrived. */
  readonly delayMs: number
  /**
   * Reads what was scraped after `from` and up to `to`, milliseconds. Never throws, and tells everything or nothing: an
   * answer in which something may be missing is a failure.
   */
  read(stretch: { readonly from: number; readonly to: number }, signal: AbortSignal): Promise<PastResult>
}
