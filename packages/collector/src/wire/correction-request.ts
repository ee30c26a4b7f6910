import { CORRECTION_CATEGORIES } from '@tabiji/core/budget'
import { z } from 'zod'
import { scribe, text, word, words } from './work-request.ts'

/** What may be said about a correction, by what is said. */
export const CORRECTION_REQUEST = {
  add: z.strictObject({
    ...scribe,
    journeys: words.default([]),
    objectives: words.default([]),
    from: word,
    to: word,
    rrule: word.exactOptional(),
    category: z.literal(CORRECTION_CATEGORIES).default('other'),
    reason: text,
    preview: z.boolean().default(false),
  }),
  withdraw: z.strictObject({ ...scribe, reason: text }),
  list: z.strictObject({ state: z.enum(['active', 'withdrawn', 'all']).default('all') }),
}
