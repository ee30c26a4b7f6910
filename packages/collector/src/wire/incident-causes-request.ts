import { z } from 'zod'
import { scribe, text, word } from './work-request.ts'

/** Why an incident happened. */
export const INCIDENT_CAUSES_REQUEST = {
  cause: z.strictObject({ ...scribe, id: word, text, bone: word, fix: word.exactOptional() }),
}
