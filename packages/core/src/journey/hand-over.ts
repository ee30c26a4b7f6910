import type { Counts } from './outcome.ts'

/** Path, on the collector's ingest listener, at which a process hands its counters over (POST, JSON). */
export const HAND_OVER_PATH = '/v1/hand-over'

export const HAND_OVER_SCHEMA = 'tabiji.hand-over/v1'

/**
 * What a process says when it ends: the same cumulative counters that it exposes, so that saying it twice, or being
 * scraped once more afterwards, changes nothing. The names are the body's keys.
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
  readonly fingerprint: string
  readonly sdkVersion: string
  readonly steps: readonly { readonly journey: string; readonly step: string; readonly counts: Counts }[]
}
