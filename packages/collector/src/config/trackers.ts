import type { TicketRule } from '@tabiji/core/fix'
import type { Definition } from '@tabiji/core/journey'
import { entriesOf, expected, itemsOf, type Path, type Problem, problem, readPart } from '@tabiji/core/problem'
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

const project = z.string().regex(/^[A-Z][A-Z0-9_]{1,50}$/, { error: 'the key of a project, such as `SHOP`' })
const names = z.array(text).min(1, { error: 'a list with at least one name' }).max(100, { error: 'at most 100 names' })
const steps = z
  .array(z.string().regex(/^[^/\s]{1,100}\/[^/\s]{1,100}$/, { error: 'a step as `journey/step`' }))
  .min(1, { error: 'a list with at least one step' })
  .max(100, { error: 'at most 100 steps' })

/** What new tickets are about that go to a place. */
const conditions = { journeys: names.exactOptional(), teams: names.exactOptional(), steps: steps.exactOptional() }
const statesOne = (rule: object) => Object.keys(conditions).some((key) => key in rule)
const NONE = { error: 'a place with the `journeys`, `teams` or `steps` whose tickets go there' }
const rules = <Rule extends z.ZodType>(rule: Rule) => z.array(rule).max(100, { error: 'a list of at most 100 rules' })
const labels = z.array(text).max(50, { error: 'a list of at most 50 names' }).exactOptional()

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
  create: rules(z.strictObject({ repository, ...conditions }).refine(statesOne, NONE)).exactOptional(),
  blocked: z.strictObject({ labels }).exactOptional(),
  dueField: text.exactOptional(),
})
const jira = z.strictObject({
  ...common,
  kind: z.literal('jira'),
  url: address,
  project,
  create: rules(z.strictObject({ project, ...conditions }).refine(statesOne, NONE)).exactOptional(),
  // It is put in brackets, and its order would stand in the middle then.
  jql: z
    .string()
    .regex(/^(?!.*\border\s+by\b)[^\r\n]{1,1000}$/i, { error: 'a query on one line without `ORDER BY`' })
    .exactOptional(),
  issueType: text.exactOptional(),
  dropped: z.array(text).max(50, { error: 'a list of at most 50 resolutions' }).exactOptional(),
  blocked: z
    .strictObject({
      labels,
      statuses: labels,
      flag: z
        .string()
        .regex(/^customfield_\d{1,10}$/, { error: 'the id of a field, such as `customfield_10021`' })
        .exactOptional(),
    })
    .exactOptional(),
  email: z.email({ error: 'an e-mail address' }).max(200),
})
const trackerSchema = z.discriminatedUnion('kind', [github, jira], { error: '`github` or `jira`' })
export const trackersSchema = z.array(trackerSchema).max(10, { error: 'a list of at most 10 trackers' })

const DEFAULT = {
  url: 'https://api.github.com',
  label: 'permanent-fix',
  intervalMs: 5 * MINUTE,
  issueType: 'Task',
  /** What Jira and its usual schemes have for what is not done, and what Japanese sites call it. */
  dropped: ["Won't Do", "Won't Fix", 'Declined', 'Duplicate', 'Cannot Reproduce', '対応しない', '重複', '再現不可'],
} as const

const BLOCKED = ['blocked']

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
    if (part.kind === 'github') problems.push(...notFollowed(part, path))
    return token === undefined ? [] : [placeOf(part, token)]
  })
}

/** A ticket in a repository that is not read would be lost from sight at once. */
function notFollowed({ repositories, create = [] }: z.output<typeof github>, path: Path): readonly Problem[] {
  return create.flatMap(({ repository: place }, i) =>
    repositories.includes(place)
      ? []
      : [expected('CONFIG_UNKNOWN', [...path, 'create', i, 'repository'], 'one of `repositories`', place)],
  )
}

function placeOf(part: z.output<typeof trackerSchema>, token: Secret): TrackerPlace {
  const { name, url = DEFAULT.url, label = DEFAULT.label, interval: intervalMs = DEFAULT.intervalMs } = part
  const place = { name, url, label, intervalMs, token }
  if (part.kind === 'github') {
    const { repositories, blocked, dueField, create = [] } = part
    const [first = '', ...others] = repositories
    return {
      ...place,
      kind: 'github',
      repositories: [first, ...others],
      blocked: blocked?.labels ?? BLOCKED,
      ...(dueField !== undefined && { dueField }),
      create: create.map(({ repository, ...rule }): TicketRule => ({ place: repository, ...rule })),
    }
  }
  const { project: usual, email, issueType = DEFAULT.issueType, dropped = DEFAULT.dropped, create = [] } = part
  const { labels = BLOCKED, statuses = [], flag } = part.blocked ?? {}
  const places = [usual, ...new Set(create.map(({ project }) => project).filter((one) => one !== usual))] as const
  return {
    ...place,
    kind: 'jira',
    places,
    jql: part.jql ?? queryOf(places, label),
    issueType,
    dropped,
    email,
    blocked: { labels, statuses, ...(flag !== undefined && { flag }) },
    create: create.map(({ project, ...rule }): TicketRule => ({ place: project, ...rule })),
  }
}

/** All projects in which tickets are created are read, too. */
function queryOf(projects: readonly string[], label: string): string {
  const quoted = projects.map((one) => `"${one}"`)
  const where = quoted.length === 1 ? `project = ${quoted.join()}` : `project in (${quoted.join(', ')})`
  return `${where} AND labels = "${label.replace(/["\\]/g, '\\$&')}"`
}

/** Rules that can never fit, because the journeys file has no such name. */
export function ticketRuleProblems(
  trackers: readonly Pick<TrackerPlace, 'create'>[],
  { journeys }: Definition,
): readonly Problem[] {
  const known = {
    journeys: new Set(journeys.map(({ name }) => name)),
    teams: new Set(journeys.flatMap(({ owner = [] }) => owner)),
    steps: new Set(journeys.flatMap((journey) => journey.steps.map(({ name }) => `${journey.name}/${name}`))),
  }
  const kinds = ['journeys', 'teams', 'steps'] as const
  return trackers.flatMap(({ create }, i) =>
    create.flatMap((rule, j) =>
      kinds.flatMap((kind) =>
        (rule[kind] ?? []).flatMap((name, k) => {
          if (known[kind].has(name)) return []
          const message = `The journeys file has no ${kind.slice(0, -1)} ${name}, so no ticket goes to ${rule.place} for it`
          return [
            problem('CONFIG_TICKETS_OF_NOBODY', ['trackers', i, 'create', j, kind, k], message, {
              severity: 'warning',
            }),
          ]
        }),
      ),
    ),
  )
}
