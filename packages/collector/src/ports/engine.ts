import type { Series } from '@tabiji/core/openslo'
import type { ReadFailure } from './source.ts'

/** Why there is no answer that could be booked. `refused`: the engine said so itself. */
export type AskFailure = ReadFailure | 'refused' | 'partial' | 'no_data'

/** What an engine said, or why it said nothing. `partial`: something may be missing in it. */
export type EngineResult =
  | {
      readonly ok: true
      readonly series: readonly Series[]
      readonly warnings: readonly string[]
      readonly partial: boolean
    }
  | { readonly ok: false; readonly failure: AskFailure; readonly message: string }

/** Milliseconds since the Unix epoch. */
type Stretch = { readonly from: number; readonly to: number }

/** Where queries are asked. Never throws: the world's failures are values. */
export interface QueryEngine {
  /** At every step from the beginning of the stretch to its end, both included. */
  range(query: string, stretch: Stretch & { readonly stepMs: number }, signal: AbortSignal): Promise<EngineResult>
  /** Samples as they were scraped, after `from` and up to `to`. */
  raw(selector: string, stretch: Stretch, signal: AbortSignal): Promise<EngineResult>
}
