import type { Ask } from '@tabiji/core/report'
import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, textField } from '../page/field.ts'
import { sheetOf } from '../page/form.ts'
import type { ReportsWords } from '../words/reports.ts'

/** What readers were asked to decide, with a form for the answer. */
export function asksOf(context: Context, words: ReportsWords, asks: readonly Ask[]): Markup {
  if (asks.length === 0) return html`<p class="empty">${words.noAsks}</p>`
  const states = (['agreed', 'declined', 'done'] as const).map((each) => [each, words.askStates[each]] as const)
  const items = asks.map(({ key, text, why, owner, due, state, answer }) => {
    const told = [owner, due, why, answer?.text].filter((each) => each !== undefined).join(context.shared.separator)
    const form = sheetOf(
      context,
      `/do/reports/asks/${encodeURIComponent(key)}/answer`,
      words.answer,
      html`${choiceField(words.state, 'state', states)}${textField(words.text, 'text')}`,
    )
    return html`<li><strong>${key}</strong> ${text} (${words.askStates[state]})<span class="under">${told}</span>${form}</li>\n`
  })
  return html`<ul class="plain">${items}</ul>`
}
