import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { actionOf, sheetOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import { headOf } from '../page/table.ts'
import { timeOf } from '../page/time.ts'
import type { ReportView } from '../view/reports.ts'
import { REPORTS_WORDS, type ReportsWords } from '../words/reports.ts'
import { asksOf, standingOf } from './reports.ts'

/** Files that a draft can be looked at as; an issue has more. */
const DRAFTS = ['report.en.html', 'report.ja.html', 'report.en.md', 'report.ja.md'] as const

/** The life of one month's report: what is missing, what can be written for it, and what was issued. */
export function reportScreen(context: Context, view: ReportView): Screen {
  const words = REPORTS_WORDS[context.language]
  const { month, missingComments, asks } = view
  const title = `${words.heading}: ${context.figures.month(month)}`
  const missing = missingComments.map(({ title, owner }) => html`<li>${words.owes(context.titled(title), owner)}</li>`)
  const body = html`<p class="crumbs"><a href="/reports">${words.heading}</a> ›</p>
<h1>${context.figures.month(month)}</h1>
<p>${standingOf(context, words, view)}</p>
${revisionsOf(context, words, view)}
${view.draftAt === undefined ? NOTHING : html`<h2>${words.draftFiles}</h2>${linksOf(`/reports/${month}/draft`, DRAFTS)}`}
<h2>${words.missingHeading}</h2>
${missing.length === 0 ? html`<p>${words.nothingMissing}</p>` : html`<ul>${missing}</ul>`}
<h2>${words.write}</h2>
${formsOf(context, words, view)}
<h2>${words.asks}</h2>
${asksOf(context, words, asks)}`
  return { title, under: 'reports', body }
}

function linksOf(folder: string, names: readonly string[]): Markup {
  return html`<ul class="sum">${names.map((name) => html`<li><a href="${folder}/${encodeURIComponent(name)}">${name}</a></li>`)}</ul>`
}

function revisionsOf(context: Context, words: ReportsWords, { month, revisions }: ReportView): Markup {
  const latest = revisions.at(-1)
  if (latest === undefined) return NOTHING
  const rows = revisions.map(({ revision, issuedAt, by, reason, changes, sha256 }) => {
    const who = by === undefined ? NOTHING : html` · ${by}`
    return html`<tr><th scope="row">r${revision}</th><td data-label="${words.state}"><span>${timeOf(context, issuedAt)}${who}</span></td><td data-label="${words.why}"><span>${reason ?? ''}</span></td><td data-label="${words.changed}" class="end"><span>${changes}</span></td><td data-label="${words.hash}"><span><code>${sha256.slice(0, 16)}…</code></span></td></tr>\n`
  })
  const names = latest.files.map(({ name }) => name)
  return html`<h2>${words.files} (r${latest.revision})</h2>
${linksOf(`/reports/${month}/files`, names)}
<p class="empty">${words.canChange}</p>
<table class="wide"><caption>${words.revisions}</caption>
<thead><tr>${headOf([[words.revision], [words.state], [words.why], [words.changed, 'end'], [words.hash]])}</tr></thead><tbody>
${rows}</tbody></table>`
}

/** Comments, the headline, decisions; then freezing it. Each is the command of the same name. */
function formsOf(context: Context, words: ReportsWords, { month, status, journeys }: ReportView): readonly Markup[] {
  const to = (verb: string) => `/do/reports/${month}/${verb}`
  const text = html`<label>${words.text} <textarea name="text" required></textarea></label>`
  const names = journeys.map(({ name, title }) => html`<option value="${name}">${context.titled(title)}</option>`)
  const flags = html`<label><span><input type="checkbox" name="withPeople:flag"> ${words.withPeople}</span></label><label><span><input type="checkbox" name="partMonth:flag"> ${words.partMonth}</span></label>`
  const again = status === 'issued'
  const reason = again
    ? html`<label>${words.reason} <input name="reason" required></label>`
    : html`<label>${words.reasonIfMissing} <input name="reason"></label>`
  return [
    sheetOf(
      context,
      to('comments'),
      words.comment,
      html`<label>${words.journey} <select name="journey">${names}</select></label>${text}`,
    ),
    sheetOf(context, to('headline'), words.headline, text),
    sheetOf(
      context,
      '/do/reports/asks',
      words.ask,
      html`<input type="hidden" name="month" value="${month}"><label>${words.askText} <textarea name="text" required></textarea></label><label>${words.why} <input name="why"></label><label>${words.owner} <input name="owner"></label><label>${words.due} <input type="date" name="due"></label>`,
    ),
    actionOf(context, to('draft'), words.redraft),
    sheetOf(context, to(again ? 'reissue' : 'issue'), again ? words.reissue : words.issue, html`${reason}${flags}`),
  ]
}
