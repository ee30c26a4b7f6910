import { burnRateMilli } from '@tabiji/core/budget'
import { roundUnits } from '@tabiji/core/time'
import { html, type Markup, resultDecimals } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { headOf } from '../page/table.ts'
import type { AlertView } from '../view/alerts.ts'
import { ALERT_PAGE_WORDS } from '../words/alert-page.ts'
import type { AlertsWords } from '../words/alerts.ts'
import { burnOf } from './journey-row.ts'

/** Why it rang, in a sentence and in the counts behind it: as they were when it rang, and kept so. */
export function whyOf(context: Context, words: AlertsWords, view: AlertView): Markup {
  const { figures } = context
  const facts = view.rang ?? view.facts
  const { worstStep, worstDependencies = [], changes = [] } = facts
  const step =
    worstStep === undefined
      ? []
      : html`<p>${words.worstStep(worstStep.name, figures.count(worstStep.bad), figures.count(worstStep.ofBad))}</p>`
  return html`<p class="why">${sentenceOf(context, words, facts)}</p>${countsOf(context, words, facts)}${step}
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

function sentenceOf(context: Context, words: AlertsWords, { cause, objective, journey }: AlertView['facts']): string {
  const { figures, titled, language } = context
  if (cause.kind === 'milestone') return words.milestone(figures.percent(cause.percent, 100, 0))
  if (cause.kind !== 'burn') return cause.kind === 'foreign' ? (cause.summary ?? cause.name) : words.otherRule
  const { long, short, factorMilli } = cause
  const { targetPpm = 0, indicator } = objective ?? {}
  const share = long.valid === 0 ? figures.count(0) : figures.percent(long.bad, long.valid, resultDecimals(targetPpm))
  // Facts of another evaluator name no target: then it burned at least so fast as it says itself.
  const milli = targetPpm === 0 ? factorMilli : burnRateMilli(long, targetPpm)
  return ALERT_PAGE_WORDS[language].burned({
    journey: titled(journey.title),
    indicator,
    share,
    long: lastOf(context, long.ms),
    short: lastOf(context, short.ms),
    pace: timesOf(context, milli),
    limit: timesOf(context, factorMilli),
  })
}

/** A burn rate without its sign. */
function timesOf(context: Context, milli: number): string {
  return burnOf(context, milli).replace('×', '')
}

function lastOf({ language }: Context, ms: number): string {
  const { count, unit } = roundUnits(ms)
  return ALERT_PAGE_WORDS[language].last(count, unit)
}

function countsOf(context: Context, words: AlertsWords, { cause }: AlertView['facts']): Markup | string {
  if (cause.kind !== 'burn') return ''
  const { figures } = context
  const rows = [cause.long, cause.short].map(
    ({ ms, bad, valid }) =>
      html`<tr><th scope="row">${lastOf(context, ms)}</th><td>${figures.count(bad)}</td><td>${figures.count(valid)}</td></tr>`,
  )
  return html`<table class="figures"><caption>${words.counts}</caption><thead><tr>${headOf([[words.window], [words.bad, 'end'], [words.valid, 'end']])}</tr></thead><tbody>${rows}</tbody></table>`
}

function listOf(heading: string, items: readonly string[]): Markup | string {
  return items.length === 0 ? '' : html`<h2>${heading}</h2><ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
}
