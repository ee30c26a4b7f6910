import { z } from 'zod'
import { scribe, text, word } from './work-request.ts'

/** What may be said of the first response to an incident. */
export const RESPONSE_REQUEST = {
  /** `via`: the way it came, such as `cli`. */
  tick: z.strictObject({ ...scribe, item: word, via: word.max(20).exactOptional() }),
  update: z.strictObject({ ...scribe, text, next: word.exactOptional() }),
}
