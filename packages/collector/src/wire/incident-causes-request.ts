import { POSTMORTEM_STATES } from '@tabiji/core/incident'
import { z } from 'zod'
import { scribe, text, word } from './work-request.ts'

const place = { fix: word.exactOptional(), under: word.exactOptional() }
const cause = { id: word, text, bone: word, ...place }

/** Why an incident happened, and how far its postmortem is. */
export const INCIDENT_CAUSES_REQUEST = {
  /** What is under another cause lies on that one's bone. */
  cause: z.strictObject({ ...scribe, ...cause, bone: z.string().trim().max(200).default('') }),
  removal: z.strictObject({ ...scribe, id: word, reason: text }),
  postmortem: z.strictObject({
    ...scribe,
    state: z.enum(POSTMORTEM_STATES),
    owner: word.exactOptional(),
    file: word.exactOptional(),
    noFix: z.string().exactOptional(),
    causes: z.array(z.strictObject(cause)).max(100).exactOptional(),
  }),
}
