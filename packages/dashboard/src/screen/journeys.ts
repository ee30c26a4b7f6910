import { nearestOf } from '@tabiji/core/problem'
import { html, MARK, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { panelOf } from '../page/panel.ts'
import { arranged, grouped, matching, STATES, standsAs, type Wish, wishAddress } from '../view/overview.ts'
import type { JourneyStanding } from '../view/standing.ts'
import { JOURNEYS_WORDS, type JourneysWords } from '../words/journeys.ts'
import { COLUMNS, journeyRows, tableHead } from './journey-row.ts'
import { filterOf, sumOf, toolsOf } from './journeys-tools.ts'

/** What the overview reads, and how its reader wants it. */
export type JourneysView = { readonly journeys: readonly JourneyStanding[]; readonly wish: Wish }

/** All journeys, the one that needs somebody first. */
export function journeysScreen(context: Context, { journeys, wish }: JourneysView): Screen {
  const words = JOURNEYS_WORDS[context.language]
  const { sections } = context.frame
  const found = matching(journeys, wish)
  const shown = arranged(found, wish, ({ title }) => context.titled(title))
  const lost = html`${panelOf(context, 'incidents', sections.incidents, () => NOTHING)}${panelOf(context, 'fixes', sections.fixes, () => NOTHING)}${panelOf(context, 'days', words.strip, () => NOTHING)}`
  const body = html`<h1>${words.heading}</h1>
${
  journeys.length === 0
    ? emptyOf(words)
    : html`<div id="journeys" data-live>${sumOf(context, words, found, wish)}</div>
${filterOf(context, words, wish)}${toolsOf(words, wish)}
<div id="table" data-live>${lost}${shown.length === 0 ? nothingFound(context, words, journeys, wish) : tableOf(context, words, wish, shown)}</div>`
}`
  return { title: words.heading, under: 'journeys', body, link: wishAddress(wish) }
}

function emptyOf(words: JourneysWords): Markup {
  return html`<p class="empty">${words.none}</p><p class="empty">${words.noneHow}</p>`
}

/** Nothing that fits is not the same as nothing: the way back, and what may have been meant. */
function nothingFound(
  { titled, shared }: Context,
  words: JourneysWords,
  journeys: readonly JourneyStanding[],
  wish: Wish,
): Markup {
  const { filter, state } = wish
  const names = journeys.flatMap((each) => [each.name, titled(each.title)])
  const near = filter === '' ? undefined : nearestOf(filter, names)
  const hint =
    near === undefined
      ? NOTHING
      : html` ${words.didYouMean} <a href="${wishAddress(wish, { filter: near })}"><strong>${near}</strong></a>?`
  const why =
    state === undefined
      ? words.noMatch(filter)
      : words.noneStands(state === 'burning' ? words.burning : shared.states[state], filter)
  const { state: _, ...rest } = { ...wish, filter: '' }
  return html`<p class="empty">${why}${hint} <a href="${wishAddress(rest)}">${words.clear}</a></p>`
}

/** One table, so that columns line up; a part of it for each group. */
function tableOf(context: Context, words: JourneysWords, wish: Wish, journeys: readonly JourneyStanding[]): Markup {
  const parts = grouped(journeys, wish).map(({ name, journeys: rows }) => {
    const head = name === undefined ? NOTHING : groupHead(words, wish, name, rows)
    return html`<tbody>\n${head}${rows.map((journey) => journeyRows(context, words, wish, journey))}</tbody>\n`
  })
  return html`<table class="wide journeys"><caption class="hidden">${words.heading}</caption>
${tableHead(words, wish, journeys)}
${parts}</table>`
}

/** What the rows below have in common, and how many of them stand how. */
function groupHead(words: JourneysWords, { group }: Wish, name: string, rows: readonly JourneyStanding[]): Markup {
  const called = group === 'tier' ? words.tier(name) : name === '' ? words.ungrouped : name
  const counts = STATES.flatMap((state) => {
    const n = rows.filter((journey) => standsAs(journey, state)).length
    if (n === 0) return []
    return [
      state === 'burning'
        ? html` <span class="burning">»${n}</span>`
        : html` <span><span class="mark ${state}" aria-hidden="true">${MARK[state]}</span>${n}</span>`,
    ]
  })
  return html`<tr class="team"><th scope="rowgroup" colspan="${COLUMNS.length}">${called} <span class="counts" aria-hidden="true">${counts}</span></th></tr>\n`
}
