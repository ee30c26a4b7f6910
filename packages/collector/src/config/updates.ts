import type { UpdateEvery } from '@tabiji/core/incident'
import { DAY, HOUR, MINUTE } from '@tabiji/core/time'
import { z } from 'zod'
import { between, read } from './schema-parts.ts'

const PAUSE = 'a duration from `5m` to `24h`, such as `30m`, or `false` for no reminder'
const pause = z.union([z.literal(false, { error: PAUSE }), read(between(5 * MINUTE, DAY), PAUSE)], { error: PAUSE })

/** After how long people are told again how it stands, by level. */
export const updateEverySchema = z.strictObject({
  1: pause.exactOptional(),
  2: pause.exactOptional(),
  3: pause.exactOptional(),
})

const DEFAULT_EVERY = { 1: 30 * MINUTE, 2: 4 * HOUR, 3: false } as const

export function resolveUpdateEvery(updateEvery: z.output<typeof updateEverySchema> = {}): UpdateEvery {
  const every = Object.entries({ ...DEFAULT_EVERY, ...updateEvery })
  return Object.fromEntries(every.filter(([, ms]) => ms !== false))
}
