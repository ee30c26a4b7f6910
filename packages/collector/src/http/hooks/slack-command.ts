import type { ChatPlace, IncidentChat } from '../../ports/incident-chat.ts'
import type { ToldLine } from '../../ports/incident-timeline.ts'
import { maskSecrets } from '../../wire/masking.ts'
import { readSlackCommand, readSlackDecision, type SlackCommand } from '../../wire/slack-command.ts'
import { escapeSlackText } from '../../wire/slack-text.ts'
import { type Hook, type HookAnswer, type HookRequest, refusal } from '../hooks.ts'
import { SLACK_CHAT_WORDS, unclear } from '../slack-chat-words.ts'
import { admitSlack, SLACK_VIA, type SlackDoor } from '../slack-signature.ts'

export type SlackCommandOptions = SlackDoor & {
  readonly chat: Pick<IncidentChat, 'meant' | 'write' | 'last'>
  readonly language: 'en' | 'ja'
}

const MAX_BYTES = 64 * 1024
const SHOWN_LINES = 10

/** `/tabiji log | decide | show` in Slack: people write on the timeline where they work. Only who wrote it sees the answer. */
export function createSlackCommandHook(options: SlackCommandOptions): Hook {
  return { path: '/slack/commands', maxBytes: MAX_BYTES, receive: (request) => receive(options, request) }
}

async function receive(options: SlackCommandOptions, request: HookRequest): Promise<HookAnswer> {
  const admitted = admitSlack(options, request)
  if (!admitted.ok) return admitted.answer
  const { at, id } = admitted
  if (options.log.knows(SLACK_VIA, id)) return refusal(409, 'SLACK_REPEATED', 'This request has been taken already')
  const command = readSlackCommand(request.body.toString('utf8'))
  if (command === undefined) return refusal(400, 'SLACK_UNREADABLE', 'Expected a slash command')
  const text = await act(options, command)
  options.log.remember(SLACK_VIA, [id], at)
  return { status: 200, body: { response_type: 'ephemeral', text } }
}

/** @returns what is answered */
async function act({ chat, language }: SlackCommandOptions, command: SlackCommand): Promise<string> {
  const words = SLACK_CHAT_WORDS[language]
  const { verb, named, channel, channelName, happened, rest, by } = command
  if (verb === 'help' || (verb === 'log' && rest === '')) return words.usage
  const place: ChatPlace = { channel, channelName, ...(named !== undefined && { named }) }
  const meant = chat.meant(place)
  if (meant.kind !== 'found') return unclear(meant, words)
  const { key } = meant
  if (verb === 'show') {
    const last = chat.last(key, SHOWN_LINES)
    if (!last.ok) return words.refused(escapeSlackText(last.problems.map(({ message }) => message).join('; ')))
    if (last.value.length === 0) return words.noLines(key)
    return [words.lastLines(key), ...last.value.map((line) => shown(line, language))].join('\n')
  }
  const time = happened === undefined ? {} : { happened }
  const masked = await maskSecrets(rest)
  const decision = verb === 'decide' ? readSlackDecision(masked) : undefined
  if (verb === 'decide' && decision === undefined) return words.decisionParts
  const asked =
    decision === undefined
      ? ({ type: 'note', text: masked, via: 'slack', ...time } as const)
      : ({ type: 'decide', ...decision, via: 'slack', ...time } as const)
  const written = chat.write(key, asked, by)
  if (!written.ok) return words.refused(escapeSlackText(written.problems.map(({ message }) => message).join('; ')))
  const { id, text } = written.value
  return words.written(key, id, escapeSlackText(text[language]))
}

function shown({ id, at, by, text }: ToldLine, language: 'en' | 'ja'): string {
  const who = by === undefined ? '' : ` ${escapeSlackText(by)}:`
  return `• ${at.slice(11, 16)} \`${id}\`${who} ${escapeSlackText(text[language].replaceAll('\n', ' '))}`
}
