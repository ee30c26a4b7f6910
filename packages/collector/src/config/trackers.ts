import { entriesOf, expected, itemsOf, type Problem, readPart } from '@tabiji/core/problem'
import { HOUR, MINUTE } from '@tabiji/core/time'
import { z } from 'zod'
import type { Secret } from './config.ts'
import { isForbidden, SERVICE_ADDRESS } from './notation.ts'
import { address, between, name, read, text, twins } from './schema-parts.ts'
import { fetchSecret, tokenForm } from './secret.ts'
import type { Surroundings } from './surroundings.ts'
import type { TrackerPlace } from './tracker-place.ts'

const repository = z.string().regex(/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/, {
  error: 'a repository as `owner/name`',
})

const common = {
  name,
  label: text.exactOptional(),
  interval: read(between(MINUTE, HOUR), 'a duration from `1m` to `1h`, such as `5m`').exactOptional(),
  ...twins('token'),
}
const github = z.strictObject({
  ...common,
  kind: z.literal('github'),
  url: address.exactOptional(),
  repositories: z
    .array(repository)
    .min(1, { error: 'a list with at least one repository' })
    .max(50, { error: 'a list of at most 50 repositories' }),
})
const jira = z.strictObject({
  ...common,
  kind: z.literal('jira'),
  url: address,
  project: z.string().regex(/^[A-Z][A-Z0-9_]{1,50}$/, { error: 'the key of a project, such as `SHOP`' }),
  // It is put in brackets, and its order would stand in the middle then.
  jql: z
    .string()
    .regex(/^(?!.*\border\s+by\b)[^\r\n]{1,1000}$/i, { error: 'a query on one line without `ORDER BY`' })
    .exactOptional(),
  issueType: text.exactOptional(),
  dropped: z.array(text).max(50, { error: 'a list of at most 50 resolutions' }).exactOptional(),
  email: z.email({ error: 'an e-mail address' }).max(200),
})
const trackerSchema = z.discriminatedUnion('kind', [github, jira], { error: '`github` or `jira`' })
export const trackersSchema = z.array(trackerSchema).max(10, { error: 'a list of at most 10 trackers' })

const DEFAULT = {
  ...{ url: 'https://api.github.com', label: 'permanent-fix', intervalMs: 5 * MINUTE, issueType: 'Task' },
  /** What Jira and its usual schemes have for what is not done, and what Japanese sites call it. */
  dropped: ["Won't Do", "Won't Fix", 'Declined', 'Duplicate', 'Cannot Reproduce', '対応しない', '重複', '再現不可'],
} as const

/** Where tickets of fixes are kept; what is wrong with a place goes to `problems`. */
export function resolveTrackers(document: unknown, around: Surroundings, problems: Problem[]): readonly TrackerPlace[] {
  const known = new Set<string>()
  return itemsOf(entriesOf(document).get('trackers')).flatMap((value, i): TrackerPlace[] => {
    const path = ['trackers', i]
    const token = fetchSecret(value, 'token', path, tokenForm, around, problems)
    const part = readPart(trackerSchema, value)
    if (part === undefined) return []
    const { name, url = DEFAULT.url } = part
    if (isForbidden(new URL(url), around.isForbiddenAddress)) {
      problems.push(expected('CONFIG_ADDRESS', [...path, 'url'], SERVICE_ADDRESS, url))
    }
    if (known.has(name)) {
      problems.push(expected('CONFIG_REPEATED', [...path, 'name'], 'a name that no other tracker has', name))
    }
    known.add(name)
    return token === undefined ? [] : [placeOf(part, token)]
  })
}

function placeOf(part: z.output<typeof trackerSchema>, token: Secret): TrackerPlace {
  const { name, url = DEFAULT.url, label = DEFAULT.label, interval: intervalMs = DEFAULT.intervalMs } = part
  const place = { name, url, label, intervalMs, token }
  if (part.kind === 'github') return { ...place, kind: 'github', repositories: part.repositories }
  const { project, email, issueType = DEFAULT.issueType, dropped = DEFAULT.dropped } = part
  const jql = part.jql ?? `project = "${project}" AND labels = "${label.replace(/["\\]/g, '\\$&')}"`
  return { ...place, kind: 'jira', project, jql, issueType, dropped, email }
}
