import { elapsedPpm } from '@tabiji/core/budget'
import { formatDuration } from '@tabiji/core/time'
import { badOfAllowed, goodOf, html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { fastestPair, fastestWindow, type Sort, type Wish, wishAddress } from '../view/overview.ts'
import { type JourneyStanding, type Standing, worstOf } from '../view/standing.ts'
import type { JourneysWords } from '../words/journeys.ts'
import { drawSpent } from './bar.ts'
import { drawDays } from './days.ts'
import { staleWord, stateMark } from './state-mark.ts'

/** The columns of the overview: what they are called, and by what they sort. */
export const COLUMNS = [
  { word: 'journey', sort: 'name' },
  { word: 'target', sort: 'target' },
  { word: 'result', sort: 'result' },
  { word: 'left', sort: 'left' },
  { word: 'failed' },
  { word: 'burn', sort: 'burn' },
  { word: 'strip' },
  { word: 'open', sort: 'open' },
] as const

/** Orders whose first row has the smallest figure, or the first name. */
const ASCENDING: readonly Sort[] = ['name', 'result', 'left']

function windowOf(journeys: readonly JourneyStanding[]): string {
  const ms = fastestWindow(journeys)
  return ms === undefined ? '' : formatDuration(ms)
}

/** Heads that sort: by the one that sorts already, from the other end. */
export function tableHead(words: JourneysWords, wish: Wish, journeys: readonly JourneyStanding[]): Markup {
  const heads = COLUMNS.map((column) => {
    const label = column.word === 'burn' ? words.burn(windowOf(journeys)) : words[column.word]
    const align = column.word === 'journey' || column.word === 'strip' || column.word === 'open' ? '' : 'end'
    if (!('sort' in column)) return html`<th scope="col" class="${align}">${label}</th>`
    const { sort } = column
    const isHere = sort === wish.sort
    const isUp = ASCENDING.includes(sort) !== wish.reversed
    const to = wishAddress(wish, { sort, reversed: isHere && !wish.reversed })
    const order = isHere ? html` aria-sort="${isUp ? 'ascending' : 'descending'}"` : NOTHING
    const arrow = isHere ? html` <span aria-hidden="true">${isUp ? '▲' : '▼'}</span>` : NOTHING
    return html`<th scope="col" class="${align}"${order}><a class="sort" href="${to}">${label}${arrow}</a></th>`
  })
  return html`<thead><tr>${heads}</tr></thead>`
}

/** A journey as its worst objective, and, unfolded, all the others. */
export function journeyRows(context: Context, words: JourneysWords, wish: Wish, journey: JourneyStanding): Markup {
  const { shared, titled } = context
  const { name } = journey
  const worst = worstOf(journey)
  const fire = worst?.burning === true ? html` <strong class="burning">» ${words.burning}</strong>` : NOTHING
  const under = worst === undefined ? NOTHING : html`<span class="under">${objectiveName(context, worst)}</span>`
  const others = journey.objectives.filter((each) => each !== worst)
  const isOpen = wish.unfolded.includes(name)
  const head = html`<th scope="row">${stateMark(context, worst)} <a href="/journeys/${encodeURIComponent(name)}">${titled(journey.title)}</a>${fire}${staleWord(context, worst)}${under}${foldOf(words, wish, name, others.length)}</th>`
  if (worst === undefined) {
    const lack = html`<td colspan="${COLUMNS.slice(1).length}" class="empty">${shared.journeys.noObjective}</td>`
    return html`<tr>${head}${lack}</tr>\n`
  }
  const open = cell(words.open, openOf(words, journey))
  const more = isOpen ? others.map((each) => otherRow(context, words, journey, each)) : []
  return html`<tr>${head}${cellsOf(context, words, journey, worst)}${open}</tr>\n${more}`
}

/** The way to all objectives of a journey, and back. */
function foldOf(words: JourneysWords, wish: Wish, name: string, others: number): Markup {
  if (others === 0) return NOTHING
  const isOpen = wish.unfolded.includes(name)
  const unfolded = isOpen ? wish.unfolded.filter((each) => each !== name) : [...wish.unfolded, name]
  const label = isOpen ? words.fewer : words.others(others)
  return html`<span class="under"><a id="fold-${name}" href="${wishAddress(wish, { unfolded })}#fold-${name}" aria-expanded="${String(isOpen)}">${isOpen ? '▾' : '▸'} ${label}</a></span>`
}

function otherRow(context: Context, words: JourneysWords, journey: JourneyStanding, standing: Standing): Markup {
  const fire = standing.burning ? html` <strong class="burning">» ${words.burning}</strong>` : NOTHING
  const to = `/journeys/${encodeURIComponent(journey.name)}?o=${encodeURIComponent(standing.name)}`
  return html`<tr class="more"><th scope="row">${stateMark(context, standing)} <a href="${to}">${objectiveName(context, standing)}</a>${fire}${staleWord(context, standing)}</th>${cellsOf(context, words, journey, standing)}<td></td></tr>\n`
}

function cell(label: string, content: Markup | string, kind = ''): Markup {
  return html`<td data-label="${label}" class="${kind}"><span>${content}</span></td>`
}

function cellsOf(context: Context, words: JourneysWords, journey: JourneyStanding, standing: Standing): Markup {
  const { figures } = context
  const target = cell(words.target, figures.target(standing.targetPpm), 'end')
  if (standing.valid === 0)
    return html`${target}<td colspan="5" class="empty"><span>${words.waiting} <code>tabiji doctor</code></span></td>`
  const fastest = fastestPair(standing)
  const days = journey.days?.[standing.id]
  return html`${target}${cell(words.result, resultOf(context, standing), 'end')}${cell(words.left, leftOf(context, words, standing), 'end')}${cell(words.failed, badOfAllowed(figures, standing, standing), 'end')}${cell(words.burn(''), fastest === undefined ? '' : burnOf(context, fastest.longBurnMilli), 'end')}${cell(words.strip, days === undefined ? '' : drawDays(days, words))}`
}

/** What share of the events was good, as the report writes it. */
export function resultOf({ figures, shared }: Context, standing: Standing): string {
  const shown = goodOf(figures, standing)
  return standing.estimate === true ? shared.journeys.estimated(shown) : shown
}

/** What is left, with a bar of what is spent and of where an even pace would be today. */
function leftOf({ figures, around }: Context, words: JourneysWords, { leftPpm, state, period }: Standing): Markup {
  if (leftPpm === undefined) return NOTHING
  const even =
    period === undefined
      ? undefined
      : elapsedPpm({ from: Date.parse(period.from), to: Date.parse(period.to) }, Date.parse(around.now))
  const said = even === undefined ? NOTHING : html`<span class="hidden"> ${words.evenPace(figures.left(even))}</span>`
  return html`${drawSpent(leftPpm, state, even)}<span class="rest">${figures.left(leftPpm)}</span>${said}`
}

/** Thousandths of the sustainable speed, cut to tenths: `14.4×`. */
export function burnOf({ figures }: Context, milli: number): string {
  return figures.burn(milli)
}

export function objectiveName({ shared }: Context, { name, step, indicator }: Standing): string {
  return shared.also(step === undefined ? name : `${name} · ${step}`, shared.indicators[indicator])
}

function openOf(words: JourneysWords, { name, open }: JourneyStanding): Markup {
  const of = (count: number, text: string, screen: string) =>
    count === 0 ? [] : [html`<a href="/${screen}?journey=${encodeURIComponent(name)}">${text}</a> `]
  return html`${[
    ...of(open.alerts, words.alerts(open.alerts), 'alerts'),
    ...of(open.incidents, words.incidents(open.incidents), 'incidents'),
    ...of(open.fixes, words.fixes(open.fixes), 'fixes'),
  ]}`
}
