import { ROLES, STATUSES } from '@tabiji/core/incident'
import { z } from 'zod'
import { scribe, text, word, words } from './work-request.ts'

const role = z.enum(ROLES)

/** Who does what in an incident, and how far they are. `resolved` has a request of its own. */
export const INCIDENT_HANDS_REQUEST = {
  role: z.strictObject({ ...scribe, role, name: word.exactOptional() }),
  handover: z.strictObject({ ...scribe, role: role.default('lead'), to: word, note: text }),
  join: z.strictObject({ ...scribe, episodes: words }),
  leave: z.strictObject({ ...scribe, episodes: words, reason: text }),
  merge: z.strictObject({ ...scribe, into: word, reason: text }),
  status: z.strictObject({
    ...scribe,
    status: z
      .enum(STATUSES)
      .exclude(['resolved'], { error: `investigating, identified or monitoring; the end is told with resolve` }),
    note: z.string().exactOptional(),
  }),
}
