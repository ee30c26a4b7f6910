import type { FixSummary } from '@tabiji/core/fix'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { FixesView } from '../view/fixes.ts'
import { FIX_BOARD_WORDS, type FixColumn } from '../words/fix-board.ts'
import { FIXES_WORDS } from '../words/fixes.ts'
import { dateOf } from './fix-parts.ts'

const COLUMNS: readonly FixColumn[] = ['open', 'blocked', 'watching', 'done', 'accepted', 'closed']

/** Closed ones are many; the newest say enough, the list has the rest. */
const CARDS = 30

type Watched = NonNullable<NonNullable<FixesView['facts']>['statistics']>['watched'][number]

/** Each fix in one column; one that is done is not through before it has been watched. */
export function boardOf(context: Context, { fixes, facts }: FixesView): Markup {
  const watched = new Map(facts?.statistics?.watched.map((one) => [one.key, one]))
  const columns = COLUMNS.map((column) => {
    const some = fixes.filter((fix) => placeOf(fix, watched.get(fix.key)) === column)
    const isWork = column === 'open' || column === 'blocked'
    const cards = (isWork ? some : newestFirst(some).slice(0, CARDS)).map(
      (fix) => html`<li data-row>${cardOf(context, fix, watched.get(fix.key))}</li>\n`,
    )
    const list =
      some.length === 0
        ? html`<p class="empty">${FIXES_WORDS[context.language].emptyColumn}</p>`
        : html`<ul>${cards}</ul>`
    return html`<section><h2>${FIX_BOARD_WORDS[context.language].columns[column]} <span class="count">${some.length}</span></h2>${list}</section>\n`
  })
  return html`<div class="board" id="board" data-live>${columns}</div>`
}

function placeOf({ state, blocked }: FixSummary, watched: Watched | undefined): FixColumn {
  if (state === 'open') return blocked === undefined ? 'open' : 'blocked'
  if (state === 'done') return watched?.verdict === 'watching' ? 'watching' : 'done'
  return state === 'accepted' ? state : 'closed'
}

function newestFirst(fixes: readonly FixSummary[]): readonly FixSummary[] {
  return fixes.toSorted((a, b) => ((a.doneAt ?? a.created) < (b.doneAt ?? b.created) ? 1 : -1))
}

function cardOf(context: Context, fix: FixSummary, watched: Watched | undefined): Markup {
  const words = FIXES_WORDS[context.language]
  const { key, title, kind, journey, owner, postponements, ticket } = fix
  const told = [
    context.shared.kinds[kind],
    ...(journey === undefined ? [] : [journey]),
    owner ?? words.noOwner,
    ...(postponements === 0 ? [] : [words.moved(postponements)]),
    ...(ticket?.gone === true ? [words.gone] : []),
  ]
  return html`<a href="/fixes/${encodeURIComponent(key)}">${key}</a> ${title}
<span class="under">${told.join(context.shared.separator)}</span><span class="under">${dateOf(context, words, fix)}</span>${watchOf(context, watched)}`
}

/** Whether it works, as far as anybody can know by now. */
function watchOf(context: Context, watched: Watched | undefined): Markup {
  if (watched === undefined) return NOTHING
  const { verdict, days, incidents } = watched
  const { figures, shared, language } = context
  const words = FIX_BOARD_WORDS[language]
  const said = verdict === 'watching' ? words.watched(figures.count(days)) : shared.fixDebt.verdicts[verdict]
  const back = incidents.map((key) => html` <a href="/incidents/${encodeURIComponent(key)}">${key}</a>`)
  return html`<span class="under">${verdict === 'held' ? `✓ ${said}` : said}${back}</span>`
}
