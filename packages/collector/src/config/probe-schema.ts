import { isPointer } from '@tabiji/core/probe'
import { z } from 'zod'
import { ADDRESS_FORM } from './notation.ts'
import { address, between, name, patience, pause, read, text, twins } from './schema-parts.ts'

const pointer = z.string().refine(isPointer, { error: 'a JSON pointer such as `/items/0/id`' })
const pattern = read(parsePattern, 'a regular expression')
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'a text, a number, true, false or null',
})

function parsePattern(given: string): string | undefined {
  try {
    new RegExp(given, 'u')
    return given
  } catch {
    return undefined
  }
}

const jsonRule = z.union(
  [
    scalar.transform((equals) => ({ equals })),
    z.strictObject({ equals: scalar }),
    z.strictObject({ matches: pattern }),
    z.strictObject({ exists: z.boolean() }),
  ],
  { error: 'a value, or one of `equals`, `matches` and `exists`' },
)

const status = z.int({ error: 'a status from 100 to 599' }).min(100).max(599)
const oneOrMore = <Item extends z.ZodType>(item: Item) =>
  z.union([item.transform((one) => [one]), z.array(item).min(1)])
const slotName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, { error: 'a name such as `token`' })
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, { error: 'the name of a header' })
const headers = z.record(headerName, z.string())

/** What the connection itself says. */
const CONNECTIONS_OWN = /^(?:connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i
const sentHeaders = z.record(
  headerName.refine((name) => !CONNECTIONS_OWN.test(name), { error: 'a header that a request may choose' }),
  z.string(),
)

const origin = read((given) => {
  if (!URL.canParse(given)) return undefined
  const url = new URL(given)
  return /^https?:$/.test(url.protocol) && url.origin === given.replace(/\/$/, '') ? url.origin : undefined
}, 'an origin such as https://cdn.example.com')

/** Behind its origin an address may hold `${name}`; the origin itself is what the file says. */
const template = read((given) => {
  if (!/^https?:\/\/[^/?#]+/i.test(given) || /^https?:\/\/[^/?#]*[$@]/i.test(given)) return undefined
  return URL.canParse(given.replaceAll(/\$\{[^}]*\}/g, 'x')) ? given : undefined
}, `${ADDRESS_FORM}, with \`\${name}\` only behind its host`)

export const probeStepSchema = z.strictObject({
  step: text,
  method: z.literal(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
  url: template,
  headers: sentHeaders.default({}),
  json: z.json().optional(),
  form: z.record(z.string(), z.string()).exactOptional(),
  text: z.string().exactOptional(),
  within: patience.exactOptional(),
  timeout: patience.exactOptional(),
  poll: read(between(10, 60_000), 'a duration from `10ms` to `1m`').exactOptional(),
  expect: z
    .strictObject({
      status: oneOrMore(status).exactOptional(),
      headers: headers.default({}),
      json: z.record(pointer, jsonRule).default({}),
      contains: oneOrMore(z.string().min(1)).default([]),
    })
    .prefault({}),
  capture: z
    .record(slotName, z.union([z.strictObject({ json: pointer }), z.strictObject({ header: headerName })]))
    .default({}),
})

export const probeSchema = z.strictObject({
  name,
  journey: text,
  interval: pause.exactOptional(),
  timeout: patience.exactOptional(),
  secrets: z.record(slotName, z.strictObject(twins('value'))).default({}),
  caFile: text.exactOptional(),
  redirects: z
    .strictObject({ most: z.int().min(0).max(20).default(5), to: z.array(origin).max(20).default([]) })
    .prefault({}),
  certificate: read(between(0, 365 * 86_400_000), 'a duration up to `365d`, such as `14d`').exactOptional(),
  steps: z.array(probeStepSchema).min(1, { error: 'a list with at least one step' }).max(50),
})

export const probesSchema = z.strictObject({
  ...twins('key'),
  reference: z.array(address).max(10, { error: 'a list of at most 10 addresses' }).default([]),
  run: z.array(probeSchema).min(1, { error: 'a list with at least one probe' }).max(200),
})
