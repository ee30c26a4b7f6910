import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { headOf } from '../page/table.ts'
import type { IncidentView, ShownImpact } from '../view/incidents.ts'
import type { Part } from './incident-part.ts'
import { journeyTitle } from './incidents.ts'

/** What each hurt journey loses, and whether the others are well. */
export function impactOf(context: Context, part: Part, view: IncidentView): Markup {
  const { words } = part
  const { impact, incident } = view
  if (impact === undefined || impact.journeys.length === 0) {
    const names = incident.journeys.map((name) => journeyTitle(context, view.journeys, name))
    return html`<section id="impact" data-live><h2>${words.impact}</h2><p class="empty">${context.figures.list(names)}</p><p class="empty">${words.noImpact}</p></section>`
  }
  const rows = impact.journeys.map((each) => rowOf(context, part, view, each))
  return html`<section id="impact" data-live><table class="wide"><caption>${words.impact}</caption>
<thead><tr>${headOf([[words.journey], [words.failed], [words.share], [words.course]])}</tr></thead>
<tbody>
${rows}</tbody></table>
${othersOf(context, part, view, impact)}</section>`
}

function rowOf(
  context: Context,
  { words }: Part,
  view: IncidentView,
  { journey, objective, bad, valid, budgetPpm }: ShownImpact['journeys'][number],
): Markup {
  const { figures } = context
  const share = valid === 0 ? '' : figures.percent(bad, valid, 2)
  const spark = view.series.find((each) => each.objective === objective)?.spark ?? ''
  const mark = bad > 0 ? html`<span class="mark spent" aria-hidden="true">✖</span> ` : NOTHING
  const failed = words.badOf(figures.count(bad), figures.count(valid))
  return html`<tr><th scope="row">${mark}${journeyTitle(context, view.journeys, journey)}<span class="under">${objective}</span></th><td data-label="${words.failed}"><span><strong>${share}</strong> ${failed}</span></td><td data-label="${words.share}"><span>${figures.percent(budgetPpm, 1_000_000, 1)}</span></td><td data-label="${words.course}"><span class="spark" aria-hidden="true">${spark}</span></td></tr>\n`
}

function othersOf(context: Context, { words }: Part, { journeys }: IncidentView, { others = [] }: ShownImpact): Markup {
  if (others.length === 0) return NOTHING
  const told = others.map(({ journey, ok }) => {
    const mark = ok
      ? html`<span class="mark healthy" aria-hidden="true">●</span>`
      : html`<span class="mark risk" aria-hidden="true">▲</span>`
    return html`<li>${mark} <a href="/journeys/${encodeURIComponent(journey)}">${journeyTitle(context, journeys, journey)}</a> ${ok ? words.ok : words.notOk}</li>\n`
  })
  return html`<h3>${words.others}</h3><ul class="sum">${told}</ul>`
}
