import type { FixSummary } from '@tabiji/core/fix'
import { html, type Markup, NOTHING, renderSection } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { panelOf } from '../page/panel.ts'
import type { FixesView, TrackerAge } from '../view/fixes.ts'
import { FIXES_WORDS, type FixesWords } from '../words/fixes.ts'

type Column = keyof FixesWords['columns']
const COLUMNS: readonly Column[] = ['open', 'blocked', 'done', 'accepted', 'closed']

/** Closed ones are many; the newest say enough, the report has the rest. */
const CARDS = 30

/** All fixes by how far they are, the most overdue first; below it what the month's report will say of them. */
export function fixesScreen(context: Context, { fixes, trackers, facts }: FixesView): Screen {
  const words = FIXES_WORDS[context.language]
  const columns = COLUMNS.map((column) =>
    columnOf(
      context,
      words,
      column,
      fixes.filter((fix) => placeOf(fix) === column),
    ),
  )
  const empty = html`<p class="empty">${words.none}</p><p class="empty">${words.noneHow}</p>`
  const statistics = facts === undefined ? [] : renderSection(facts, context.language, 'fixes')
  const body = html`<h1>${words.heading}</h1>
${viewOf(context, words, trackers)}
${fixes.length === 0 ? empty : html`<div class="board" id="board" data-live>${columns}</div>`}
${panelOf(context, 'month', words.statistics(context.figures.month(context.around.now.slice(0, 7))), () => html`${statistics}`)}`
  return { title: words.heading, under: 'fixes', body }
}

function placeOf({ state, blocked }: FixSummary): Column {
  if (state === 'open') return blocked === undefined ? 'open' : 'blocked'
  return state === 'done' || state === 'accepted' ? state : 'closed'
}

function columnOf(context: Context, words: FixesWords, column: Column, fixes: readonly FixSummary[]): Markup {
  const shown = column === 'open' || column === 'blocked' ? fixes : fixes.slice(0, CARDS)
  const cards = shown.map((fix) => html`<li data-row>${cardOf(context, words, fix)}</li>\n`)
  const list = fixes.length === 0 ? html`<p class="empty">${words.emptyColumn}</p>` : html`<ul>${cards}</ul>`
  return html`<section><h2>${words.columns[column]} <span class="count">${fixes.length}</span></h2>${list}</section>\n`
}

function cardOf(context: Context, words: FixesWords, fix: FixSummary): Markup {
  const { key, title, kind, journey, owner, postponements, ticket } = fix
  const told = [
    context.shared.kinds[kind],
    ...(journey === undefined ? [] : [journey]),
    owner ?? words.noOwner,
    ...(postponements === 0 ? [] : [words.moved(postponements)]),
    ...(ticket?.gone === true ? [words.gone] : []),
  ]
  return html`<a href="/fixes/${encodeURIComponent(key)}">${key}</a> ${title}
<span class="under">${told.join(context.shared.separator)}</span><span class="under">${dateOf(context, words, fix)}</span>`
}

/** When it is owed, or what became of it; what is late is said in words. */
export function dateOf({ figures }: Context, words: FixesWords, fix: FixSummary): Markup {
  const { state, due, overdueDays, doneAt, acceptance } = fix
  if (overdueDays > 0)
    return html`<strong class="late">${words.overdue(overdueDays, figures.count(overdueDays))}</strong> ${words.due(due)}`
  if (doneAt !== undefined) return html`${words.doneOn(figures.date(doneAt))}`
  if (state === 'accepted' && acceptance !== undefined) return html`${words.acceptedUntil(acceptance.until)}`
  return state === 'open' ? html`${words.due(due)}` : NOTHING
}

/** How old the view of each tracker is: what stands above is no newer. */
export function viewOf({ figures }: Context, words: FixesWords, trackers: readonly TrackerAge[]): readonly Markup[] {
  return trackers.map(({ name, readAt, failingSince }) => {
    if (readAt === undefined) return html`<p class="empty">${words.viewNever(name)}</p>`
    const at = figures.stamp(readAt)
    return failingSince === undefined
      ? html`<p class="empty">${words.view(name, at)}</p>`
      : html`<p class="stale">${words.viewFailing(name, at)}</p>`
  })
}
