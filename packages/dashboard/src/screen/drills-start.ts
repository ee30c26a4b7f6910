import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, hiddenField } from '../page/field.ts'
import { sheetOf } from '../page/form.ts'
import { timeOf } from '../page/time.ts'
import type { DrillsView } from '../view/drills.ts'
import { DRILL_PLAN_WORDS } from '../words/drill-plan.ts'
import { DRILLS_WORDS, type DrillsWords } from '../words/drills.ts'

export function titleOf({ titled }: Context, journeys: DrillsView['journeys'], name: string): string {
  const journey = journeys.find((each) => each.name === name)
  return journey === undefined ? name : titled(journey.title)
}

/** A made-up trouble. */
export function startOf(context: Context, words: DrillsWords, { journeys }: DrillsView): Markup {
  const names = journeys.map(({ name, title }) => [name, context.titled(title)] as const)
  const outcomes = [['error', words.failing] as const, ['slow', words.slow] as const]
  return sheetOf(
    context,
    '/do/drills',
    words.start,
    html`${choiceField(words.journey, 'journey', names)}${levelField(context, words)}${choiceField(words.outcome, 'outcome', outcomes)}
<label>${words.share} <input name="sharePpm:percent" value="50%"></label>
<label>${words.perMinute} <input name="perMinute:number" value="60" inputmode="numeric"></label>
<label>${words.length} <input name="lengthMs:duration" value="15m"></label>`,
  )
}

function levelField({ shared }: Context, words: DrillsWords, level = 1): Markup {
  const levels = ([1, 2, 3] as const).map((each) => [String(each), shared.levels[each]] as const)
  return choiceField(words.level, 'level:number', levels, String(level))
}

/** A trouble that was: looked at first, because those who take part should know what is expected, and whoever leads what happened. */
export function pastOf(context: Context, { past, chosen, journeys }: DrillsView): Markup {
  const words = DRILL_PLAN_WORDS[context.language]
  if (past.length === 0) return html`<p class="empty">${words.noPast}</p>`
  const options = past.map(({ key, title }) => [key, `${key} ${title}`] as const)
  const look = html`<form method="get" action="/drills" class="filter">${choiceField(words.fromPast, 'incident', options, chosen?.key)}<button>${words.look}</button></form>`
  return html`${look}${chosen === undefined ? NOTHING : planOf(context, chosen, journeys)}`
}

function planOf(context: Context, chosen: NonNullable<DrillsView['chosen']>, journeys: DrillsView['journeys']): Markup {
  const words = DRILL_PLAN_WORDS[context.language]
  const drills = DRILLS_WORDS[context.language]
  const { key, title, level, openedAt } = chosen
  const hurt = chosen.journeys.map((name) => [name, titleOf(context, journeys, name)] as const)
  const which = hurt.length > 1 ? choiceField(drills.journey, 'journey', hurt) : NOTHING
  const begin = sheetOf(
    context,
    '/do/drills/replay',
    words.again,
    html`${hiddenField('replay', key)}${which}${levelField(context, drills, level)}`,
  )
  return html`<section class="tile" id="plan"><h2>${words.scenario(title)}</h2>
<p><a href="/incidents/${encodeURIComponent(key)}">${key}</a> ${timeOf(context, openedAt)} · ${context.figures.list(hurt.map(([, name]) => name))}</p>
<p>${words.replayed}</p>
${expectedOf(context, chosen)}
${begin}</section>`
}

/** The list of then, with what was done: who practises is measured against the same. */
function expectedOf(context: Context, { checklist }: NonNullable<DrillsView['chosen']>): Markup {
  const words = DRILL_PLAN_WORDS[context.language]
  if (checklist.items.length === 0) return html`<h3>${words.expected}</h3><p class="empty">${words.noList}</p>`
  const items = checklist.items.map(({ text, ticked, at, by }) => {
    const then = ticked ? words.doneThen(by) : words.notThen
    const when = ticked && at !== undefined ? html` ${timeOf(context, at)}` : NOTHING
    return html`<li>${context.titled(text)}<span class="under">${then}${when}</span></li>\n`
  })
  return html`<h3>${words.expected}</h3><p class="empty">${words.expectedNote}</p><ol>${items}</ol>`
}
