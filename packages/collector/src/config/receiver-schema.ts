import { z } from 'zod'
import { MAIL_SERVER_FORM, MAILBOX_FORM, parseMailbox, parseMailServer } from './mail-notation.ts'
import { access, address, name, read, text, tlsSchema, twins } from './schema-parts.ts'

const mailbox = read((given) => (parseMailbox(given) === undefined ? undefined : given.trim()), MAILBOX_FORM)

const channel = z
  .string()
  .regex(/^#?[\p{L}\p{N}._-]{1,80}$/u, { error: 'a channel such as `C0123ABCD`, or `#alerts` in quotes' })

const SCHEMAS = [
  z.strictObject({ name, kind: z.literal('webhook'), ...twins('url'), ...twins('secret') }),
  z.strictObject({ name, kind: z.literal('slack'), ...twins('url') }),
  z.strictObject({ name, kind: z.literal('slack-workflow'), ...twins('url') }),
  z.strictObject({ name, kind: z.literal('slack-bot'), ...twins('token'), channel, url: address.exactOptional() }),
  z.strictObject({
    name,
    kind: z.literal('pagerduty'),
    ...twins('routingKey'),
    url: address.exactOptional(),
    changes: z.boolean({ error: '`true` or `false`' }).exactOptional(),
  }),
  z.strictObject({
    name,
    kind: z.literal('alertmanager'),
    urls: z
      .array(address)
      .min(1, { error: 'a list with the address of every member' })
      .max(10, { error: 'a list of at most 10 addresses' }),
    ...access,
  }),
  z.strictObject({
    name,
    kind: z.literal('email'),
    server: read((given) => (parseMailServer(given) === undefined ? undefined : given), MAIL_SERVER_FORM),
    from: mailbox,
    to: z
      .array(mailbox)
      .min(1, { error: 'a list with at least one address' })
      .max(50, { error: 'a list of at most 50 addresses' }),
    username: text.exactOptional(),
    ...twins('password'),
    tls: tlsSchema.exactOptional(),
  }),
] as const

const KINDS = SCHEMAS.map(({ shape }) => JSON.stringify(shape.kind.value))

/** A way to people, by its kind. */
export const receiverSchema = z.discriminatedUnion('kind', SCHEMAS, { error: KINDS.join(' or ') })
