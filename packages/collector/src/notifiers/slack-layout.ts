import { SLACK_ACTION } from '../wire/slack-interaction.ts'
import { clip } from './clip.ts'
import { type Field, type Message, plainText } from './message.ts'

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
/** Slack tells of a button that only opens an address as well; by its name it is known to ask for nothing. */
const LINK_ACTION = `${SLACK_ACTION.link}_`
const MAX_FIELDS = 9
/** A digest has many fields and little else. */
const MAX_LINES = 15
const FIELDS_OF_SECTION = 10
/** A message of text alone; Slack advises 4,000. */
const MAX_PLAIN = 3_900

/** A button that tells us that it was pressed; `value` comes back with it. */
export type Press = {
  readonly label: string
  readonly action: string
  readonly value: string
  readonly isPrimary?: true
}

/** The body of a message of text alone. */
export function plainBody(message: Message): { readonly text: string } {
  return plainLines([plainText(message)])
}

/** The same of any lines. */
export function plainLines(lines: readonly string[]): { readonly text: string } {
  return { text: mrkdwn(lines.join('\n'), MAX_PLAIN) }
}

/**
 * Layout of a message. `text` is what a lock screen and a screen reader get.
 *
 * @param presses stand before the links; absent where nobody hears of a press, not even of a link's
 * @param middle blocks that stand before the buttons
 */
export function blockBody(
  message: Message,
  presses?: readonly Press[],
  middle: readonly object[] = [],
): { readonly text: string; readonly blocks: readonly object[] } {
  const { title, lead, fields, notes, links, footer } = message
  const buttons = links.filter(({ url }) => url.length <= LIMIT.url).map(buttonOf)
  const elements =
    presses === undefined
      ? buttons
      : [...presses.map(pressOf), ...buttons.map((button, i) => ({ ...button, action_id: `${LINK_ACTION}${i}` }))]
  return {
    text: mrkdwn([title, lead].join('\n'), LIMIT.text),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: clip(title, LIMIT.header, units), emoji: false } },
      section(lead, LIMIT.lead),
      ...sectionsOf(fields, links.length === 0 ? MAX_LINES : MAX_FIELDS),
      ...(notes.length === 0 ? [] : [section(notes.join('\n'), LIMIT.notes)]),
      ...middle,
      ...(elements.length === 0 ? [] : [{ type: 'actions', elements }]),
      { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwn(footer, LIMIT.footer) }] },
    ],
  }
}

/** A block of text, escaped and cut to so many characters. */
export function section(text: string, max: number): object {
  return { type: 'section', text: { type: 'mrkdwn', text: mrkdwn(text, max) } }
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

function pressOf({ label, action, value, isPrimary }: Press): object {
  const text = { type: 'plain_text', text: clip(label, LIMIT.button, units), emoji: false }
  return { type: 'button', text, action_id: action, value, ...(isPrimary === true && { style: 'primary' }) }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text in Slack's markup, cut so that the escaped form fits and no escape is cut in two. */
function mrkdwn(text: string, max: number): string {
  return clip(text, max, (point) => (ESCAPES[point] ?? point).length).replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign)
}

/** Slack does not say whether it counts code points or UTF-16 units; the latter are never fewer. */
export function units(point: string): number {
  return point.length
}
