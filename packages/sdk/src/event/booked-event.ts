import type { Outcome } from '@tabiji/core/journey'

/** An event as it was booked. */
export type BookedEvent = {
  readonly journey: string
  readonly step: string
  readonly outcome: Outcome
  /** Time on the step's clock. */
  readonly elapsedMs: number
  /** What `fail()` or `exclude()` was told. */
  readonly reason?: string
  /** The journey of another service for which it was done. */
  readonly borrowed?: string
  /** A probe caused it: it is in `journey_probe_events_total` and in no other series. */
  readonly probed?: true
}
