import { z } from 'zod'
import { type LoopbackReceiver, type Received, type Reply, startReceiver } from './receiver.ts'

const plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() })
const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max).refine(isEscaped, 'unescaped') })
const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  url: z.url({ protocol: /^https?$/ }).max(3_000),
  action_id: z.string().max(255).optional(),
})
const press = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: z.string().min(1).max(255),
  value: z.string().min(1).max(2_000),
  style: z.enum(['primary', 'danger']).optional(),
})
const option = z.strictObject({
  text: plain(75),
  value: z.string().min(1).max(150),
  description: plain(75).optional(),
})
const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    action_id: z.string().min(1).max(255),
    options: z.array(option).min(1).max(10),
    initial_options: z.array(option).min(1).max(10).optional(),
  })
  .refine(
    ({ options, initial_options = [] }) => initial_options.every((one) => options.some((other) => isSame(one, other))),
    'an initial option that is none of the options',
  )
const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z
    .strictObject({
      type: z.literal('section'),
      text: mrkdwn(3_000).optional(),
      fields: z.array(mrkdwn(2_000)).min(1).max(10).optional(),
    })
    .refine(({ text, fields }) => text !== undefined || fields !== undefined, 'an empty section'),
  z.strictObject({
    type: z.literal('actions'),
    block_id: z.string().min(1).max(255).optional(),
    elements: z
      .array(z.union([button, press, checkboxes]))
      .min(1)
      .max(25),
  }),
  z.strictObject({ type: z.literal('context'), elements: z.array(mrkdwn(3_000)).min(1).max(10) }),
])

/** Names of blocks and of what can be pressed may not be given twice within a message. */
export const BLOCKS = z
  .array(block)
  .max(50)
  .refine((blocks) => {
    const acting = blocks.flatMap((one) => (one.type === 'actions' ? [one] : []))
    const names = acting.flatMap(({ block_id }) => block_id ?? [])
    const actions = acting.flatMap(({ elements }) => elements.flatMap(({ action_id }) => action_id ?? []))
    return [names, actions].every((all) => new Set(all).size === all.length)
  }, 'a name that is given twice')

/** The body of an incoming webhook within the limits of "Reference: blocks" (docs.slack.dev), and our own total. */
const MESSAGE = z
  .strictObject({
    text: z.string().min(1).max(4_000).refine(isEscaped, 'unescaped'),
    blocks: BLOCKS.min(1).optional(),
  })
  .refine(isShort, 'msg_blocks_too_long')

type SlackMessage = z.infer<typeof MESSAGE>

export type FakeSlack = LoopbackReceiver & {
  /** The address of the incoming webhook. */
  readonly hook: string
  readonly messages: readonly SlackMessage[]
  /** What was wrong with refused messages. */
  readonly faults: readonly string[]
  /** Answers that come before the usual ones, one for each request. */
  readonly script: Reply[]
}

/** Slack's incoming webhook: takes what the documents allow, and refuses a message for a single part that they do not. */
export async function startFakeSlack(): Promise<FakeSlack> {
  const path = '/services/T0AAAAAAA/B0BBBBBBB/slacktokenslacktokenslac'
  const messages: SlackMessage[] = []
  const faults: string[] = []
  const script: Reply[] = []
  const judge = ({ method, path: asked, headers, body }: Received): Reply => {
    if (method !== 'POST' || asked !== path) return { status: 404, body: 'no_service' }
    if (!headers['content-type']?.startsWith('application/json')) return { status: 400, body: 'invalid_payload' }
    const message = MESSAGE.safeParse(JSON.parse(body))
    if (!message.success) {
      faults.push(z.prettifyError(message.error))
      return { status: 400, body: 'invalid_blocks' }
    }
    messages.push(message.data)
    return { status: 200, body: 'ok' }
  }
  const receiver = await startReceiver((received) => script.shift() ?? judge(received))
  return { ...receiver, hook: `${receiver.url}${path}`, messages, faults, script }
}

/** Only escapes and tokens that we write may hold a sign of Slack's markup: a journey's title must not call a channel. */
export function isEscaped(text: string): boolean {
  const bare = text.replace(/<!date\^\d+\^[^|<>]*\|[^|<>]*>/g, '').replace(/&(amp|lt|gt);/g, '')
  return !/[&<>]/.test(bare)
}

/** Slack's limit of a whole message is not documented; ours is. */
export function isShort(message: unknown): boolean {
  return stringsIn(message).join('').length <= 10_000
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
