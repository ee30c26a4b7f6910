import { readable } from './visible.ts'

/** A piece of HTML that is safe to put into a page: written by {@link html} or {@link dataOf}, never by hand. */
export type Markup = { readonly markup: string }

type Slot = string | number | Markup | readonly Markup[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Writes HTML: what stands in the template is markup, what is put into it is text and escaped, also inside a quoted
 * attribute. A slot outside of text and quoted attributes is not safe; do not make one. What a field holds is sent back, so
 * nothing in it is made better to read.
 */
export function html(parts: TemplateStringsArray, ...slots: readonly Slot[]): Markup {
  return { markup: parts.reduce((page, part, i) => page + render(slots[i - 1] ?? '', parts[i - 1] ?? '') + part) }
}

/** Text as it was written, for a field of several lines. */
export function exactly(text: string): Markup {
  return { markup: harmless(text) }
}

/** Text of several lines, each with its indentation, for a place that keeps both. */
export function linesOf(text: string): Markup {
  const lines = text.split(/\r?\n/)
  return { markup: lines.map((line) => `${/^ */.exec(line)?.[0] ?? ''}${escaped(line)}`).join('\n') }
}

/** Nothing, where a piece is left out. */
export const NOTHING: Markup = { markup: '' }

/** JSON for a data block inside a page. Without `<` it cannot end the block early, nor open a comment in it. */
export function dataOf(value: unknown): Markup {
  return { markup: JSON.stringify(value).replace(/</g, '\\u003c') }
}

function render(slot: Slot, before: string): string {
  if (typeof slot === 'string') return before.endsWith(' value="') ? harmless(slot) : escaped(slot)
  if (typeof slot === 'number') return String(slot)
  return 'markup' in slot ? slot.markup : slot.map(({ markup }) => markup).join('')
}

/** A percent sign stays on the line of its number. */
function escaped(text: string): string {
  return harmless(readable(text)).replace(/(\d) %/g, '$1\u00a0%')
}

function harmless(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
