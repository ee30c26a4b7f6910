import { html, linesOf, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { hiddenField, longField, textField } from '../page/field.ts'
import { actionOf, sheetOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import type { ReportView } from '../view/reports.ts'
import { REPORT_MONTH_WORDS, type ReportMonthWords } from '../words/report-month.ts'
import { REPORTS_WORDS, type ReportsWords } from '../words/reports.ts'
import { asksOf } from './report-asks.ts'
import { changesOf, filesOf, revisionsOf } from './report-files.ts'
import { standingOf } from './reports.ts'

/** Files that a draft can be looked at as; an issue has more. */
const DRAFTS = [
  ...['report.en.html', 'report.ja.html', 'report.en.md', 'report.ja.md'],
  ...['report.en.slack.json', 'report.ja.slack.json', 'report.json'],
]

/** The life of one month's report, in the order in which people go through it: what is missing, what is written, a look, the issue. */
export function reportScreen(context: Context, view: ReportView): Screen {
  const words = REPORTS_WORDS[context.language]
  const { month } = view
  const title = `${words.heading}: ${context.figures.month(month)}`
  const said = REPORT_MONTH_WORDS[context.language]
  const body = html`<p class="crumbs"><a href="/reports">${words.heading}</a> ›</p>
<h1>${context.figures.month(month)}</h1>
<p>${standingOf(context, words, view)}</p>
${issuedOf(context, words, view)}
<h2>${said.one}</h2>
${missingOf(context, view)}
<h2>${said.two}</h2>
${writtenOf(context, words, said, view)}
<h2>${said.three}</h2>
${previewOf(context, words, said, view)}
<h2>${said.four}</h2>
${issueForm(context, words, view)}
<h2>${said.tell}</h2>
<p>${said.tellHow(month)}</p>
<h2>${words.asks}</h2>
${asksOf(context, words, view.asks)}`
  return { title, under: 'reports', body }
}

function issuedOf(context: Context, words: ReportsWords, view: ReportView): Markup {
  const latest = view.revisions.at(-1)
  if (latest === undefined) return NOTHING
  const names = latest.files.map(({ name }) => name)
  return html`<h2>${words.files} (r${latest.revision})</h2>
${filesOf(context, `/reports/${view.month}/files`, names)}
<p class="empty">${words.canChange}</p>
${changesOf(context, view)}
${revisionsOf(context, view)}`
}

function missingOf(context: Context, { missingComments, pending }: ReportView): Markup {
  const words = REPORTS_WORDS[context.language]
  const said = REPORT_MONTH_WORDS[context.language]
  const items = [
    ...missingComments.map(
      ({ name, title, owner }) =>
        html`<li><a href="#comment-${name}">${words.owes(context.titled(title), owner)}</a></li>\n`,
    ),
    ...pending.postmortems.map(
      ({ incident, state, due }) =>
        html`<li><a href="/incidents/${encodeURIComponent(incident)}/postmortem">${said.owedPostmortem(incident, said.postmortemStates[state], due)}</a></li>\n`,
    ),
    ...pending.incidents.map(
      ({ key, title }) =>
        html`<li><a href="/incidents/${encodeURIComponent(key)}">${key}</a> ${said.openIncident(title)}</li>\n`,
    ),
  ]
  return html`<div id="missing" data-live>${items.length === 0 ? html`<p>${words.nothingMissing}</p>` : html`<ul>${items}</ul>`}</div>`
}

/** Comments beside their journeys, the headline, and decisions that readers are asked for. */
function writtenOf(context: Context, words: ReportsWords, said: ReportMonthWords, view: ReportView): Markup {
  const { month, journeys, comments, missingComments } = view
  const owed = new Set(missingComments.map(({ name }) => name))
  const items = journeys.map(({ name, title }) => {
    const comment = comments.find(({ journey }) => journey === name)
    const text = comment?.text ?? ''
    const form = sheetOf(
      context,
      `/do/reports/${month}/comments`,
      text === '' ? said.writeIt : said.writeAnew,
      html`${hiddenField('journey', name)}<label>${words.text} <textarea name="text" rows="3" required>${linesOf(text)}</textarea></label>`,
    )
    const state = owed.has(name) ? html` <strong class="late">${said.owed}</strong>` : NOTHING
    const by = comment?.by === undefined ? NOTHING : html` <span class="from">(${comment.by})</span>`
    const shown =
      text === ''
        ? html`<span class="empty">${said.noComment}</span>`
        : html`<span class="said">${linesOf(text)}</span>${by}`
    return html`<li id="comment-${name}"><strong>${context.titled(title)}</strong>${state}<br>${shown} ${form}</li>\n`
  })
  return html`<h3>${said.comments}</h3><ul class="plain">${items}</ul>
<h3>${said.headline}</h3>
${headlineOf(context, words, said, view)}
${askForm(context, words, month)}`
}

function headlineOf(
  context: Context,
  words: ReportsWords,
  said: ReportMonthWords,
  { month, headline }: ReportView,
): Markup {
  const to = `/do/reports/${month}/headline`
  const shown =
    headline === undefined
      ? html`<p class="empty">${said.computed}</p>`
      : html`<p class="said">${linesOf(headline.text)}</p>`
  const write = sheetOf(
    context,
    to,
    words.headline,
    html`<label>${words.text} <textarea name="text" rows="3" required>${linesOf(headline?.text ?? '')}</textarea></label>`,
  )
  const take = headline === undefined ? NOTHING : actionOf(context, to, said.take)
  return html`${shown}${write}${take}`
}

function askForm(context: Context, words: ReportsWords, month: string): Markup {
  const fields = html`${hiddenField('month', month)}${longField(words.askText, 'text', true)}${textField(words.why, 'why')}${textField(words.owner, 'owner', { most: 200 })}${textField(words.due, 'due', { type: 'date' })}`
  return sheetOf(context, '/do/reports/asks', words.ask, fields)
}

function previewOf(
  context: Context,
  words: ReportsWords,
  said: ReportMonthWords,
  { month, draftAt }: ReportView,
): Markup {
  const anew = actionOf(context, `/do/reports/${month}/draft`, words.redraft)
  if (draftAt === undefined) return html`<p class="empty">${words.noDraft}</p>${anew}`
  return html`<p>${said.preview}</p>${filesOf(context, `/reports/${month}/draft`, DRAFTS)}${anew}`
}

/** Freezing it; again with a reason, because readers of the first have to be told. */
function issueForm(context: Context, words: ReportsWords, { month, status }: ReportView): Markup {
  const again = status === 'issued'
  const reason = again
    ? textField(words.reason, 'reason', { required: true })
    : textField(words.reasonIfMissing, 'reason')
  const flags = html`<label class="tick"><input type="checkbox" name="withPeople:flag"> ${words.withPeople}</label>
<label class="tick"><input type="checkbox" name="partMonth:flag"> ${words.partMonth}</label>`
  return sheetOf(
    context,
    `/do/reports/${month}/${again ? 'reissue' : 'issue'}`,
    again ? words.reissue : words.issue,
    html`${reason}${flags}`,
  )
}
