import { MINUTE } from '@tabiji/core/time'
import { z } from 'zod'
import type { OpeningRules } from './config.ts'
import { patience } from './schema-parts.ts'
import { updateEverySchema } from './updates.ts'

export const incidentsSchema = z.strictObject({
  openOn: z.enum(['page', 'never'], { error: '`page` or `never`' }).exactOptional(),
  joinWithin: patience.exactOptional(),
  updateEvery: updateEverySchema.exactOptional(),
})

/** Which alerts open incidents, and which join one that is open. */
export function resolveIncidents(stated: z.output<typeof incidentsSchema> = {}): OpeningRules {
  return { openOn: stated.openOn ?? 'page', joinWithinMs: stated.joinWithin ?? 30 * MINUTE }
}
