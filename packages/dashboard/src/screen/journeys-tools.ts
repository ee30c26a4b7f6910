import { html, MARK, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, hiddenField } from '../page/field.ts'
import { GROUPS, SORTS, STATES, standsAs, type Wish, wishAddress } from '../view/overview.ts'
import type { JourneyStanding } from '../view/standing.ts'
import type { JourneysWords } from '../words/journeys.ts'

/** How many stand how, read in one glance; each leads to those alone. */
export function sumOf(
  { shared, figures }: Context,
  words: JourneysWords,
  journeys: readonly JourneyStanding[],
  wish: Wish,
): Markup {
  const { state: chosen, ...all } = wish
  const item = (to: string, isChosen: boolean, label: Markup) =>
    html`<li><a href="${to}"${isChosen ? html` aria-current="true"` : NOTHING}>${label}</a></li>`
  const states = STATES.flatMap((state) => {
    const n = journeys.filter((journey) => standsAs(journey, state)).length
    if (n === 0 && state !== chosen) return []
    const label =
      state === 'burning'
        ? html`<strong>» ${words.burningCount(n)}</strong>`
        : html`<span class="mark ${state}" aria-hidden="true">${MARK[state]}</span> ${shared.states[state]} ${n}`
    return [item(wishAddress(wish, { state }), state === chosen, label)]
  })
  const count = html`${words.count(journeys.length, figures.count(journeys.length))}`
  return html`<ul class="sum" aria-label="${words.state}">${item(wishAddress(all), chosen === undefined, count)}${states}</ul>`
}

/** The same wish by fields; a phone has no heads of columns to sort by. */
export function filterOf({ shared }: Context, words: JourneysWords, wish: Wish): Markup {
  const { filter, group, state = '', sort, reversed, kiosk } = wish
  const states = STATES.map((each) => [each, each === 'burning' ? words.burning : shared.states[each]] as const)
  const sorts = SORTS.map((each) => [each, words.sorts[each]] as const)
  // The other end of an order is reached by the heads alone; sending the form keeps it.
  const chosen = reversed ? `-${sort}` : sort
  const ends = reversed ? [[chosen, words.reversed(words.sorts[sort])] as const] : []
  return html`<form method="get" action="/journeys" class="filter" role="search">
<label>${words.filter} <input type="search" name="q" value="${filter}" maxlength="200" data-key="/" autocomplete="off"></label>
${choiceField(words.state, 'state', [['', words.allStates], ...states], state)}${choiceField(words.sortBy, 'sort', [...ends, ...sorts], chosen)}${choiceField(
  words.groupBy,
  'group',
  GROUPS.map((each) => [each, words.groups[each]] as const),
  group,
)}${kiosk ? hiddenField('kiosk', '1') : NOTHING}<button>${words.apply}</button>
</form>`
}

/** What else this list can become. */
export function toolsOf(words: JourneysWords, wish: Wish): Markup {
  return html`<p class="toolbar"><a href="${wishAddress(wish, {}, '/journeys.csv')}" download>CSV</a> <a href="/reports">${words.reports}</a> <a href="${wishAddress(wish, { kiosk: true })}">${words.wall}</a></p>\n`
}
