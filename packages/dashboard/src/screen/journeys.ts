import { nearestOf } from '@tabiji/core/problem'
import { html, MARK, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { type JourneyStanding, worstFirst, worstOf } from '../view/standing.ts'
import { JOURNEYS_WORDS, type JourneysWords } from '../words/journeys.ts'
import { journeyRow, tableHead } from './journey-row.ts'

/** What the overview reads, and how its reader wants it. */
export type JourneysView = {
  readonly journeys: readonly JourneyStanding[]
  /** Part of a name, a title or a team. */
  readonly filter: string
  readonly group: 'team' | 'none'
}

/** All journeys, the one that needs somebody first. */
export function journeysScreen(context: Context, view: JourneysView): Screen {
  const words = JOURNEYS_WORDS[context.language]
  const shown = worstFirst(view.journeys.filter((journey) => matches(journey, view.filter)))
  const body = html`<h1>${words.heading}</h1>
${
  view.journeys.length === 0
    ? emptyOf(words)
    : html`<div id="journeys" data-live>${sumOf(context, words, shown)}</div>
${filterOf(words, view)}
${shown.length === 0 ? nothingFound(context, words, view) : tableOf(context, words, view, shown)}`
}`
  return { title: words.heading, under: 'journeys', body }
}

function emptyOf(words: JourneysWords): Markup {
  return html`<p class="empty">${words.none}</p><p class="empty">${words.noneHow}</p>`
}

/** How many stand how: read in one glance. */
function sumOf({ shared, figures }: Context, words: JourneysWords, journeys: readonly JourneyStanding[]): Markup {
  const states = (['spent', 'risk', 'watch', 'healthy', 'unjudged'] as const).flatMap((state) => {
    const n = journeys.filter((journey) => (worstOf(journey)?.state ?? 'unjudged') === state).length
    if (n === 0) return []
    return [
      html`<li><span class="mark ${state}" aria-hidden="true">${MARK[state]}</span> ${shared.states[state]} ${n}</li>`,
    ]
  })
  const burning = journeys.filter(({ objectives }) => objectives.some((each) => each.burning)).length
  const fire = burning === 0 ? NOTHING : html`<li><strong>» ${words.burningCount(burning)}</strong></li>`
  return html`<ul class="sum"><li>${words.count(journeys.length, figures.count(journeys.length))}</li>${states}${fire}</ul>`
}

function filterOf(words: JourneysWords, { filter, group }: JourneysView): Markup {
  const options = (['team', 'none'] as const).map(
    (each) => html`<option value="${each}"${each === group ? html` selected` : NOTHING}>${words.groups[each]}</option>`,
  )
  return html`<form method="get" action="/journeys" class="filter" role="search">
<label>${words.filter} <input type="search" name="q" value="${filter}" data-key="/" autocomplete="off"></label>
<label>${words.groupBy} <select name="group">${options}</select></label>
<button>${words.apply}</button>
</form>`
}

function nothingFound({ titled }: Context, words: JourneysWords, { journeys, filter }: JourneysView): Markup {
  const near = nearestOf(
    filter,
    journeys.flatMap((each) => [each.name, titled(each.title)]),
  )
  const hint =
    near === undefined
      ? NOTHING
      : html` ${words.didYouMean} <a href="/journeys?q=${encodeURIComponent(near)}">${near}</a>?`
  return html`<p class="empty">${words.noMatch(filter)}${hint} <a href="/journeys">${words.clear}</a></p>`
}

/** One table, so that columns line up; a part of it for each team. */
function tableOf(
  context: Context,
  words: JourneysWords,
  { group }: JourneysView,
  journeys: readonly JourneyStanding[],
): Markup {
  const teams = group === 'none' ? [undefined] : [...new Set(journeys.map(({ owner }) => owner ?? ''))]
  const parts = teams.map((team) => {
    const rows = journeys.filter(({ owner = '' }) => team === undefined || owner === team)
    const name =
      team === undefined
        ? NOTHING
        : html`<tr class="team"><th scope="rowgroup" colspan="8">${team === '' ? words.ungrouped : team}</th></tr>\n`
    return html`<tbody>\n${name}${rows.map((journey) => journeyRow(context, words, journey))}</tbody>\n`
  })
  return html`<table class="wide journeys" id="table" data-live><caption class="hidden">${words.heading}</caption>
${tableHead(words, journeys)}
${parts}</table>`
}

function matches({ name, title, owner = '' }: JourneyStanding, filter: string): boolean {
  const sought = filter.trim().toLocaleLowerCase()
  return [name, title.en, title.ja, owner].some((text) => text.toLocaleLowerCase().includes(sought))
}
