import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { headOf } from '../page/table.ts'
import type { FixesView } from '../view/fixes.ts'
import { FIX_BOARD_WORDS } from '../words/fix-board.ts'
import { FIXES_WORDS } from '../words/fixes.ts'
import { dateOf } from './fix-parts.ts'

/** In the order in which they are to be worked through: open ones first, the most overdue on top. */
export function listOf(context: Context, { fixes, journeys }: FixesView): Markup {
  const words = FIXES_WORDS[context.language]
  const { shared, titled } = context
  const rows = fixes.map((fix) => {
    const { key, title, kind, state, journey, owner, firstDue, postponements } = fix
    const known = journeys.find(({ name }) => name === journey)
    const cell = (label: string, content: Markup | string) =>
      html`<td data-label="${label}"><span>${content}</span></td>`
    const moved = postponements === 0 ? firstDue : `${firstDue} (${words.moved(postponements)})`
    return html`<tr><th scope="row"><a href="/fixes/${encodeURIComponent(key)}">${key}</a> ${title}<span class="under">${shared.kinds[kind]}</span></th>${cell(words.state, words.states[state])}${cell(words.currentDue, dateOf(context, words, fix))}${cell(words.firstDue, moved)}${cell(words.owner, owner ?? words.noOwner)}${cell(words.journey, known === undefined ? (journey ?? '') : titled(known.title))}</tr>\n`
  })
  const heads = [
    FIX_BOARD_WORDS[context.language].fix,
    words.state,
    words.currentDue,
    words.firstDue,
    words.owner,
    words.journey,
  ]
  return html`<table class="wide" id="list" data-live><caption class="hidden">${words.heading}</caption>
<thead><tr>${headOf(heads.map((label) => [label] as const))}</tr></thead><tbody>
${rows}</tbody></table>`
}
