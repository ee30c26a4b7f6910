import { DUTY_STATES } from '@tabiji/core/postmortem'
import { z } from 'zod'
import { scribe, text, word } from './work-request.ts'

/** Postmortems that are owed. */
export const POSTMORTEM_REQUEST = {
  list: z.strictObject({ state: z.enum(['open', 'overdue', 'all', ...DUTY_STATES]).default('open') }),
  due: z.strictObject({ ...scribe, due: word, owner: word.exactOptional(), reason: text }),
}
