import { POSTMORTEM_STATES } from '@tabiji/core/incident'
import { z } from 'zod'
import { scribe, text, word } from './work-request.ts'

const cause = { id: word, text, bone: word, fix: word.exactOptional() }

/** Why an incident happened, and how far its postmortem is. */
export const INCIDENT_CAUSES_REQUEST = {
  cause: z.strictObject({ ...scribe, ...cause }),
  postmortem: z.strictObject({
    ...scribe,
    state: z.enum(POSTMORTEM_STATES),
    owner: word.exactOptional(),
    file: word.exactOptional(),
    noFix: z.string().exactOptional(),
    causes: z.array(z.strictObject(cause)).max(100).exactOptional(),
  }),
}
