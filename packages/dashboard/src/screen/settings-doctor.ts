import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { headOf } from '../page/table.ts'
import { timeOf } from '../page/time.ts'
import type { SettingsView } from '../view/settings.ts'
import type { SettingsWords } from '../words/settings.ts'

/** What makes numbers wrong, looked for when somebody asks. Findings are English, as the command tells them. */
export function doctorOf(context: Context, words: SettingsWords, { canLook, look }: SettingsView): Markup {
  if (canLook !== true) return html``
  const ask = html`<p>${words.doctorHow} <a href="/settings?doctor=1#doctor">${words.lookNow}</a></p>`
  return html`<h2 id="doctor">${words.doctor}</h2>\n${look === undefined ? ask : foundOf(context, words, look)}`
}

function foundOf(context: Context, words: SettingsWords, look: NonNullable<SettingsView['look']>): Markup {
  const { at, findings, looked, notLooked } = look
  const ordered = (['error', 'warning'] as const).flatMap((each) =>
    findings.filter(({ severity }) => severity === each),
  )
  const rows = ordered.map(
    ({
      code,
      severity,
      where,
      what,
      why,
      fix,
    }) => html`<tr><th scope="row">${words.severities[severity]}<span class="under"><code>${code}</code></span></th>
<td data-label="${words.where}"><span lang="en">${where}</span></td>
<td data-label="${words.message}"><span lang="en">${what}. ${why}</span></td>
<td data-label="${words.fix}"><span lang="en">${fix}</span></td></tr>\n`,
  )
  const table = html`<table class="wide"><caption class="hidden">${words.doctor}</caption>
<thead><tr>${headOf([[words.state], [words.where], [words.message], [words.fix]])}</tr></thead><tbody>
${rows}</tbody></table>`
  const list = (label: string, what: readonly string[]) =>
    what.length === 0 ? [] : [html`<p class="empty">${label} <span lang="en">${what.join('; ')}</span></p>\n`]
  return html`<p>${words.lookedAt} ${timeOf(context, at)}. ${findings.length === 0 ? words.nothingFound : ''} <a href="/settings?doctor=1#doctor">${words.lookNow}</a></p>
${findings.length === 0 ? [] : table}${list(words.looked, looked)}${list(words.notLooked, notLooked)}`
}
