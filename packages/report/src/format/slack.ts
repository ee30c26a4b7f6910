import { type Cell, MARK, type Tile } from '../document/block.ts'
import type { Chat } from '../document/chat.ts'
import { renderBar } from './bar.ts'
import { readable } from './visible.ts'

/**
 * Slack refuses the whole message when one part is too long: header 150, section 3,000, field 2,000 characters, 50 blocks;
 * and, undocumented, blocks of about 13,200 characters together (slackapi/bolt-js, issue 2509). With all parts at these
 * limits ours has less than 9,000.
 */
const LIMIT = { header: 150, section: 1_900, field: 300, name: 60, ask: 400, line: 300, button: 75, text: 700 } as const
const MOST_ASKS = 4

/** A longer address is left out: cut, it would lead elsewhere. */
const LONGEST_LINK = 3_000

/**
 * A summary as the body of a Slack message. Everything that people wrote stands in parts of plain text, in which Slack reads
 * neither markup nor mentions nor links.
 */
export function slackOf(chat: Chat): { readonly text: string; readonly blocks: readonly object[] } {
  const { title, lines, tiles, sentences, journeys, further, asks, footer, open } = chat
  const rows = [...journeys.map(renderRow), ...(further === undefined ? [] : [readable(further)])]
  const asked = asks.slice(0, MOST_ASKS).map((ask) => clip(readable(ask), LIMIT.ask))
  return {
    text: mrkdwn([title, ...sentences.slice(0, 1)].map(readable).join('\n')),
    blocks: [
      { type: 'header', text: plain(readable(title), LIMIT.header) },
      context(lines),
      ...(tiles.length === 0 ? [] : [{ type: 'section', fields: tiles.map(renderTile) }]),
      ...section(sentences.map(readable)),
      ...section(rows),
      ...section(asked),
      ...(open !== undefined && open.link.length <= LONGEST_LINK
        ? [{ type: 'actions', elements: [{ type: 'button', text: plain(open.label, LIMIT.button), url: open.link }] }]
        : []),
      ...(footer.length === 0 ? [] : [context(footer)]),
    ],
  }
}

function section(lines: readonly string[]): readonly object[] {
  return lines.length === 0 ? [] : [{ type: 'section', text: plain(lines.join('\n'), LIMIT.section) }]
}

function context(lines: readonly string[]): object {
  return { type: 'context', elements: lines.map((line) => plain(readable(line), LIMIT.line)) }
}

function renderTile({ label, figure, lines, second }: Tile): object {
  const beside = second === undefined ? [] : [second.figure, ...second.lines]
  return plain([label, figure, ...lines, ...beside].map(readable).join('\n'), LIMIT.field)
}

function renderRow(row: readonly Cell[]): string {
  return row
    .map(({ text, state, bar }) =>
      [
        ...(state === undefined ? [] : [MARK[state]]),
        ...(bar === undefined ? [] : [renderBar(bar)]),
        clip(readable(text), LIMIT.name),
      ].join(' '),
    )
    .filter((cell) => cell !== '')
    .join('  ')
}

function plain(text: string, most: number): object {
  return { type: 'plain_text', text: clip(text, most), emoji: false }
}

/** What a lock screen shows is read as markup, so `<!channel>` in it would ring everybody's phone. */
function mrkdwn(text: string): string {
  return clip(text, LIMIT.text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Cut to so many UTF-16 units, not within what a reader sees as one character; Slack does not say what it counts. */
function clip(text: string, most: number): string {
  if (text.length <= most) return text
  let kept = ''
  for (const { segment } of characters.segment(text)) {
    if (kept.length + segment.length > most - 1) break
    kept += segment
  }
  return `${kept}…`
}
