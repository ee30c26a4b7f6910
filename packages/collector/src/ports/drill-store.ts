import type { DrillPlan } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import type { EpisodeRecord } from './alert-store.ts'

/** How a drill ended: everything it rang for is over, somebody stopped it, or it went on for too long. */
export type DrillEnding = 'over' | 'stopped' | 'timed_out'

/** A drill as it is kept. Times in milliseconds. */
export type DrillRecord = {
  /** `D-0003`, for people. */
  readonly key: string
  readonly level: Level
  /** What is practised, in a few words. */
  readonly what: string
  readonly plan: DrillPlan
  readonly startedAt: number
  readonly by?: string
  readonly ended?: { readonly at: number; readonly how: DrillEnding; readonly by?: string }
}

/** Where drills are kept: what was planned, and when it was. What came of it is with their alerts. */
export interface DrillStore {
  /** The number of the next drill, counted from 1. */
  nextNumber(): number
  save(drill: DrillRecord): void
  end(key: string, ended: NonNullable<DrillRecord['ended']>): void
  /** Newest first. */
  list(): readonly DrillRecord[]
  /** The alerts that it rang, oldest first. */
  episodesOf(key: string): readonly EpisodeRecord[]
}
