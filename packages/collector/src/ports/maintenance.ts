import type { Maintenance, MaintenanceRequest } from '@tabiji/core/alert'
import type { Result } from './work.ts'

/** A maintenance as it is told; times in ISO 8601 on the clocks of the journeys file. */
export type ToldMaintenance = {
  readonly key: string
  readonly state: 'planned' | 'active' | 'over'
  /** `configuration`: it stands there, and ends there. */
  readonly from: string
  readonly to: string
  readonly rrule?: string
  /** The stretch in force, or the next one; absent when it is over. */
  readonly stretch?: { readonly from: string; readonly to: string }
  /** Empty: all journeys. */
  readonly journeys: readonly string[]
  readonly reason: string
  readonly announced: 'configuration' | 'command'
  readonly createdBy?: string
  readonly ended?: { readonly at: string; readonly by?: string }
}

/** Announced work at hand. What is refused is a value; a store that fails throws, and then nothing was recorded. */
export interface MaintenanceDesk {
  add(request: MaintenanceRequest, by?: string): Result<ToldMaintenance>
  /** Ends one that was announced by a command; what the configuration states ends there. */
  end(key: string, by?: string): Result<ToldMaintenance>
  /** Those of the configuration first, then the newest. `live`: without what is over. */
  list(state: 'live' | 'all'): readonly ToldMaintenance[]
}

/** Where announced maintenance is kept. Nothing of one is changed; it is ended at most, and once. */
export interface MaintenanceStore {
  /** In the order in which they were added. */
  all(): readonly Maintenance[]
  /** Keeps one under the next free key, `MNT-0001` for the first. */
  add(maintenance: Omit<Maintenance, 'key'>, at: number): Maintenance
  /** Throws when it was ended before: whoever asks has looked. */
  end(key: string, end: { readonly at: number; readonly by?: string }): void
}
