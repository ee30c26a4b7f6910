import type { KeptLine } from '@tabiji/core/incident'
import { z } from 'zod'
import { plainSlackText } from './slack-text.ts'

/** The longest file that is read: a thread of a long night has a few hundred kilobytes. */
export const MAX_SLACK_BYTES = 20 * 1024 * 1024
/** Cut short only after secrets are masked: half a secret is known by no rule. */
const MAX_TEXT = 20_000

const message = z.looseObject({
  type: z.string().optional(),
  subtype: z.string().optional(),
  ts: z.string().regex(/^\d{1,12}\.\d{1,6}$/),
  thread_ts: z.string().optional(),
  text: z.string().default(''),
  username: z.string().optional(),
  user_profile: z.looseObject({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
  bot_profile: z.looseObject({ name: z.string().optional() }).optional(),
})
const answer = z.looseObject({ messages: z.array(z.unknown()) })

/** Notices of Slack itself, such as who joined: nobody said them. */
const NOTICES = /^(?:channel_|group_|bot_add|bot_remove|pinned_item|reminder_add|tombstone|message_deleted)/

export type ReadExport =
  | { readonly ok: true; readonly lines: readonly KeptLine[]; readonly unread: number }
  | { readonly ok: false; readonly message: string; readonly hint: string }

/**
 * Reads a thread: what `conversations.replies` answers, or a day of a channel as it lies in Slack's own export (an array).
 *
 * @param thread the `ts` of its first message; absent: the only thread in the file
 * @returns messages in the order of the file; people as Slack shows them, and nobody where the file names none: an id names nobody
 */
export function readSlackThread(text: string, thread: string | undefined): ReadExport {
  const document = parse(text)
  const listed = Array.isArray(document) ? document : answer.safeParse(document).data?.messages
  if (listed === undefined) {
    const hint = 'save the answer of conversations.replies, or take the file of a day out of the export of Slack'
    return { ok: false, message: 'Expected JSON with messages of Slack', hint }
  }
  const messages = listed.flatMap((each) => message.safeParse(each).data ?? [])
  const threads = new Set(messages.flatMap(({ thread_ts }) => thread_ts ?? []))
  const chosen = thread ?? (threads.size === 1 ? [...threads][0] : undefined)
  if (chosen === undefined || !messages.some(({ ts, thread_ts }) => ts === chosen || thread_ts === chosen)) {
    const known = [...threads].slice(0, 20).join(', ') || 'none'
    const wrong = chosen === undefined ? `got ${threads.size}` : `and ${chosen} is none`
    return {
      ok: false,
      message: `Expected one thread, ${wrong}`,
      hint: `choose it with \`--thread TS\`; there are: ${known}`,
    }
  }
  const lines = messages
    .filter((one) => (one.ts === chosen || one.thread_ts === chosen) && !NOTICES.test(one.subtype ?? ''))
    .map((one): KeptLine => {
      const by = nameOf(one)
      return {
        identity: `slack:${one.ts}`,
        happenedAt: Math.floor(Number(one.ts) * 1000),
        text: plainSlackText(one.text).slice(0, MAX_TEXT),
        ...(by !== undefined && { by }),
      }
    })
    .filter((line) => line.text.trim() !== '')
  return { ok: true, lines, unread: listed.length - messages.length }
}

function nameOf({ user_profile, username, bot_profile }: z.output<typeof message>): string | undefined {
  const names = [user_profile?.display_name, user_profile?.real_name, username, bot_profile?.name]
  return names
    .map((name) => name?.trim())
    .find((name) => name !== undefined && name !== '')
    ?.slice(0, 100)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
