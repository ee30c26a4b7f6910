import { parseDuration } from '@tabiji/core/time'
import { z } from 'zod'
import { ADDRESS_FORM, parseAddress, parseSeconds } from './notation.ts'

export const text = z.string().trim().min(1, { error: 'a text' }).max(500, { error: 'at most 500 characters' })
export const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, {
  error: 'a name of at most 63 letters, digits, dots, hyphens and underscores',
})

/** A text that a function reads; what it reads becomes the value. */
export function read<T>(parse: (text: string) => T | undefined, what: string) {
  return z.string({ error: what }).transform((given, context): T => {
    const value = parse(given)
    if (value !== undefined) return value
    context.issues.push({ code: 'custom', input: given, message: what })
    return z.NEVER
  })
}

export const between = (least: number, most: number) => (given: string) => {
  const ms = parseDuration(given)
  return ms !== undefined && ms >= least && ms <= most ? ms : undefined
}
export const pause = read(between(100, 3_600_000), 'a duration from `100ms` to `1h`, such as `15s`')
export const patience = read(between(1, 3_600_000), 'a duration up to `1h`, such as `5s`')
export const wholeSeconds = read(parseSeconds, 'a duration of whole seconds such as `15s`, `1m` or `3d`')
export const address = read((given) => parseAddress(given)?.href, ADDRESS_FORM)

/** The twin keys under which a secret is named: a file that holds it, or a variable of the environment. */
export function twins<Name extends string>(of: Name) {
  const keys = { [`${of}File`]: text.exactOptional(), [`${of}Env`]: text.exactOptional() }
  return keys as { readonly [Key in `${Name}File` | `${Name}Env`]: z.ZodExactOptional<typeof text> }
}

export const tlsSchema = z.strictObject({
  caFile: text.exactOptional(),
  certFile: text.exactOptional(),
  keyFile: text.exactOptional(),
  serverName: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]{1,253}$/, { error: 'a host name' })
    .exactOptional(),
})

/** A token, or a user and a password; and whom a connection by TLS believes. */
export const access = {
  tls: tlsSchema.exactOptional(),
  username: text.exactOptional(),
  ...twins('token'),
  ...twins('password'),
}
