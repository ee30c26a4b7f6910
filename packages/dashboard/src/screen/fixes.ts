import { html, type Markup, NOTHING, renderSection } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { panelOf } from '../page/panel.ts'
import { FIX_VIEWS, type FixesView } from '../view/fixes.ts'
import { FIX_BOARD_WORDS } from '../words/fix-board.ts'
import { FIXES_WORDS } from '../words/fixes.ts'
import { boardOf } from './fix-board.ts'
import { addForm } from './fix-forms.ts'
import { listOf } from './fix-list.ts'
import { viewOf } from './fix-parts.ts'

/** All fixes: by how far they are, as a list to work through, or by age with what the month's report will say of them. */
export function fixesScreen(context: Context, view: FixesView): Screen {
  const words = FIXES_WORDS[context.language]
  const body = html`<h1>${words.heading}</h1>
<div id="standing-fixes" data-live>${panelOf(context, 'month', FIX_BOARD_WORDS[context.language].month, () => standingOf(context, view))}</div>
${tabsOf(context, view)}
${filterOf(context, view)}
${viewOf(context, words, view.trackers)}
${addForm(context, view)}
${shownOf(context, view)}`
  return { title: words.heading, under: 'fixes', body }
}

/** What the report's first lines will say: the promise, and what lies on the table. */
function standingOf(context: Context, { facts }: FixesView): Markup {
  if (facts === undefined) return html`<p class="empty">${FIX_BOARD_WORDS[context.language].monthOfAll}</p>`
  const words = FIX_BOARD_WORDS[context.language]
  const { figures, shared } = context
  const { onTime, open, ageing } = facts.fixes
  const { numerator, denominator } = onTime.share
  const promise =
    denominator === 0
      ? words.noneDue
      : words.onTime(figures.count(numerator), figures.count(denominator), figures.target(onTime.targetPpm))
  const { oldestDays } = ageing
  const oldest = oldestDays === undefined ? undefined : shared.days(oldestDays, figures.count(oldestDays))
  const standing = words.standing(figures.count(open.length), figures.count(ageing.overdue), oldest)
  return html`<p>${[promise, standing].join(shared.separator)}</p>`
}

function addressOf(
  { view, team, journey }: FixesView,
  change: { readonly view?: string; readonly team?: string },
): string {
  const said = Object.entries({ view, team, journey, ...change }).filter(([, value]) => value !== undefined)
  return `/fixes?${new URLSearchParams(Object.fromEntries(said) as Record<string, string>)}`
}

function tabsOf({ language }: Context, view: FixesView): Markup {
  const words = FIX_BOARD_WORDS[language]
  const tabs = FIX_VIEWS.map((each) => {
    const here = each === view.view ? html` aria-current="true"` : NOTHING
    return html`<li><a href="${addressOf(view, { view: each })}"${here}>${words.views[each]}</a></li>`
  })
  return html`<ul class="sum" aria-label="${words.viewsLabel}">${tabs}</ul>`
}

function filterOf(context: Context, { view, team, teams, journey, journeys }: FixesView): Markup {
  const words = FIX_BOARD_WORDS[context.language]
  const option = (value: string, label: string, chosen: string | undefined) =>
    html`<option value="${value}"${value === chosen ? html` selected` : NOTHING}>${label}</option>`
  const ofTeam = teams.map((name) => option(name, name, team))
  const ofJourney = journeys.map(({ name, title }) => option(name, context.titled(title), journey))
  const choice = (label: string, name: string, every: string, options: readonly Markup[]) =>
    options.length === 0
      ? NOTHING
      : html`<label>${label} <select name="${name}"><option value="">${every}</option>${options}</select></label>\n`
  return html`<form method="get" action="/fixes" class="filter"><input type="hidden" name="view" value="${view}">
${choice(words.team, 'team', words.everyTeam, ofTeam)}${choice(words.journey, 'journey', words.everyJourney, ofJourney)}<button>${words.show}</button></form>`
}

function shownOf(context: Context, view: FixesView): Markup {
  const words = FIXES_WORDS[context.language]
  const board = FIX_BOARD_WORDS[context.language]
  const { fixes, team, journey, facts } = view
  if (view.view === 'ageing' && facts !== undefined)
    return html`<div id="ageing" data-live>${renderSection(facts, context.language, 'fixes')}</div>`
  if (fixes.length === 0) {
    return team === undefined && journey === undefined
      ? html`<p class="empty">${words.none}</p><p class="empty">${words.noneHow}</p>`
      : html`<p class="empty">${board.noneFits} <a href="/fixes?view=${view.view}">${board.clear}</a></p>`
  }
  const done = fixes
    .filter(({ doneAt }) => doneAt !== undefined)
    .toSorted((a, b) => ((a.doneAt ?? '') < (b.doneAt ?? '') ? 1 : -1))[0]
  const isCalm = fixes.every(({ state }) => state !== 'open')
  const calm = isCalm ? html`<p class="empty">${board.noOpen(done?.key)}</p>` : NOTHING
  return html`${calm}${view.view === 'board' ? boardOf(context, view) : listOf(context, view)}`
}
