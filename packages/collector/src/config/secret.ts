import { entriesOf, isToldAsMisspelt, named, type Path, type Problem, problem } from '@tabiji/core/problem'
import type { Secret } from './config.ts'
import { ADDRESS_FORM, type AddressRule, isForbidden, parseAddress, SERVICE_ADDRESS } from './notation.ts'
import type { Rotation } from './rotation.ts'

/** Where secrets come from, and what reads them again. A file that cannot be read gives the reason, such as `ENOENT`. */
export type SecretSource = {
  readonly rotation: Pick<Rotation, 'keep'>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly readFile: (file: string) => { readonly text: string } | { readonly failure: string }
}

/** What a secret must be; tells what is wrong without holding any of it. */
export type SecretForm = (value: string) => string | undefined

/** Keys whose value would be a secret; their twins `…File` and `…Env` name it. */
const SECRET_KEYS: readonly string[] = ['secret', 'signingSecret', 'token', 'password', 'routingKey']

/**
 * Fetches a secret that is named by one of its twin keys (`tokenFile`, `tokenEnv`). Neither the value nor what stands
 * under the keys is ever told: somebody may have put the secret itself there.
 *
 * @param holder the object of the document with the twin keys
 * @returns `undefined` when it is not there or of the wrong form; then a problem was added
 */
export function fetchSecret(
  holder: unknown,
  name: string,
  path: Path,
  form: SecretForm,
  source: SecretSource,
  problems: Problem[],
): Secret | undefined {
  const [file, env] = [`${name}File`, `${name}Env`]
  const stated = [file, env].filter((key) => entriesOf(holder).has(key))
  const [key, second] = stated
  if (key === undefined || second !== undefined) {
    problems.push(...twinProblems(name, path, second !== undefined, problems))
    return undefined
  }
  const reference = entriesOf(holder).get(key)
  if (typeof reference !== 'string') return undefined
  const at = [...path, key]
  const read = () => (key === file ? fromFile(reference, at, source) : fromEnvironment(reference, at, source))
  return source.rotation.keep({ path: at, read, make: (found, told) => secretIn(found, at, form, told) }, problems)
}

function secretIn({ value, problem: wrong }: Found, at: Path, form: SecretForm, problems: Problem[]) {
  const reason = value === undefined ? undefined : form(value)
  const found = reason === undefined ? wrong : told(at, `to name a secret that is ${reason}`)
  if (found === undefined) return value
  problems.push(found)
  return undefined
}

type Found = { readonly value?: string; readonly problem?: Problem }

function fromFile(file: string, path: Path, source: SecretSource): Found {
  const read = source.readFile(file)
  if ('failure' in read) return { problem: told(path, `to name a file that can be read (${read.failure})`) }
  const value = read.text.replace(/\r?\n$/, '')
  return value.trim() === '' ? { problem: told(path, 'to name a file that is not empty') } : { value }
}

function fromEnvironment(variable: string, path: Path, { env }: SecretSource): Found {
  const value = Object.hasOwn(env, variable) ? env[variable] : undefined
  if (value === undefined || value.trim() === '') {
    return { problem: told(path, 'to name a variable of the environment that is set') }
  }
  return { value }
}

function told(path: Path, what: string): Problem {
  return problem('CONFIG_SECRET', path, `Expected ${named(path)} ${what}`)
}

function twinProblems(name: string, path: Path, isBoth: boolean, known: readonly Problem[]): readonly Problem[] {
  const what = `one of \`${name}File\` and \`${name}Env\``
  if (isBoth) return [problem('CONFIG_SECRET', path, `Expected ${named(path)} to have only ${what}`)]
  const isTold =
    known.some(({ code, path: at }) => code === 'CONFIG_SECRET_IN_FILE' && named(at) === named([...path, name])) ||
    isToldAsMisspelt([...path, `${name}File`], known) ||
    isToldAsMisspelt([...path, `${name}Env`], known)
  return isTold ? [] : [problem('CONFIG_SECRET', path, `Expected ${named(path)} to have ${what}`)]
}

/**
 * Turns what the check of the shape says into what may be said: a secret in the file is refused with the way out, and
 * no value is repeated that is, or that somebody may have taken for, the place of a secret.
 */
export function withoutSecrets(found: Problem): Problem {
  const { path, message, code } = found
  const key = String(path.at(-1))
  if (code === 'CONFIG_UNKNOWN_KEY' && isSecretKey(path)) {
    const hint = `put it into a file and name that, \`${key}File: …\`, or into the environment, \`${key}Env: …\``
    const text = `Expected ${named(path)} to stay out of this file, because it is a secret`
    return problem('CONFIG_SECRET_IN_FILE', path, text, { part: 'key', hint })
  }
  return mayHoldSecret(path, message) ? { ...found, message: message.replace(/, got (?:.|\n)*$/, '') } : found
}

/**
 * Whether what stands at the path is a secret, or may be one by mistake: under the twin keys, under a key that sounds like
 * one, or as the user and password of an address.
 */
export function mayHoldSecret(path: Path, value: unknown): boolean {
  const soundsSecret = /(?:File|Env|secret|token|password|key)$/i.test(String(path.at(-1)))
  return soundsSecret || isSecretKey(path) || /:\/\/.*@/.test(String(value))
}

/** The address of a receiver, or of who waits for the heartbeat, is a secret too: whoever has it may post. So is what probes sign and sign in with. */
function isSecretKey(path: Path): boolean {
  const key = String(path.at(-1))
  const here =
    path[0] === 'receivers' || path[0] === 'heartbeat'
      ? ['url']
      : path[0] === 'probes'
        ? ['key', 'value', 'authorization', 'cookie']
        : []
  return SECRET_KEYS.includes(key) || here.includes(key.toLowerCase())
}

/** A bearer token or a routing key: something that can stand in a header, and that nobody guesses. */
export const tokenForm: SecretForm = (value) =>
  /^[\x21-\x7e]{16,500}$/.test(value) ? undefined : 'at least 16 letters, digits and signs without spaces'

/** An address that is a secret, such as a webhook's. */
export function addressForm(rule: AddressRule): SecretForm {
  return (value) => {
    const url = parseAddress(value)
    if (url === undefined) return ADDRESS_FORM
    return isForbidden(url, rule) ? SERVICE_ADDRESS : undefined
  }
}

/** What somebody else may have chosen: anything that a header can hold once it is in base64. */
export const passwordForm: SecretForm = (value) =>
  /^[^\p{Cc}]{1,500}$/u.test(value) ? undefined : 'at most 500 characters in one line'

/** Standard Webhooks: `whsec_` and 24 to 64 random bytes in base64. */
export const webhookSecretForm: SecretForm = (value) => {
  const what = '`whsec_` followed by 24 to 64 bytes in base64'
  const match = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value)
  if (match === null) return what
  const { length } = Buffer.from(match[1] ?? '', 'base64')
  return length >= 24 && length <= 64 ? undefined : what
}
