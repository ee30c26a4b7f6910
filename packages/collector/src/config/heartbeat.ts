import { entriesOf, type Problem, readPart } from '@tabiji/core/problem'
import { MINUTE } from '@tabiji/core/time'
import { z } from 'zod'
import type { Heartbeat } from './config.ts'
import { pause, twins } from './schema-parts.ts'
import { addressForm, fetchSecret } from './secret.ts'
import type { Surroundings } from './surroundings.ts'

export const heartbeatSchema = z.strictObject({ ...twins('url'), interval: pause.exactOptional() })

/** Where to say that all is well; nothing when nobody waits for it, or when a problem was added. */
export function resolveHeartbeat(document: unknown, around: Surroundings, problems: Problem[]): Heartbeat | undefined {
  const stated = entriesOf(document).get('heartbeat')
  if (stated === undefined) return undefined
  const url = fetchSecret(stated, 'url', ['heartbeat'], addressForm(around.isForbiddenAddress), around, problems)
  const part = readPart(heartbeatSchema, stated)
  return url === undefined || part === undefined ? undefined : { url, intervalMs: part.interval ?? MINUTE }
}
