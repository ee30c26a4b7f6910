import type { Notifier } from '../ports/notifier.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { readAnswer } from './answers.ts'
import { clip } from './clip.ts'
import { type Field, type Message, plainText } from './message.ts'
import type { NotifierOptions } from './options.ts'
import { renderMessage } from './render.ts'

type SlackReceiver = { readonly name: string; readonly url: () => string }

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 4_000
/** "One message per second per channel", and "short bursts" are tolerated (docs.slack.dev, "Rate limits"). */
const PACE = { everyMs: 1_000, burst: 3 } as const

/**
 * Slack refuses the whole message when one part is too long (header 150, section 3,000, field 2,000, button text 75,
 * button address 3,000 characters; 50 blocks; 10 fields), and, undocumented, blocks of about 13,200 characters together
 * (slackapi/bolt-js, issue 2509). With all parts at these limits ours has less than 11,000.
 */
const LIMIT = {
  text: 700,
  header: 150,
  lead: 1_400,
  field: 300,
  notes: 900,
  footer: 600,
  button: 75,
  url: 1_200,
} as const
const MAX_FIELDS = 9
/** A digest has many fields and little else. */
const MAX_LINES = 15
const FIELDS_OF_SECTION = 10
/** A message of text alone; Slack advises 4,000. */
const MAX_PLAIN = 3_900

/** Words with which Slack refuses a webhook (docs.slack.dev, "Sending messages using incoming webhooks", errors). */
const ERRORS: readonly string[] = [
  'invalid_payload',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'no_text',
  'user_not_found',
  'too_many_attachments',
  'action_prohibited',
  'invalid_token',
  'posting_to_general_channel_denied',
  'channel_not_found',
  'no_service',
  'no_service_id',
  'no_active_hooks',
  'no_team',
  'team_disabled',
  'channel_is_archived',
  'rollup_error',
]

/** Slack by an incoming webhook. It can neither edit nor tell repeats, so a repeat is marked for the reader. */
export function createSlackNotifier(
  receiver: SlackReceiver,
  outgoing: Outgoing,
  { language, timeoutMs = TIMEOUT_MS }: NotifierOptions,
): Notifier {
  return {
    name: receiver.name,
    pace: PACE,
    groups: true,
    deliver: async (notification, attempt, signal) => {
      const message = renderMessage(notification, language, attempt.mayRepeat)
      const body = JSON.stringify(attempt.degraded ? plainBody(message) : blockBody(message))
      const headers = { 'content-type': 'application/json; charset=utf-8' }
      const request = {
        url: receiver.url(),
        method: 'POST',
        headers,
        body,
        timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
      } as const
      const result = await outgoing.send(request, signal)
      return readAnswer(result, attempt.at, {
        accepts: ({ status, body: answer }) => status === 200 && answer === 'ok',
        reason: ({ body: answer }) => ERRORS.find((word) => word === answer.trim()),
      })
    },
  }
}

function plainBody(message: Message): object {
  return { text: mrkdwn(plainText(message), MAX_PLAIN) }
}

/** Layout of a message. `text` is what a lock screen and a screen reader get. */
function blockBody(message: Message): object {
  const { title, lead, fields, notes, links, footer } = message
  const buttons = links.filter(({ url }) => url.length <= LIMIT.url)
  const section = (text: string, max: number) => ({
    type: 'section',
    text: { type: 'mrkdwn', text: mrkdwn(text, max) },
  })
  return {
    text: mrkdwn([title, lead].join('\n'), LIMIT.text),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: clip(title, LIMIT.header, units), emoji: false } },
      section(lead, LIMIT.lead),
      ...sectionsOf(fields, links.length === 0 ? MAX_LINES : MAX_FIELDS),
      ...(notes.length === 0 ? [] : [section(notes.join('\n'), LIMIT.notes)]),
      ...(buttons.length === 0 ? [] : [{ type: 'actions', elements: buttons.map(buttonOf) }]),
      { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwn(footer, LIMIT.footer) }] },
    ],
  }
}

function sectionsOf(fields: readonly Field[], most: number): readonly object[] {
  const shown = fields.slice(0, most).map(fieldOf)
  const count = Math.ceil(shown.length / FIELDS_OF_SECTION)
  return Array.from({ length: count }, (_, i) => ({
    type: 'section',
    fields: shown.slice(i * FIELDS_OF_SECTION, (i + 1) * FIELDS_OF_SECTION),
  }))
}

/** A time is shown in each reader's own zone, and in ours in words. */
function fieldOf({ label, value, at }: Field): object {
  const [written, name] = [mrkdwn(value, LIMIT.field), mrkdwn(label, LIMIT.button)]
  // A bar would end the token's fallback text.
  const token =
    at === undefined ? '' : `<!date^${Math.floor(at / 1000)}^{date_short} {time}|${written.replaceAll('|', '/')}>`
  return { type: 'mrkdwn', text: `*${name}*\n${at === undefined ? written : `${written}\n${token}`}` }
}

function buttonOf({ label, url }: { readonly label: string; readonly url: string }): object {
  return { type: 'button', text: { type: 'plain_text', text: clip(label, LIMIT.button, units), emoji: false }, url }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text in Slack's markup, cut so that the escaped form fits and no escape is cut in two. */
function mrkdwn(text: string, max: number): string {
  return clip(text, max, (point) => (ESCAPES[point] ?? point).length).replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign)
}

/** Slack does not say whether it counts code points or UTF-16 units; the latter are never fewer. */
function units(point: string): number {
  return point.length
}
