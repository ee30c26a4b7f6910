import type { Counts, Outcome } from '../journey/index.ts'

/** Whose work an account's events are. Only `own` feeds an objective, and `probe` one of probes. */
export const ROLES = ['own', 'dependency', 'probe', 'drill'] as const
export type Role = (typeof ROLES)[number]

/** Who is speaking. Counters belong to a process, not to an address: two processes behind one port are two speakers. */
export type Speaker = {
  /** Unique for one life of one process; for a source without process ids, its address. */
  readonly id: string
  /** Whether the id is the process's own. Only the counters of a process without one may go back to zero. */
  readonly identified: boolean
  /**
   * The id may outlive the process, as the name of a container does: a lower counter together with a later start is a new
   * life, and neither alone is. Goes with `identified: false`.
   */
  readonly livesByStart?: true
  readonly service: string
  /** When its counters began at zero, if it said so. Milliseconds since the Unix epoch. */
  readonly startedAt?: number
}

/** Cumulative counts of one step since the speaker's counters began. */
export type StepReading = {
  readonly journey: string
  readonly step: string
  readonly role: Role
  readonly counts: Counts
  /** Not all outcomes were told; those that were not are zero here, which says nothing. */
  readonly partial?: true
}

/**
 * What one process said about itself at one moment. Readings are cumulative, so a repeated one changes nothing and a
 * missed one is made good by the next.
 */
export type Reading = {
  readonly speaker: Speaker
  /** When it was read, by the collector's clock. */
  readonly at: number
  readonly steps: readonly StepReading[]
  /** Fingerprint of the journeys file that the process runs with, if it said so. */
  readonly fingerprint?: string
  /**
   * Who tells it knows every process from then on, milliseconds: one that started later is counted whole, also when that
   * was before the ledger's birth. Goes with an explicit back-fill.
   */
  readonly knownSince?: number
  /** The process said that it counts no more. */
  readonly final?: boolean
}

/** Events of one step and outcome that happened in a time of their own. */
export type DeltaPoint = {
  readonly journey: string
  readonly step: string
  readonly role: Role
  readonly outcome: Outcome
  readonly count: number
  /** Nanoseconds since the Unix epoch; 0 when it is not known. Both are part of the point's identity as they were told. */
  readonly from: bigint
  readonly to: bigint
}

/** What one process counted since it last said so. Each point counts once, however often it is told. */
export type DeltaReading = { readonly speaker: Speaker; readonly points: readonly DeltaPoint[] }

/** What a process may say of its counters: what they are, or what was added. */
export type Told = Reading | DeltaReading
