import { entriesOf, expected, itemsOf, type Path, type Problem, problem, readPart } from '@tabiji/core/problem'
import { SECOND } from '@tabiji/core/time'
import type { EnginePlace, Secret } from './config.ts'
import { isForbidden, SERVICE_ADDRESS } from './notation.ts'
import { engineSchema } from './schema.ts'
import { fetchSecret, passwordForm, tokenForm } from './secret.ts'
import type { Surroundings } from './surroundings.ts'
import { resolveTrust } from './trust.ts'

const DEFAULT = { interval: 30 * SECOND, delay: 30 * SECOND, timeout: 10 * SECOND, serviceLabel: 'job' } as const

/** The engines that are well-formed; what is wrong with the others goes to `problems`. */
export function resolveEngines(document: unknown, around: Surroundings, problems: Problem[]): readonly EnginePlace[] {
  const known = new Set<string>()
  return itemsOf(entriesOf(document).get('engines')).flatMap((value, i) => {
    const path = ['engines', i]
    const credentials = resolveCredentials(value, path, around, problems)
    const trust = resolveTrust(entriesOf(value).get('tls'), [...path, 'tls'], around, problems)
    const part = readPart(engineSchema, value)
    if (part === undefined) return []
    const { name, url, services, serviceLabel = DEFAULT.serviceLabel, match = {}, tenant } = part
    const { interval = DEFAULT.interval, delay = DEFAULT.delay, timeout = Math.min(DEFAULT.timeout, interval) } = part
    if (isForbidden(new URL(url), around.isForbiddenAddress)) {
      problems.push(expected('CONFIG_ADDRESS', [...path, 'url'], SERVICE_ADDRESS, url))
    }
    if (part.tls !== undefined && !url.startsWith('https:')) {
      problems.push(expected('CONFIG_TLS', [...path, 'url'], 'an https address, because `tls` is stated', url))
    }
    if (known.has(name)) {
      problems.push(expected('CONFIG_REPEATED', [...path, 'name'], 'a name that no other engine has', name))
    }
    known.add(name)
    return [
      {
        name,
        url,
        services: [...new Set(services)],
        serviceLabel,
        match,
        intervalMs: interval,
        delayMs: delay,
        timeoutMs: timeout,
        ...(tenant !== undefined && { tenant }),
        ...credentials,
        ...(trust !== undefined && { trust }),
      },
    ]
  })
}

type Credentials = Pick<EnginePlace, 'token' | 'basic'>

/** A bearer token, or a user and a password; not both, because a request has one header for them. */
export function resolveCredentials(value: unknown, path: Path, around: Surroundings, problems: Problem[]): Credentials {
  const keys = entriesOf(value)
  const has = (...names: string[]) => names.some((name) => keys.has(name))
  const isBasic = has('username', 'passwordFile', 'passwordEnv')
  if (has('tokenFile', 'tokenEnv')) {
    if (isBasic)
      problems.push(problem('CONFIG_SECRET', path, 'Expected a token, or a username and a password, got both'))
    const token = fetchSecret(value, 'token', path, tokenForm, around, problems)
    return token === undefined ? {} : { token }
  }
  if (!isBasic) return {}
  const password = fetchSecret(value, 'password', path, passwordForm, around, problems)
  const username = keys.get('username')
  if (username === undefined) {
    problems.push(problem('CONFIG_SECRET', path, 'Expected a `username` beside the password'))
  }
  return password === undefined || typeof username !== 'string' ? {} : { basic: basicOf(username, password) }
}

/** The text that stands in the header, which is as secret as the password in it. */
function basicOf(username: string, password: Secret): Secret {
  return () => Buffer.from(`${username}:${password()}`).toString('base64')
}
