import { ANNOTATION_KINDS } from '@tabiji/core/alert'
import { z } from 'zod'
import { scribe, text, word, words } from './work-request.ts'

/** What may be said about an annotation, by what is said. */
export const ANNOTATION_REQUEST = {
  add: z.strictObject({
    ...scribe,
    kind: z.literal(ANNOTATION_KINDS),
    title: text,
    service: word.exactOptional(),
    journeys: words.default([]),
    url: z.string().exactOptional(),
    at: word.exactOptional(),
  }),
  withdraw: z.strictObject({ ...scribe, reason: text }),
  list: z.strictObject({
    state: z.enum(['active', 'withdrawn', 'all']).default('active'),
    kind: z.literal(ANNOTATION_KINDS).exactOptional(),
    journey: word.exactOptional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
}
