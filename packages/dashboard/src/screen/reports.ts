import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { panelOf } from '../page/panel.ts'
import { headOf } from '../page/table.ts'
import type { ReportRow, ReportsView } from '../view/reports.ts'
import { REPORT_MONTH_WORDS } from '../words/report-month.ts'
import { REPORTS_WORDS, type ReportsWords } from '../words/reports.ts'
import { asksOf } from './report-asks.ts'

/** A year of reports: how each month stands, what drafts wait for, and the decisions that are still asked for. */
export function reportsScreen(context: Context, view: ReportsView): Screen {
  const words = REPORTS_WORDS[context.language]
  const body = html`<h1>${words.heading}</h1>
${yearOf(context, words, view)}
${tableOf(context, words, view)}
${panelOf(
  context,
  'asks',
  words.asks,
  () => html`<h2>${words.asks}</h2>
${asksOf(
  context,
  words,
  view.asks.filter(({ state }) => state === 'open' || state === 'agreed'),
)}`,
)}`
  return { title: words.heading, under: 'reports', body }
}

/** Twelve months in a row; those without a report are named, too, so that a gap is seen. */
function yearOf(context: Context, words: ReportsWords, { year, years, reports }: ReportsView): Markup {
  const said = REPORT_MONTH_WORDS[context.language]
  const to = (other: number, label: Markup, key: string) =>
    years.includes(other) ? html`<a href="/reports?year=${other}" data-key="${key}">${label}</a>` : NOTHING
  const months = Array.from({ length: 12 }, (_, i) => {
    const month = `${year}-${String(i + 1).padStart(2, '0')}`
    const report = reports.find((each) => each.month === month)
    const name = said.monthOf(i + 1)
    if (report === undefined)
      return html`<li><span aria-hidden="true">–</span><br>${name}<span class="hidden"> ${said.noneOf}</span></li>`
    const state = report.status === 'issued' ? `r${report.revision}` : words.draft
    return html`<li class="${report.status}"><a href="/reports/${month}">${name}</a><br>${state}</li>`
  })
  return html`<div class="frames"><h2>${said.year(String(year))}</h2> ${to(year - 1, html`‹ ${said.earlier}`, '[')} ${to(year + 1, html`${said.later} ›`, ']')}</div>
<ol class="months year" id="year" data-live>${months}</ol>`
}

function tableOf(context: Context, words: ReportsWords, { reports }: ReportsView): Markup {
  if (reports.length === 0) return html`<p class="empty">${words.none}</p>`
  const said = REPORT_MONTH_WORDS[context.language]
  const rows = reports.map((report) => rowOf(context, words, report))
  return html`<table class="wide" id="reports" data-live><caption class="hidden">${words.heading}</caption>
<thead><tr>${headOf([[words.month], [words.state], [words.missingHeading], [said.downloads]])}</tr></thead><tbody>
${rows}</tbody></table>`
}

function rowOf(context: Context, words: ReportsWords, report: ReportsView['reports'][number]): Markup {
  const { month } = report
  const said = REPORT_MONTH_WORDS[context.language]
  const cell = (label: string, content: Markup | string) => html`<td data-label="${label}"><span>${content}</span></td>`
  return html`<tr><th scope="row"><a href="/reports/${month}">${context.figures.month(month)}</a></th>${cell(words.state, standingOf(context, words, report))}${cell(words.missingHeading, missingOf(context, words, report))}${cell(said.downloads, pageOf(context, report))}</tr>\n`
}

/** The page in the reader's language: the other formats stand with the month. */
function pageOf({ language }: Context, { month, status, draftAt }: ReportRow): Markup {
  const folder = status === 'issued' ? 'files' : 'draft'
  if (status === 'draft' && draftAt === undefined) return NOTHING
  return html`<a href="/reports/${month}/${folder}/report.${language}.html">HTML</a>`
}

function missingOf(
  { figures, shared }: Context,
  words: ReportsWords,
  { missing, pending, status }: ReportsView['reports'][number],
): string {
  const said = REPORT_MONTH_WORDS[shared.language]
  const { postmortems = [], incidents = [] } = pending ?? {}
  const told = [
    ...(missing === 0 ? [] : [words.missing(missing)]),
    ...(postmortems.length === 0 ? [] : [said.postmortems(postmortems.length, figures.count(postmortems.length))]),
    ...(incidents.length === 0 ? [] : [said.incidents(incidents.length, figures.count(incidents.length))]),
  ]
  return told.length === 0 && status === 'draft' ? words.nothingMissing : told.join(shared.separator)
}

/** Issued, or since when there is a draft. */
export function standingOf(
  { figures }: Context,
  words: ReportsWords,
  { status, revision, issuedAt, by, draftAt }: ReportRow,
): string {
  if (status === 'issued' && issuedAt !== undefined) return words.issued(String(revision), figures.date(issuedAt), by)
  return draftAt === undefined ? words.noDraft : `${words.draft}, ${words.draftAt(figures.stamp(draftAt))}`
}
