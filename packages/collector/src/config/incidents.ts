import { RESPONSE_GOALS, type ResponseGoals } from '@tabiji/core/fix'
import { DAY, MINUTE, SECOND } from '@tabiji/core/time'
import { z } from 'zod'
import type { OpeningRules } from './config.ts'
import { between, patience, read } from './schema-parts.ts'
import { updateEverySchema } from './updates.ts'

const goal = read(between(10 * SECOND, DAY), 'a duration from `10s` to `24h`, such as `5m`')

export const incidentsSchema = z.strictObject({
  openOn: z.enum(['page', 'never'], { error: '`page` or `never`' }).exactOptional(),
  joinWithin: patience.exactOptional(),
  updateEvery: updateEverySchema.exactOptional(),
  goals: z.strictObject({ detect: goal.exactOptional(), mitigate: goal.exactOptional() }).exactOptional(),
})

/** Which alerts open incidents, and which join one that is open. */
export function resolveIncidents(stated: z.output<typeof incidentsSchema> = {}): OpeningRules {
  return { openOn: stated.openOn ?? 'page', joinWithinMs: stated.joinWithin ?? 30 * MINUTE }
}

/** How soon incidents should be seen and over, from when the impact began; one that was later asks for a fix of that kind. */
export function resolveGoals({ goals = {} }: z.output<typeof incidentsSchema> = {}): ResponseGoals {
  return {
    detectMs: goals.detect ?? RESPONSE_GOALS.detectMs,
    mitigateMs: goals.mitigate ?? RESPONSE_GOALS.mitigateMs,
  }
}
