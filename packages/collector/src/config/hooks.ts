import { entriesOf, expected, type Problem, readPart } from '@tabiji/core/problem'
import { DAY, HOUR, MINUTE } from '@tabiji/core/time'
import { z } from 'zod'
import type { Hooks } from './config.ts'
import { between, name, read, twins } from './schema-parts.ts'
import { fetchSecret, type SecretForm, tokenForm } from './secret.ts'
import { DEFAULT_SEVERITIES, severitiesSchema } from './severities.ts'
import type { Surroundings } from './surroundings.ts'

const word = z.string().min(1).max(200)
const some = z.array(word).max(50, { error: 'a list of at most 50 names' })

const repositorySchema = z.strictObject({
  service: name,
  journeys: some.exactOptional(),
  environments: some.exactOptional(),
})

const githubSchema = z.strictObject({
  ...twins('secret'),
  repositories: z
    .record(
      z.string().regex(/^[A-Za-z0-9._-]{1,100}\/[A-Za-z0-9._-]{1,100}$/, { error: 'a repository such as `acme/shop`' }),
      repositorySchema,
    )
    .exactOptional(),
})

const alertmanagerSchema = z.strictObject({
  ...twins('token'),
  severities: severitiesSchema.exactOptional(),
  catchAll: word.exactOptional(),
  repeat: read(between(MINUTE, 7 * DAY), 'a duration from `1m` to `7d`, such as `4h`').exactOptional(),
})

/** What other systems may tell the collector, each under its own name. */
export const hooksSchema = z.strictObject({
  github: githubSchema.exactOptional(),
  alertmanager: alertmanagerSchema.exactOptional(),
  pagerduty: z.strictObject(twins('secret')).exactOptional(),
  slack: z.strictObject(twins('signingSecret')).exactOptional(),
})

/** An Alertmanager's own default. */
const REPEAT_MS = 4 * HOUR

/** The hooks whose secrets are there; what is wrong with the others goes to `problems`. */
export function resolveHooks(document: unknown, around: Surroundings, problems: Problem[]): Hooks {
  const root = entriesOf(document)
  const stated = entriesOf(root.get('hooks'))
  problems.push(...closedDoor(stated, entriesOf(root.get('listen'))))
  const github = resolveGithub(stated.get('github'), around, problems)
  const alertmanager = resolveAlertmanager(stated.get('alertmanager'), around, problems)
  const pagerduty = resolvePagerDuty(stated.get('pagerduty'), around, problems)
  const slack = resolveSlack(stated.get('slack'), around, problems)
  return {
    ...(github !== undefined && { github }),
    ...(alertmanager !== undefined && { alertmanager }),
    ...(pagerduty !== undefined && { pagerduty }),
    ...(slack !== undefined && { slack }),
  }
}

function resolveGithub(stated: unknown, around: Surroundings, problems: Problem[]): Hooks['github'] {
  if (stated === undefined) return undefined
  const secret = fetchSecret(stated, 'secret', ['hooks', 'github'], tokenForm, around, problems)
  const part = readPart(githubSchema, stated)
  if (part === undefined || secret === undefined) return undefined
  const repositories = new Map(
    Object.entries(part.repositories ?? {}).map(([repository, { service, journeys = [], environments = [] }]) => [
      repository.toLowerCase(),
      { service, journeys, environments },
    ]),
  )
  return { secret, repositories }
}

function resolveAlertmanager(stated: unknown, around: Surroundings, problems: Problem[]): Hooks['alertmanager'] {
  if (stated === undefined) return undefined
  const token = fetchSecret(stated, 'token', ['hooks', 'alertmanager'], tokenForm, around, problems)
  const part = readPart(alertmanagerSchema, stated)
  if (part === undefined || token === undefined) return undefined
  const { severities, catchAll, repeat = REPEAT_MS } = part
  return {
    token,
    severities: { ...DEFAULT_SEVERITIES, ...severities },
    repeatMs: repeat,
    ...(catchAll !== undefined && { catchAll }),
  }
}

function resolvePagerDuty(stated: unknown, around: Surroundings, problems: Problem[]): Hooks['pagerduty'] {
  if (stated === undefined) return undefined
  const secret = fetchSecret(stated, 'secret', ['hooks', 'pagerduty'], keysForm, around, problems)
  return secret === undefined ? undefined : { secret }
}

function resolveSlack(stated: unknown, around: Surroundings, problems: Problem[]): Hooks['slack'] {
  if (stated === undefined) return undefined
  const signingSecret = fetchSecret(stated, 'signingSecret', ['hooks', 'slack'], tokenForm, around, problems)
  return signingSecret === undefined ? undefined : { signingSecret }
}

/** While keys are exchanged there are two: the old one holds until the sender has the new one. */
const keysForm: SecretForm = (value) => {
  const keys = value.split(/\s+/).filter((key) => key !== '')
  const isFit = keys.length <= 5 && keys.every((key) => tokenForm(key) === undefined)
  return isFit
    ? undefined
    : 'one to five keys of at least 16 letters, digits and signs each, separated by spaces or lines'
}

/** A hook without a door hears nothing, and nobody would notice. */
function closedDoor(hooks: ReadonlyMap<string, unknown>, listen: ReadonlyMap<string, unknown>): readonly Problem[] {
  if (hooks.size === 0 || listen.has('hooks')) return []
  const hint = 'add `hooks: { port: 7072 }` under `listen`, and have the other system post there'
  return [
    expected('CONFIG_HOOKS_CLOSED', ['hooks'], '`listen.hooks`, the door that it comes in by', undefined, { hint }),
  ]
}
