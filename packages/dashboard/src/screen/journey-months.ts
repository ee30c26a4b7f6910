import { twelveMonths } from '@tabiji/core/report'
import { addMonths } from '@tabiji/core/time'
import { html, MARK, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { JourneyView } from '../view/journey.ts'
import type { JourneyWords } from '../words/journey.ts'
import { addressOf } from './journey-address.ts'

/** Which month is shown, the way to the others, and how each of the last twelve went. */
export function monthsOf(context: Context, words: JourneyWords, view: JourneyView): Markup {
  const { journey, month, latestMonth, facts, objective: shown } = view
  const { figures } = context
  const to = (other: string) => addressOf(view, { month: other }, '#month')
  const later =
    month < latestMonth ? html`<a href="${to(addMonths(month, 1))}" data-key="]">${words.later} ›</a>` : NOTHING
  const objectives = facts?.journeys.find(({ name }) => name === journey.name)?.objectives ?? []
  const rows = objectives
    .filter(({ name }) => name === shown)
    .map((objective) => {
      const marks = twelveMonths(month, objective).map(({ month: one, state }) =>
        state === undefined
          ? html`<li><span aria-hidden="true">·</span><br>${one.slice(2)}</li>`
          : html`<li><a href="${to(one)}"><span class="mark ${state}" aria-hidden="true">${MARK[state]}</span><br>${one.slice(2)}<span class="hidden"> ${context.shared.states[state]}</span></a></li>`,
      )
      return html`<h3>${words.twelve}: ${objective.name}</h3><ol class="months">${marks}</ol>\n`
    })
  return html`<div class="frames" id="month"><h2>${words.month(figures.month(month))}</h2>
<a href="${to(addMonths(month, -1))}" data-key="[">‹ ${words.earlier}</a> ${later}</div>
${rows}`
}
