import type { Ask } from '@tabiji/core/report'
import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { sheetOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import { panelOf } from '../page/panel.ts'
import { headOf } from '../page/table.ts'
import type { ReportRow, ReportsView } from '../view/reports.ts'
import { REPORTS_WORDS, type ReportsWords } from '../words/reports.ts'

/** All months of which there is a report, and the decisions that are still asked for. */
export function reportsScreen(context: Context, { reports, asks }: ReportsView): Screen {
  const words = REPORTS_WORDS[context.language]
  const rows = reports.map((report) => rowOf(context, words, report))
  const list =
    rows.length === 0
      ? html`<p class="empty">${words.none}</p>`
      : html`<table class="wide" id="reports" data-live><caption class="hidden">${words.heading}</caption>
<thead><tr>${headOf([[words.month], [words.state], [words.missingHeading]])}</tr></thead><tbody>
${rows}</tbody></table>`
  const body = html`<h1>${words.heading}</h1>
${list}
<h2>${words.asks}</h2>
${panelOf(context, 'asks', words.asks, () =>
  asksOf(
    context,
    words,
    asks.filter(({ state }) => state === 'open' || state === 'agreed'),
  ),
)}`
  return { title: words.heading, under: 'reports', body }
}

function rowOf(context: Context, words: ReportsWords, report: ReportRow): Markup {
  const { month, missing } = report
  return html`<tr><th scope="row"><a href="/reports/${month}">${context.figures.month(month)}</a></th><td data-label="${words.state}"><span>${standingOf(context, words, report)}</span></td><td data-label="${words.missingHeading}"><span>${missing === 0 ? '' : words.missing(missing)}</span></td></tr>\n`
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

/** What readers were asked to decide, with a form for the answer. */
export function asksOf(context: Context, words: ReportsWords, asks: readonly Ask[]): Markup {
  if (asks.length === 0) return html`<p class="empty">${words.noAsks}</p>`
  const items = asks.map(({ key, text, why, owner, due, state, answer }) => {
    const told = [owner, due, why, answer?.text].filter((each) => each !== undefined).join(context.shared.separator)
    const states = (['agreed', 'declined', 'done'] as const).map(
      (each) => html`<option value="${each}">${words.askStates[each]}</option>`,
    )
    const form = sheetOf(
      context,
      `/do/reports/asks/${encodeURIComponent(key)}/answer`,
      words.answer,
      html`<label>${words.state} <select name="state">${states}</select></label><label>${words.text} <input name="text"></label>`,
    )
    return html`<li><strong>${key}</strong> ${text} (${words.askStates[state]})<span class="under">${told}</span>${form}</li>\n`
  })
  return html`<ul class="plain">${items}</ul>`
}
