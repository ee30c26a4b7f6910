import { z } from 'zod'
import { scribe, text, word } from './work-request.ts'

const happened = { at: word.exactOptional() }
const line = z.string().trim().min(1).max(200)

/** How many lines one request brings in; whoever has more sends several. */
export const MOST_IMPORTED = 50

/** What may be written on a timeline. `at` is when it was, as it was typed; absent: now. */
export const INCIDENT_LINES_REQUEST = {
  note: z.strictObject({ ...scribe, text, ...happened }),
  decide: z.strictObject({
    ...scribe,
    knew: text,
    options: z.array(z.string()).max(50).default([]),
    choice: text,
    why: text,
    ...happened,
  }),
  mark: z.strictObject({ ...scribe, line }),
  strike: z.strictObject({ ...scribe, line, reason: text }),
  import: z.strictObject({
    ...scribe,
    from: z.enum(['slack', 'shell']),
    lines: z
      .array(
        z.strictObject({
          identity: z.string().min(1).max(200),
          happenedAt: z.int().min(0),
          by: word.max(100).exactOptional(),
          text,
        }),
      )
      .min(1)
      .max(MOST_IMPORTED),
  }),
  /** How long before the impact it begins: a duration such as 1h. */
  timeline: z.strictObject({ before: z.string().max(20).default('1h') }),
}
