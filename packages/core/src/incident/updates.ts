import type { Level } from '../journey/index.ts'

/** After how long the next update is due, milliseconds by level; absent: none is expected. */
export type UpdateEvery = Readonly<Partial<Record<Level, number>>>

/** What people were told last, and when they are told again. */
export type IncidentUpdates = {
  readonly last?: { readonly at: number; readonly by?: string; readonly text: string }
  /** Milliseconds; absent: nobody waits for one. */
  readonly due?: number
}

/** How an incident without a level is treated. */
export const USUAL_LEVEL: Level = 2
