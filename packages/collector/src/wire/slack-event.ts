import { z } from 'zod'

/** A pin that somebody put on a message, or took off. */
export type SlackPin = {
  readonly id: string
  readonly isAdded: boolean
  readonly user: string
  readonly channel: string
  readonly ts: string
  /** When, as Slack writes it. */
  readonly moment: string
}

/** What Slack's Events API sends, as far as we listen. */
export type SlackEvent =
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'pin'; readonly pin: SlackPin }
  /** Of a kind that we do not listen to. */
  | { readonly kind: 'other' }

/** 📌 as Slack calls it. */
const PIN = 'pushpin'

const ts = z.string().regex(/^\d{1,12}\.\d{1,6}$/)
const challenge = z.object({ type: z.literal('url_verification'), challenge: z.string().min(1).max(500) })
const callback = z.object({
  type: z.literal('event_callback'),
  event_id: z.string().min(1).max(100),
  event: z.looseObject({ type: z.string() }),
})
const reaction = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: z.string().regex(/^[A-Z0-9]{2,40}$/),
  reaction: z.string(),
  item: z.object({ type: z.literal('message'), channel: z.string().regex(/^[A-Z0-9]{2,40}$/), ts }),
  event_ts: ts,
})

/** @returns nothing when it is no event of Slack */
export function readSlackEvent(body: string): SlackEvent | undefined {
  const document = parse(body)
  const asked = challenge.safeParse(document)
  if (asked.success) return { kind: 'challenge', challenge: asked.data.challenge }
  const told = callback.safeParse(document)
  if (!told.success) return undefined
  const read = reaction.safeParse(told.data.event)
  if (!read.success || read.data.reaction !== PIN) return { kind: 'other' }
  const { type, user, item, event_ts: moment } = read.data
  const pin = {
    id: told.data.event_id,
    isAdded: type === 'reaction_added',
    user,
    channel: item.channel,
    ts: item.ts,
    moment,
  }
  return { kind: 'pin', pin }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
