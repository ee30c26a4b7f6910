import { z } from 'zod'
import type { Level } from '../journey/index.ts'
import { count, instant, level, text } from './shapes.ts'

/** What was practised. Lengths are milliseconds from a drill's beginning. */
export type DrillMonth = {
  /** How many drills the policy wanted in the month; absent without a policy. */
  readonly planned?: number
  /** Journeys of tier 1, and those of them that were practised in the 90 days before the month's end. */
  readonly tierOne: { readonly journeys: number; readonly practised: number }
  /** Those that began in the month, oldest first. */
  readonly held: readonly DrillHeld[]
}

export type DrillHeld = {
  /** `D-0003`. */
  readonly key: string
  readonly journey: string
  readonly level: Level
  readonly what: string
  readonly startedAt: string
  readonly rangMs?: number
  readonly toldMs?: number
  readonly ackedMs?: number
  readonly resolvedMs?: number
}

export const drillMonth = z.object({
  planned: count.exactOptional(),
  tierOne: z.object({ journeys: count, practised: count }),
  held: z.array(
    z.object({
      key: text,
      journey: text,
      level,
      what: text,
      startedAt: instant,
      rangMs: count.exactOptional(),
      toldMs: count.exactOptional(),
      ackedMs: count.exactOptional(),
      resolvedMs: count.exactOptional(),
    }),
  ),
})
