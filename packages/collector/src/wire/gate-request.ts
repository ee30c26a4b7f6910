import { SILENCE_STATES } from '@tabiji/core/alert'
import { z } from 'zod'
import { scribe, text, word, words } from './work-request.ts'

/** What may be said about a silence, by what is said. */
export const SILENCE_REQUEST = {
  add: z.strictObject({
    ...scribe,
    matchers: words.default([]),
    owner: text,
    reason: text,
    from: word.exactOptional(),
    to: word.exactOptional(),
    for: word.exactOptional(),
    untilIdle: word.exactOptional(),
    preview: z.boolean().default(false),
  }),
  extend: z.strictObject({ ...scribe, to: word.exactOptional(), for: word.exactOptional(), reason: text }),
  end: z.strictObject({ ...scribe, reason: text }),
  list: z.strictObject({ state: z.enum([...SILENCE_STATES, 'live', 'all']).default('live') }),
}

/** What may be said about maintenance. */
export const MAINTENANCE_REQUEST = {
  add: z.strictObject({
    ...scribe,
    journeys: words.default([]),
    from: word,
    to: word,
    rrule: word.exactOptional(),
    reason: text,
  }),
  end: z.strictObject(scribe),
  list: z.strictObject({ state: z.enum(['live', 'all']).default('live') }),
}
