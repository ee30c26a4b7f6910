import { isIP } from 'node:net'
import { entriesOf, expected, type Path, type Problem, problem, readPart } from '@tabiji/core/problem'
import type { z } from 'zod'
import { resolveAccess } from './access.ts'
import type { MailPlace, Receiver, Secret } from './config.ts'
import { parseMailbox, parseMailServer } from './mail-notation.ts'
import { isForbidden, SERVICE_ADDRESS } from './notation.ts'
import { receiverSchema } from './receiver-schema.ts'
import { addressForm, fetchSecret, passwordForm, type SecretForm, tokenForm, webhookSecretForm } from './secret.ts'
import type { Surroundings } from './surroundings.ts'
import { resolveTrust } from './trust.ts'

const SLACK_METHODS = 'https://slack.com/api'
const PAGERDUTY_EVENTS = 'https://events.pagerduty.com'

/** What a receiver is made from. `part` is absent when its shape is wrong, which was told; its secrets are fetched even so. */
type Given<Kind extends Receiver['kind']> = {
  readonly value: unknown
  readonly part: Extract<z.output<typeof receiverSchema>, { readonly kind: Kind }> | undefined
  readonly path: Path
  readonly around: Surroundings
  readonly problems: Problem[]
  fetch(name: string, form: SecretForm): Secret | undefined
}

const KINDS: { readonly [Kind in Receiver['kind']]: (given: Given<Kind>) => Receiver | undefined } = {
  webhook: ({ part, fetch, around }) => {
    const url = fetch('url', addressForm(around.isForbiddenAddress))
    const secret = fetch('secret', webhookSecretForm)
    if (part === undefined || url === undefined || secret === undefined) return undefined
    return { name: part.name, kind: 'webhook', url, secret }
  },
  slack: ({ part, fetch, around }) => {
    const url = fetch('url', addressForm(around.isForbiddenAddress))
    return part === undefined || url === undefined ? undefined : { name: part.name, kind: 'slack', url }
  },
  'slack-workflow': ({ part, fetch, around }) => {
    const url = fetch('url', addressForm(around.isForbiddenAddress))
    return part === undefined || url === undefined ? undefined : { name: part.name, kind: 'slack-workflow', url }
  },
  'slack-bot': ({ part, path, fetch, around, problems }) => {
    const token = fetch('token', tokenForm)
    if (part === undefined) return undefined
    const { name, channel, url: stated = SLACK_METHODS } = part
    problems.push(...forbidden(stated, [...path, 'url'], around))
    const url = stated.replace(/\/+$/, '')
    return token === undefined ? undefined : { name, kind: 'slack-bot', token, channel, url }
  },
  pagerduty: ({ part, path, fetch, around, problems }) => {
    const routingKey = fetch('routingKey', tokenForm)
    if (part === undefined) return undefined
    const { name, url: stated = PAGERDUTY_EVENTS } = part
    // Who copies it from PagerDuty's documents has the whole of it.
    const url = stated.replace(/(\/v2\/enqueue)?\/*$/, '')
    problems.push(...forbidden(url, [...path, 'url'], around))
    if (routingKey === undefined) return undefined
    return { name, kind: 'pagerduty', routingKey, url, ...(part.changes === true && { changes: true }) }
  },
  alertmanager: ({ value, part, path, around, problems }) => {
    const access = resolveAccess(value, path, around, problems)
    if (part === undefined) return undefined
    problems.push(...part.urls.flatMap((url, i) => forbidden(url, [...path, 'urls', i], around)))
    return { name: part.name, kind: 'alertmanager', urls: [...new Set(part.urls)], ...access }
  },
  email: (given) => {
    const server = mailPlace(given)
    const { part } = given
    if (part === undefined || server === undefined) return undefined
    const { name, from } = part
    return { name, kind: 'email', server, from, to: part.to.flatMap((text) => parseMailbox(text)?.address ?? []) }
  },
}

/** A receiver that is well-formed and whose secrets are there; what is wrong with it goes to `problems`. */
export function resolveReceiver(
  value: unknown,
  path: Path,
  around: Surroundings,
  problems: Problem[],
): readonly Receiver[] {
  const kind = entriesOf(value).get('kind')
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) return []
  // The part, when there is one, is of this kind: the schema is chosen by it.
  const resolve = KINDS[kind as Receiver['kind']] as (given: Given<Receiver['kind']>) => Receiver | undefined
  const part = readPart(receiverSchema, value)
  const receiver = resolve({
    value,
    path,
    around,
    problems,
    part,
    fetch: (name, form) => fetchSecret(value, name, path, form, around, problems),
  })
  if (receiver === undefined) return []
  const limit = part !== undefined && 'limit' in part ? part.limit : undefined
  return [
    limit === undefined ? receiver : { ...receiver, limit: { notifications: limit.notifications, perMs: limit.per } },
  ]
}

function mailPlace({ value, part, path, around, problems, fetch }: Given<'email'>): MailPlace | undefined {
  const keys = entriesOf(value)
  const isSigning = ['username', 'passwordFile', 'passwordEnv'].some((key) => keys.has(key))
  const password = isSigning ? fetch('password', passwordForm) : undefined
  if (isSigning && !keys.has('username')) {
    problems.push(problem('CONFIG_SECRET', path, 'Expected a `username` beside the password'))
  }
  const trust = resolveTrust(keys.get('tls'), [...path, 'tls'], around, problems)
  const server = parseMailServer(part?.server ?? '')
  if (part === undefined || server === undefined) return undefined
  if (isIP(server.host) !== 0 && around.isForbiddenAddress(server.host)) {
    problems.push(expected('CONFIG_ADDRESS', [...path, 'server'], SERVICE_ADDRESS, part.server))
  }
  const { username } = part
  if (isSigning && (username === undefined || password === undefined)) return undefined
  return {
    ...server,
    ...(username !== undefined && password !== undefined && { login: { username, password } }),
    ...(trust !== undefined && { trust }),
  }
}

function forbidden(url: string, path: Path, { isForbiddenAddress }: Surroundings): readonly Problem[] {
  const address = new URL(url)
  if (!isForbidden(address, isForbiddenAddress)) return []
  return [expected('CONFIG_ADDRESS', path, SERVICE_ADDRESS, address.origin)]
}
