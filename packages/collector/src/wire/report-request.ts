import { z } from 'zod'
import { scribe, text, word } from './work-request.ts'

/** What may be said about monthly reports, by what is said. */
export const REPORT_REQUEST = {
  comment: z.strictObject({ ...scribe, journey: word, text }),
  headline: z.strictObject({ ...scribe, text: z.string().exactOptional() }),
  ask: z.strictObject({
    ...scribe,
    month: word,
    text,
    why: z.string().exactOptional(),
    journey: word.exactOptional(),
    owner: word.exactOptional(),
    due: word.exactOptional(),
  }),
  answer: z.strictObject({
    ...scribe,
    state: z.enum(['agreed', 'declined', 'done']),
    text: z.string().exactOptional(),
  }),
  except: z.strictObject({ ...scribe, journey: word, until: word, reason: text }),
  issue: z.strictObject({
    ...scribe,
    reason: z.string().exactOptional(),
    partMonth: z.boolean().default(false),
    withPeople: z.boolean().default(false),
  }),
  reissue: z.strictObject({
    ...scribe,
    reason: text,
    partMonth: z.boolean().default(false),
    withPeople: z.boolean().default(false),
  }),
  draft: z.strictObject(scribe),
  diff: z.strictObject({
    from: z.coerce.number().int().min(1).max(10_000),
    to: z.coerce.number().int().min(1).max(10_000),
  }),
}
