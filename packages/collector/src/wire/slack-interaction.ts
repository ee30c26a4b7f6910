import { z } from 'zod'

/** Names of our buttons in Slack, as they come back when one is pressed. A link's is followed by a number. */
export const SLACK_ACTION = {
  acknowledge: 'tabiji_acknowledge',
  openIncident: 'tabiji_open_incident',
  link: 'tabiji_link',
} as const

/** What the value of a button says: whose it is, and of which alert. Neither has a space in it. */
export function pressValue(receiver: string, episode: string): string {
  return `${receiver} ${episode}`
}

/** The reverse of {@link pressValue}. */
export function readPressValue(value: string): { readonly receiver: string; readonly episode: string } | undefined {
  const [receiver, episode, more] = value.split(' ')
  return receiver && episode && more === undefined ? { receiver, episode } : undefined
}

/** A button that somebody pressed in Slack. */
export type SlackPress = {
  /** The button's name. */
  readonly action: string
  readonly value: string
  readonly channel: string
  readonly user: { readonly id: string; readonly name: string }
}

const id = z.string().regex(/^[A-Z0-9]{2,40}$/)

const document = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id, username: z.string().max(200).nullish(), name: z.string().max(200).nullish() }),
  container: z.object({ channel_id: id }),
  actions: z
    .array(z.object({ action_id: z.string().min(1).max(255), value: z.string().max(2_000).nullish() }))
    .length(1),
})

/**
 * Reads the form that Slack posts: `payload`, JSON of the type `block_actions`.
 *
 * @returns the press, or where it is not as it should be
 */
export function readSlackInteraction(
  body: string,
): { readonly ok: true; readonly press: SlackPress } | { readonly ok: false; readonly where: string } {
  const payload = parse(new URLSearchParams(body).get('payload'))
  if (payload === undefined) return { ok: false, where: 'payload' }
  const read = document.safeParse(payload)
  if (!read.success) return { ok: false, where: ['payload', ...(read.error.issues[0]?.path ?? [])].join('.') }
  const { user, container, actions } = read.data
  const [action] = actions
  if (action === undefined) return { ok: false, where: 'payload.actions' }
  return {
    ok: true,
    press: {
      action: action.action_id,
      value: action.value ?? '',
      channel: container.channel_id,
      user: { id: user.id, name: user.name || user.username || user.id },
    },
  }
}

function parse(text: string | null): unknown {
  try {
    const payload = JSON.parse(text ?? '') as unknown
    return typeof payload === 'object' && payload !== null ? payload : undefined
  } catch {
    return undefined
  }
}
