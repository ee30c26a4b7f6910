import { z } from 'zod'

/** Names of our buttons in Slack, as they come back when one is pressed. A link's and a list's are followed by a number. */
export const SLACK_ACTION = {
  acknowledge: 'tabiji_acknowledge',
  openIncident: 'tabiji_open_incident',
  tick: 'tabiji_tick',
  role: 'tabiji_role',
  link: 'tabiji_link',
} as const

/** Slack takes no more boxes in one element. */
export const MOST_OPTIONS = 10

type Role = 'lead' | 'comms' | 'scribe'

/** The name of the button by which somebody takes a role. */
export function roleAction(role: Role): string {
  return `${SLACK_ACTION.role}_${role}`
}

/** The reverse of {@link roleAction}. */
export function readRoleAction(action: string): Role | undefined {
  return (['lead', 'comms', 'scribe'] as const).find((role) => action === roleAction(role))
}

/** What the value of a button says: whose it is, and of which alert or incident. Neither has a space in it. */
export function pressValue(receiver: string, about: string): string {
  return `${receiver} ${about}`
}

/** The reverse of {@link pressValue}. */
export function readPressValue(value: string): { readonly receiver: string; readonly about: string } | undefined {
  const [receiver, about, more] = value.split(' ')
  return receiver && about && more === undefined ? { receiver, about } : undefined
}

/** What boxes showed when somebody pressed one. */
export type TickBlock = {
  readonly receiver: string
  readonly incident: string
  /** How many events had been recorded of the incident. */
  readonly revision: number
  /** Which ten of its list. */
  readonly part: number
  /** Which of those were ticked, counted from 0. */
  readonly ticked: readonly number[]
}

/** The name of a block of boxes, at most 255 characters: it comes back with a press, and is another one for each state. */
export function tickBlock({ receiver, incident, revision, part, ticked }: TickBlock): string {
  return [receiver, incident, revision, part, ticked.join('')].join(' ')
}

/** The reverse of {@link tickBlock}. */
export function readTickBlock(block: string): TickBlock | undefined {
  const read = /^(\S{1,100}) (\S{1,40}) (\d{1,9}) (\d) ([0-9]{0,10})$/.exec(block)
  if (read === null) return undefined
  const [, receiver = '', incident = '', revision, part, ticked = ''] = read
  return { receiver, incident, revision: Number(revision), part: Number(part), ticked: [...ticked].map(Number) }
}

/** What somebody pressed in Slack: a button, or a box. */
export type SlackPress = {
  /** The name of the button, or of the boxes. */
  readonly action: string
  /** Of a button. */
  readonly value: string
  /** Of boxes: the name of their block, and the values of those that are ticked now. */
  readonly block: string
  readonly selected: readonly string[]
  readonly channel: string
  /** The message above, where the button is in a thread. */
  readonly thread?: string
  readonly user: { readonly id: string; readonly name: string }
}

const id = z.string().regex(/^[A-Z0-9]{2,40}$/)

const document = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id, username: z.string().max(200).nullish(), name: z.string().max(200).nullish() }),
  container: z.object({
    channel_id: id,
    thread_ts: z
      .string()
      .regex(/^\d{1,20}\.\d{1,20}$/)
      .nullish(),
  }),
  actions: z
    .array(
      z.object({
        action_id: z.string().min(1).max(255),
        block_id: z.string().max(255).nullish(),
        value: z.string().max(2_000).nullish(),
        selected_options: z
          .array(z.object({ value: z.string().max(150) }))
          .max(MOST_OPTIONS)
          .nullish(),
      }),
    )
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
      block: action.block_id ?? '',
      selected: (action.selected_options ?? []).map(({ value }) => value),
      channel: container.channel_id,
      ...(container.thread_ts && { thread: container.thread_ts }),
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
