import type { ChatDesk, IncidentChat } from '../../ports/incident-chat.ts'
import { maskSecrets } from '../../wire/masking.ts'
import { readSlackEvent, type SlackPin } from '../../wire/slack-event.ts'
import { escapeSlackText, plainSlackText } from '../../wire/slack-text.ts'
import { type Hook, type HookAnswer, type HookRequest, refusal } from '../hooks.ts'
import { SLACK_CHAT_WORDS, unclear } from '../slack-chat-words.ts'
import { admitSlack, SLACK_VIA, type SlackDoor } from '../slack-signature.ts'

export type SlackPinOptions = SlackDoor & {
  readonly chat: Pick<IncidentChat, 'meant' | 'pin' | 'unpin'>
  readonly desk: ChatDesk
  readonly language: 'en' | 'ja'
}

const MAX_BYTES = 64 * 1024
const MAX_TEXT = 2_000
const TAKEN: HookAnswer = { status: 200 }

/** 📌 on a message in Slack takes it over into the timeline; taken off, the line is struck out. */
export function createSlackPinHook(options: SlackPinOptions): Hook {
  return { path: '/slack/events', maxBytes: MAX_BYTES, receive: (request) => receive(options, request) }
}

async function receive(options: SlackPinOptions, request: HookRequest): Promise<HookAnswer> {
  const admitted = admitSlack(options, request)
  if (!admitted.ok) return admitted.answer
  const event = readSlackEvent(request.body.toString('utf8'))
  if (event === undefined) return refusal(400, 'SLACK_UNREADABLE', 'Expected an event of Slack')
  if (event.kind === 'challenge') return { status: 200, body: { challenge: event.challenge } }
  if (event.kind === 'other') return TAKEN
  // Slack repeats an event until it is answered, each time with another signature: the event's own id tells.
  const id = `event ${event.pin.id}`
  if (options.log.knows(SLACK_VIA, id)) return TAKEN
  await (event.pin.isAdded ? pin(options, event.pin) : unpin(options, event.pin))
  options.log.remember(SLACK_VIA, [id], admitted.at)
  return TAKEN
}

async function pin({ chat, desk, language }: SlackPinOptions, { channel, ts, user, moment }: SlackPin): Promise<void> {
  const words = SLACK_CHAT_WORDS[language]
  // Who pinned it is told what came of it, but Slack waits three seconds only and is not held up by that.
  const say = (text: string) => void desk.whisper(channel, user, text)
  const message = await desk.message(channel, ts)
  if (message === undefined) return say(words.unseen)
  const meant = chat.meant({ channel, thread: message.thread ?? ts })
  if (meant.kind !== 'found') return say(unclear(meant, words))
  const text = (await maskSecrets(plainSlackText(message.text))).slice(0, MAX_TEXT)
  const by = message.by === undefined ? {} : { by: message.by }
  const line = { identity: `slack:${ts}`, happenedAt: Math.floor(Number(ts) * 1000), text, ...by }
  const taken = chat.pin(meant.key, line, moment)
  say(
    taken.ok
      ? words.pinned(meant.key)
      : words.refused(escapeSlackText(taken.problems.map((problem) => problem.message).join('; '))),
  )
}

async function unpin({ chat, desk, language }: SlackPinOptions, { ts, user }: SlackPin): Promise<void> {
  chat.unpin(`slack:${ts}`, SLACK_CHAT_WORDS[language].unpinned, await desk.nameOf(user))
}
