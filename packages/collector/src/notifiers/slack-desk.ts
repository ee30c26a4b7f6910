import { z } from 'zod'
import type { ChatDesk, ChatMessage } from '../ports/incident-chat.ts'
import type { Outgoing } from '../wire/outgoing.ts'

type SlackBot = {
  readonly token: () => string
  /** Where Slack's methods are, without a slash at the end. */
  readonly url: string
}

/** Slack waits for three seconds in all, and there are up to two requests before it is answered. */
const TIMEOUT_MS = 1_200
const MAX_ANSWER_BYTES = 256 * 1024

const replies = z.object({
  ok: z.literal(true),
  messages: z.array(
    z.looseObject({
      ts: z.string(),
      text: z.string().default(''),
      thread_ts: z.string().optional(),
      user: z.string().optional(),
      username: z.string().optional(),
      bot_profile: z.looseObject({ name: z.string().optional() }).optional(),
    }),
  ),
})
const person = z.object({
  ok: z.literal(true),
  user: z.looseObject({
    real_name: z.string().optional(),
    profile: z.looseObject({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
  }),
})

/** A bot that reads the messages that people pin. It needs the rights `channels:history` (`groups:history`), `users:read` and `chat:write`. */
export function createSlackDesk(bot: SlackBot, outgoing: Outgoing): ChatDesk {
  const nameOf = async (user: string): Promise<string | undefined> => {
    const read = person.safeParse(await ask(bot, outgoing, 'users.info', { user })).data?.user
    const names = [read?.profile?.display_name, read?.profile?.real_name, read?.real_name]
    return names
      .map((name) => name?.trim())
      .find((name) => name)
      ?.slice(0, 100)
  }
  return {
    nameOf,
    message: async (channel, ts): Promise<ChatMessage | undefined> => {
      // A reply stands in the thread only; whatever stands in no thread is found as its own first message.
      const stretch = { channel, oldest: ts, latest: ts, inclusive: 'true', limit: '2' }
      const found = await ask(bot, outgoing, 'conversations.replies', { ...stretch, ts })
      if (found === undefined) throw new Error('Slack did not answer conversations.replies')
      const message = replies.safeParse(found).data?.messages.find((one) => one.ts === ts)
      if (message === undefined) return undefined
      const by =
        message.username?.trim() || message.bot_profile?.name?.trim() || (message.user && (await nameOf(message.user)))
      return {
        text: message.text,
        ...(message.thread_ts !== undefined && { thread: message.thread_ts }),
        ...(by && { by: by.slice(0, 100) }),
      }
    },
    whisper: async (channel, user, text) => {
      const request = {
        url: `${bot.url}/chat.postEphemeral`,
        method: 'POST',
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_ANSWER_BYTES,
        headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${bot.token()}` },
        body: JSON.stringify({ channel, user, text }),
      } as const
      await outgoing.send(request, AbortSignal.timeout(TIMEOUT_MS))
    },
  }
}

/** Methods that read take their arguments in the address. @returns nothing when nobody answered in time */
async function ask(
  { token, url }: SlackBot,
  outgoing: Outgoing,
  method: string,
  said: Readonly<Record<string, string>>,
): Promise<unknown> {
  const request = {
    url: `${url}/${method}?${new URLSearchParams(said)}`,
    method: 'GET',
    headers: { authorization: `Bearer ${token()}` },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_ANSWER_BYTES,
  } as const
  const sent = await outgoing.send(request, AbortSignal.timeout(TIMEOUT_MS))
  if (sent.kind !== 'answer' || sent.status >= 500 || sent.status === 429) return undefined
  try {
    return JSON.parse(sent.body) as unknown
  } catch {
    return undefined
  }
}
