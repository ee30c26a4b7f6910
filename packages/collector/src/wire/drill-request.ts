import { z } from 'zod'
import { scribe, word } from './work-request.ts'

const level = z.literal([1, 2, 3]).default(1)

/** What may be said about a drill, by what is said. */
export const DRILL_REQUEST = {
  scenario: z.strictObject({
    ...scribe,
    level,
    journey: word,
    step: word.exactOptional(),
    outcome: z.literal(['error', 'slow']).default('error'),
    sharePpm: z.int().min(1).max(1_000_000).default(1_000_000),
    perMinute: z.int().min(1).max(1_000_000).default(60),
    lengthMs: z.int().min(1).default(900_000),
  }),
  replay: z.strictObject({ ...scribe, level, replay: word, journey: word.exactOptional() }),
  stop: z.strictObject(scribe),
}
