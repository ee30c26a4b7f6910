import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { headOf } from '../page/table.ts'
import type { ReportView } from '../view/reports.ts'
import { REPORT_MONTH_WORDS } from '../words/report-month.ts'
import { REPORTS_WORDS } from '../words/reports.ts'

const LANGUAGES = ['en', 'ja'] as const

/** Every format in every language, as they lie in a folder of files. @param folder the address of the folder */
export function filesOf(context: Context, folder: string, names: readonly string[]): Markup {
  const words = REPORT_MONTH_WORDS[context.language]
  const formats = [...new Set(names.map(formatOf))]
  const link = (name: string | undefined, label: string) =>
    name === undefined ? NOTHING : html`<a href="${folder}/${encodeURIComponent(name)}">${label}</a>`
  const rows = formats.map((format) => {
    const own = names.filter((name) => formatOf(name) === format)
    const cells = LANGUAGES.map((language) => {
      const name = own.find((each) => languageOf(each) === language)
      return html`<td data-label="${words.languages[language]}"><span>${link(name, name ?? '')}</span></td>`
    })
    const either = own.filter((name) => languageOf(name) === undefined).map((name) => html`${link(name, name)} `)
    return html`<tr><th scope="row">${format}</th>${cells}<td data-label="${words.both}"><span>${either}</span></td></tr>\n`
  })
  return html`<table class="wide"><caption>${words.downloads}</caption>
<thead><tr>${headOf([[words.format], ...LANGUAGES.map((language) => [words.languages[language]] as const), [words.both]])}</tr></thead><tbody>
${rows}</tbody></table>`
}

/** `report.ja.slack.json` is a file for Slack. */
function formatOf(name: string): string {
  if (name.endsWith('.slack.json')) return 'Slack'
  const ending = name.slice(name.lastIndexOf('.') + 1)
  return ending === 'md' ? 'Markdown' : ending.toUpperCase()
}

function languageOf(name: string): (typeof LANGUAGES)[number] | undefined {
  return LANGUAGES.find((language) => name.split('.')[1] === language)
}

/** What the last revision changed: readers of the one before see at once what to forget. */
export function changesOf(context: Context, { changed }: ReportView): Markup {
  if (changed === undefined) return NOTHING
  const words = REPORT_MONTH_WORDS[context.language]
  const heading = words.changed(String(changed.from), String(changed.to))
  if (changed.changes.length === 0) return html`<h3>${heading}</h3><p class="empty">${words.nothingChanged}</p>`
  const rows = changed.changes.map(
    ({ path, before = '', after = '' }) =>
      html`<tr><th scope="row"><code>${path}</code></th><td data-label="${words.before}"><span>${before}</span></td><td data-label="${words.after}"><span>${after}</span></td></tr>\n`,
  )
  const more =
    changed.more === 0 ? NOTHING : html`<p class="empty">${words.more(context.figures.count(changed.more))}</p>`
  return html`<table class="wide"><caption>${heading}</caption>
<thead><tr>${headOf([[words.figure], [words.before], [words.after]])}</tr></thead><tbody>
${rows}</tbody></table>${more}`
}

/** Every issue of the month: when, by whom, why again, and the hash that a copy is checked by. */
export function revisionsOf(context: Context, { revisions }: ReportView): Markup {
  const words = REPORTS_WORDS[context.language]
  const rows = revisions.map(({ revision, issuedAt, by, reason, changes, sha256 }) => {
    const cell = (label: string, text: Markup | string, kind = '') =>
      html`<td data-label="${label}" class="${kind}"><span>${text}</span></td>`
    const who = [context.figures.stamp(issuedAt), ...(by === undefined ? [] : [by])].join(context.shared.separator)
    return html`<tr><th scope="row">r${revision}</th>${cell(words.state, who)}${cell(words.why, reason ?? '')}${cell(words.changed, String(changes), 'end')}${cell(words.hash, html`<code>${sha256.slice(0, 16)}…</code>`)}</tr>\n`
  })
  return html`<table class="wide"><caption>${words.revisions}</caption>
<thead><tr>${headOf([[words.revision], [words.state], [words.why], [words.changed, 'end'], [words.hash]])}</tr></thead><tbody>
${rows}</tbody></table>`
}
