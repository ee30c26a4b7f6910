import { z } from 'zod'
import { MAIL_SERVER_FORM, MAILBOX_FORM, parseMailbox, parseMailServer } from './mail-notation.ts'
import { access, address, between, name, read, text, tlsSchema, twins } from './schema-parts.ts'

const mailbox = read((given) => (parseMailbox(given) === undefined ? undefined : given.trim()), MAILBOX_FORM)

const channel = z
  .string()
  .regex(/^#?[\p{L}\p{N}._-]{1,80}$/u, { error: 'a channel such as `C0123ABCD`, or `#alerts` in quotes' })

const limit = z
  .strictObject({
    notifications: z
      .int({ error: 'a whole number of messages' })
      .min(1, { error: 'at least 1' })
      .max(10_000, { error: 'at most 10000' }),
    per: read(between(60_000, 7 * 86_400_000), 'a duration from `1m` to `7d`, such as `1h`'),
  })
  .exactOptional()

const noLimit = (instead: string) =>
  z
    .never({
      error: `absent, because ${instead}; give a \`limit\` to the chats, webhooks and mailboxes that read notices`,
    })
    .exactOptional()

const SCHEMAS = [
  z.strictObject({ name, kind: z.literal('webhook'), ...twins('url'), ...twins('secret'), limit }),
  z.strictObject({ name, kind: z.literal('slack'), ...twins('url'), limit }),
  z.strictObject({ name, kind: z.literal('slack-workflow'), ...twins('url'), limit }),
  z.strictObject({
    name,
    kind: z.literal('slack-bot'),
    ...twins('token'),
    channel,
    url: address.exactOptional(),
    limit,
  }),
  z.strictObject({
    name,
    kind: z.literal('pagerduty'),
    ...twins('routingKey'),
    url: address.exactOptional(),
    changes: z.boolean({ error: '`true` or `false`' }).exactOptional(),
    limit: noLimit('what a pager is told calls people, and is never held back for its number'),
  }),
  z.strictObject({
    name,
    kind: z.literal('alertmanager'),
    urls: z
      .array(address)
      .min(1, { error: 'a list with the address of every member' })
      .max(10, { error: 'a list of at most 10 addresses' }),
    limit: noLimit(
      'an Alertmanager is told what is open and groups it by its own `group_interval` and `repeat_interval`',
    ),
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
    limit,
  }),
] as const

const KINDS = SCHEMAS.map(({ shape }) => JSON.stringify(shape.kind.value))

/** A way to people, by its kind. */
export const receiverSchema = z.discriminatedUnion('kind', SCHEMAS, { error: KINDS.join(' or ') })
