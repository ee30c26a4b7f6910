import type { Counts } from './outcome.ts'

/** Path, on the collector's ingest listener, at which a process hands its counters over (POST, JSON). */
export const HAND_OVER_PATH = '/v1/hand-over'

export const HAND_OVER_SCHEMA = 'tabiji.hand-over/v1'

/**
 * The same cumulative counters that a process exposes, so that saying them twice, or being scraped once more afterwards,
 * changes nothing. The names are the body's keys.
 */
export type HandOver = {
  readonly schema: typeof HAND_OVER_SCHEMA
  readonly processId: string
  /** Must be the service by which the collector knows the process. */
  readonly service: string
  /** ISO 8601: when the counters began at zero. */
  readonly startedAt: string
  /** ISO 8601, by the process's own clock: when the counters were read. */
  readonly at: string
  /**
   * ISO 8601, by the clock of the machine that sends: when the document was sent, where that is later than `at`, as with
   * one that waited in a spool. Both stamps come from one clock, so the age of the counters is known whatever it shows.
   */
  readonly sentAt?: string
  /** The process counts no more: its books are closed. Without it this is one reading among others. */
  readonly final?: boolean
  readonly fingerprint: string
  readonly sdkVersion: string
  readonly steps: readonly { readonly journey: string; readonly step: string; readonly counts: Counts }[]
  /** What it did for journeys of other services; absent where it does nothing for any. */
  readonly dependencies?: readonly {
    readonly journey: string
    /** Its own journey and step, such as `keep-photos.put`. */
    readonly serviceStep: string
    readonly counts: Counts
  }[]
}
