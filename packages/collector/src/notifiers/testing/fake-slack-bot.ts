import { z } from 'zod'
import { BLOCKS, isEscaped, isShort } from './fake-slack.ts'
import { type LoopbackReceiver, type Received, type Reply, startReceiver } from './receiver.ts'

const text = z.string().min(1).max(4_000).refine(isEscaped, 'unescaped')
const channel = z.string().min(1)
const ts = z.string().regex(/^\d{10}\.\d{6}$/)

/** Arguments of the methods that we call ("Arguments" of each, docs.slack.dev), and no others. */
const METHODS = {
  '/api/chat.postMessage': z
    .strictObject({
      ...{ channel, text },
      blocks: BLOCKS.optional(),
      thread_ts: ts.optional(),
      reply_broadcast: z.boolean().optional(),
    })
    .refine(isShort, 'msg_blocks_too_long'),
  '/api/chat.update': z
    .strictObject({ channel: z.string().regex(/^C[A-Z0-9]+$/), ts, text, blocks: BLOCKS.optional() })
    .refine(isShort, 'msg_blocks_too_long'),
  '/api/chat.postEphemeral': z.strictObject({
    ...{ channel, text, user: z.string().regex(/^U[A-Z0-9]+$/) },
    thread_ts: ts.optional(),
  }),
} as const

/** Methods that read take their arguments in the address. */
const READS = {
  '/api/conversations.replies': z.strictObject({
    ...{ channel: z.string().regex(/^C[A-Z0-9]+$/), ts, oldest: ts, latest: ts },
    ...{ inclusive: z.literal('true'), limit: z.string().regex(/^\d{1,3}$/) },
  }),
  '/api/users.info': z.strictObject({ user: z.string().regex(/^U[A-Z0-9]+$/) }),
} as const

type Said = { readonly ts: string; readonly user?: string; readonly text: string; readonly thread_ts?: string }

type SlackCall = {
  readonly method: string
  readonly channel: string
  readonly text: string
  readonly ts?: string | undefined
  readonly thread_ts?: string | undefined
  readonly reply_broadcast?: boolean | undefined
  readonly blocks?: readonly object[] | undefined
  readonly user?: string
}

type FakeSlackBot = LoopbackReceiver & {
  /** Where its methods are. */
  readonly api: string
  /** What was taken, oldest first. */
  readonly calls: readonly SlackCall[]
  /** What was wrong with refused calls. */
  readonly faults: readonly string[]
  /** What a method answers once instead of what it would. */
  readonly script: Map<string, Reply[]>
  /** Messages of the channel by their time, as people see them. */
  readonly messages: Map<string, SlackCall>
  /** What people said, for whoever reads it, and their names by their ids. */
  readonly said: Said[]
  readonly names: Map<string, string>
}

export const BOT_TOKEN = 'xoxb-0000000000-bottokenbottoken'
const CHANNEL = 'C0123ABCD'

/** Slack's Web API as far as a bot needs it: it refuses by `ok: false`, as the real one does. */
export async function startFakeSlackBot(): Promise<FakeSlackBot> {
  const calls: SlackCall[] = []
  const faults: string[] = []
  const script = new Map<string, Reply[]>()
  const messages = new Map<string, SlackCall>()
  const said: Said[] = []
  const names = new Map<string, string>()
  const read = (path: string): Reply => {
    const { pathname, searchParams } = new URL(path, 'http://slack')
    const schema = Object.entries(READS).find(([known]) => known === pathname)?.[1]
    const given = schema?.safeParse(Object.fromEntries(searchParams))
    if (given === undefined) return refuse('invalid_post_type')
    if (!given.success) {
      faults.push(z.prettifyError(given.error))
      return refuse('invalid_arguments')
    }
    if ('user' in given.data) {
      const name = names.get(given.data.user)
      if (name === undefined) return refuse('user_not_found')
      return { status: 200, body: JSON.stringify({ ok: true, user: { profile: { display_name: name } } }) }
    }
    const { ts } = given.data
    const messages = said.filter((one) => one.ts === ts)
    if (messages.length === 0) return refuse('thread_not_found')
    return { status: 200, body: JSON.stringify({ ok: true, messages, has_more: false }) }
  }
  const judge = ({ method, path, headers, body }: Received): Reply => {
    const name = path.replace('/api/', '').replace(/\?.*/, '')
    const planned = script.get(name)?.shift()
    if (planned !== undefined) return planned
    if (headers['authorization'] !== `Bearer ${BOT_TOKEN}`) return refuse('invalid_auth')
    if (method === 'GET') return read(path)
    if (method !== 'POST' || !headers['content-type']?.startsWith('application/json'))
      return refuse('invalid_post_type')
    const schema = Object.entries(METHODS).find(([known]) => known === path)?.[1]
    const given = schema?.safeParse(JSON.parse(body))
    if (given === undefined) return { status: 404 }
    if (!given.success) {
      faults.push(z.prettifyError(given.error))
      return refuse('invalid_blocks')
    }
    const call: SlackCall = { method: name, ...given.data }
    if (name === 'chat.update' && !messages.has(call.ts ?? '')) return refuse('message_not_found')
    calls.push(call)
    const ts = call.ts ?? `1792471140.${String(messages.size + 1).padStart(6, '0')}`
    if (name !== 'chat.postEphemeral') messages.set(ts, call)
    return { status: 200, body: JSON.stringify({ ok: true, channel: CHANNEL, ts, message: given.data }) }
  }
  const receiver = await startReceiver(judge)
  return { ...receiver, api: `${receiver.url}/api`, calls, faults, script, messages, said, names }
}

export function refuse(error: string): Reply {
  return { status: 200, body: JSON.stringify({ ok: false, error }) }
}
