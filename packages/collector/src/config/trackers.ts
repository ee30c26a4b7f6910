import { entriesOf, expected, itemsOf, type Problem, readPart } from '@tabiji/core/problem'
import { HOUR, MINUTE } from '@tabiji/core/time'
import { z } from 'zod'
import type { TrackerPlace } from './config.ts'
import { isForbidden, SERVICE_ADDRESS } from './notation.ts'
import { address, between, name, read, text, twins } from './schema-parts.ts'
import { fetchSecret, tokenForm } from './secret.ts'
import type { Surroundings } from './surroundings.ts'

const repository = z.string().regex(/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/, {
  error: 'a repository as `owner/name`',
})

const trackerSchema = z.strictObject({
  name,
  kind: z.literal('github', { error: '`github`' }),
  url: address.exactOptional(),
  repositories: z
    .array(repository)
    .min(1, { error: 'a list with at least one repository' })
    .max(50, { error: 'a list of at most 50 repositories' }),
  label: text.exactOptional(),
  interval: read(between(MINUTE, HOUR), 'a duration from `1m` to `1h`, such as `5m`').exactOptional(),
  ...twins('token'),
})
export const trackersSchema = z.array(trackerSchema).max(10, { error: 'a list of at most 10 trackers' })

const DEFAULT = { url: 'https://api.github.com', label: 'permanent-fix', intervalMs: 5 * MINUTE } as const

/** Where tickets of fixes are kept; what is wrong with a place goes to `problems`. */
export function resolveTrackers(document: unknown, around: Surroundings, problems: Problem[]): readonly TrackerPlace[] {
  const known = new Set<string>()
  return itemsOf(entriesOf(document).get('trackers')).flatMap((value, i): TrackerPlace[] => {
    const path = ['trackers', i]
    const token = fetchSecret(value, 'token', path, tokenForm, around, problems)
    const part = readPart(trackerSchema, value)
    if (part === undefined) return []
    const { name, url = DEFAULT.url, repositories, label = DEFAULT.label, interval = DEFAULT.intervalMs } = part
    if (isForbidden(new URL(url), around.isForbiddenAddress)) {
      problems.push(expected('CONFIG_ADDRESS', [...path, 'url'], SERVICE_ADDRESS, url))
    }
    if (known.has(name)) {
      problems.push(expected('CONFIG_REPEATED', [...path, 'name'], 'a name that no other tracker has', name))
    }
    known.add(name)
    return token === undefined ? [] : [{ name, url, repositories, label, intervalMs: interval, token }]
  })
}
