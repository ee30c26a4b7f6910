import type { Counts } from '../journey/index.ts'

/** Whose work an account's events are. Only `own` feeds an objective. */
export const ROLES = ['own', 'dependency', 'probe', 'drill'] as const
export type Role = (typeof ROLES)[number]

/** Who is speaking. Counters belong to a process, not to an address: two processes behind one port are two speakers. */
export type Speaker = {
  /** Unique for one life of one process; for a source without process ids, its address. */
  readonly id: string
  /** Whether the id is the process's own. Only the counters of a process without one may go back to zero. */
  readonly identified: boolean
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
  /** The process said that it counts no more. */
  readonly final?: boolean
}
