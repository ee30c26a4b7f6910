import { z } from 'zod'
import { instant, ppm, text } from './shapes.ts'

/** A journeys file that took effect in the month, and what it promises otherwise than the one before. */
export type DefinitionChange = {
  readonly at: string
  readonly fingerprint: string
  /** Targets that are others, by objective; absent in facts of a collector that did not compare. Without `before` it is new, without `after` it is gone. */
  readonly targets?: readonly { readonly objective: string; readonly beforePpm?: number; readonly afterPpm?: number }[]
}

export const definitionChange = z.object({
  at: instant,
  fingerprint: text,
  targets: z
    .array(z.object({ objective: text, beforePpm: ppm.exactOptional(), afterPpm: ppm.exactOptional() }))
    .exactOptional(),
})
