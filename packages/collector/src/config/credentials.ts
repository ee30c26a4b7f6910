import { entriesOf, type Path, type Problem, problem } from '@tabiji/core/problem'
import type { Credentials } from '../wire/access.ts'
import type { Secret } from './config.ts'
import { fetchSecret, passwordForm, type SecretSource, tokenForm } from './secret.ts'

/** A bearer token, or a user and a password, as the value's keys name them; not both, because a request has one header for them. */
export function resolveCredentials(value: unknown, path: Path, around: SecretSource, problems: Problem[]): Credentials {
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
