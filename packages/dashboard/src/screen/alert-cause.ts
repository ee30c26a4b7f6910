import { formatDuration } from '@tabiji/core/time'
import { html, type Markup, resultDecimals } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { headOf } from '../page/table.ts'
import type { AlertView } from '../view/alerts.ts'
import type { AlertsWords } from '../words/alerts.ts'
import { burnOf } from './journey-row.ts'

/** Why it rang, in a sentence and in the counts behind it: as they were when it last changed, and kept so. */
export function whyOf(context: Context, words: AlertsWords, view: AlertView): Markup {
  const { figures } = context
  const { worstStep, worstDependencies = [], changes = [] } = view.facts
  const step =
    worstStep === undefined
      ? []
      : html`<p>${words.worstStep(worstStep.name, figures.count(worstStep.bad), figures.count(worstStep.ofBad))}</p>`
  return html`<p>${sentenceOf(context, words, view)}</p>${countsOf(context, words, view)}${step}
${listOf(
  words.dependencies,
  worstDependencies.map(
    ({ service, step, bad, valid }) => `${service} ${step}: ${figures.count(bad)} / ${figures.count(valid)}`,
  ),
)}
${listOf(
  words.changes,
  changes.map((change) => ('title' in change ? String(change.title) : change.kind)),
)}`
}

function sentenceOf(context: Context, words: AlertsWords, { facts: { cause, objective } }: AlertView): string {
  const { figures } = context
  if (cause.kind === 'milestone') return words.milestone(figures.target(cause.percent * 10_000))
  if (cause.kind !== 'burn') return cause.kind === 'foreign' ? (cause.summary ?? cause.name) : words.otherRule
  const { long, short, factorMilli } = cause
  const share =
    long.valid === 0
      ? figures.count(0)
      : figures.percent(long.bad, long.valid, resultDecimals(objective?.targetPpm ?? 0))
  return words.burned(share, formatDuration(long.ms), burnOf(context, factorMilli), formatDuration(short.ms))
}

function countsOf({ figures }: Context, words: AlertsWords, { facts: { cause } }: AlertView): Markup | string {
  if (cause.kind !== 'burn') return ''
  const rows = [cause.long, cause.short].map(
    ({ ms, bad, valid }) =>
      html`<tr><th scope="row">${formatDuration(ms)}</th><td>${figures.count(bad)}</td><td>${figures.count(valid)}</td></tr>`,
  )
  return html`<table class="figures"><caption>${words.counts}</caption><thead><tr>${headOf([[words.window], [words.bad, 'end'], [words.valid, 'end']])}</tr></thead><tbody>${rows}</tbody></table>`
}

function listOf(heading: string, items: readonly string[]): Markup | string {
  return items.length === 0 ? '' : html`<h2>${heading}</h2><ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
}
