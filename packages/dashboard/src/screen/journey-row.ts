import { formatDuration } from '@tabiji/core/time'
import { badOfAllowed, html, MARK, type Markup, NOTHING, resultDecimals } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { headOf } from '../page/table.ts'
import { type JourneyStanding, type Standing, worstOf } from '../view/standing.ts'
import type { JourneysWords } from '../words/journeys.ts'
import { drawDays } from './days.ts'

/** Windows of the fastest pair that any journey has: what burns now shows there first. */
function fastestOf(journeys: readonly JourneyStanding[]): number | undefined {
  const windows = journeys.flatMap(({ objectives }) =>
    objectives.flatMap(({ pairs }) => pairs.map(({ pair }) => pair.longMs)),
  )
  return windows.length === 0 ? undefined : Math.min(...windows)
}

export function tableHead(words: JourneysWords, journeys: readonly JourneyStanding[]): Markup {
  const fastest = fastestOf(journeys)
  const columns = [
    [words.journey],
    [words.target, 'end'],
    [words.result, 'end'],
    [words.left, 'end'],
    [words.failed, 'end'],
    [words.burn(fastest === undefined ? '' : formatDuration(fastest)), 'end'],
    [words.strip],
    [words.open],
  ] as const
  return html`<thead><tr>${headOf(columns)}</tr></thead>`
}

/** A journey as its worst objective; the others unfold below its name. */
export function journeyRow(context: Context, words: JourneysWords, journey: JourneyStanding): Markup {
  const { shared, titled } = context
  const worst = worstOf(journey)
  const state = worst?.state ?? 'unjudged'
  const fire = worst?.burning === true ? html` <strong class="burning">» ${words.burning}</strong>` : NOTHING
  const name = html`<th scope="row"><span class="mark ${state}" title="${shared.states[state]}">${MARK[state]}</span> <span class="hidden">${shared.states[state]}</span><a href="/journeys/${encodeURIComponent(journey.name)}">${titled(journey.title)}</a>${fire}${worst === undefined ? NOTHING : html`<span class="under">${objectiveName(context, worst)}</span>`}${othersOf(context, words, journey, worst)}</th>`
  if (worst === undefined)
    return html`<tr>${name}<td colspan="7" class="empty">${shared.journeys.noObjective}</td></tr>\n`
  return html`<tr>${name}${cellsOf(context, words, journey, worst)}</tr>\n`
}

function cellsOf(context: Context, words: JourneysWords, journey: JourneyStanding, worst: Standing): Markup {
  const { figures } = context
  const cell = (label: string, content: Markup | string, kind = '') =>
    html`<td data-label="${label}" class="${kind}"><span>${content}</span></td>`
  const target = cell(words.target, figures.target(worst.targetPpm), 'end')
  const open = cell(words.open, openOf(words, journey))
  if (worst.valid === 0) return html`${target}<td colspan="5" class="empty">${words.waiting}</td>${open}`
  const fastest = worst.pairs.toSorted((a, b) => a.pair.longMs - b.pair.longMs)[0]
  const days = journey.days?.[worst.id]
  return html`${target}${cell(words.result, resultOf(context, worst), 'end')}${cell(words.left, leftOf(context, worst), 'end')}${cell(words.failed, badOfAllowed(figures, worst, worst), 'end')}${cell(words.burn(''), fastest === undefined ? '' : burnOf(context, fastest.longBurnMilli), 'end')}${cell(words.strip, days === undefined ? '' : drawDays(days, words.strip))}${open}`
}

/** What share of the events was good, as the report writes it. */
export function resultOf({ figures, shared }: Context, { valid, bad, targetPpm, estimate }: Standing): string {
  const shown = figures.percent(valid - bad, valid, resultDecimals(targetPpm))
  return estimate === true ? shared.journeys.estimated(shown) : shown
}

/** What is left, with a bar of what is spent: it fills from the left. */
function leftOf({ figures }: Context, { leftPpm, state }: Standing): Markup {
  if (leftPpm === undefined) return NOTHING
  const spent = Math.min(96, Math.max(0, Math.round(((1_000_000 - leftPpm) * 96) / 1_000_000)))
  return html`<svg class="bar" viewBox="0 0 96 10" aria-hidden="true"><rect class="track" width="96" height="10"/><rect class="${state}" width="${spent}" height="10"/></svg>${figures.left(leftPpm)}`
}

/** Thousandths of the sustainable speed, cut to tenths: `14.4×`. */
export function burnOf({ figures }: Context, milli: number): string {
  const tenths = Math.floor(milli / 100)
  return `${figures.count(Math.floor(tenths / 10))}.${tenths % 10}×`
}

export function objectiveName({ shared }: Context, { name, step, indicator }: Standing): string {
  return shared.also(step === undefined ? name : `${name} · ${step}`, shared.indicators[indicator])
}

function othersOf(context: Context, words: JourneysWords, { objectives }: JourneyStanding, worst?: Standing): Markup {
  const others = objectives.filter((each) => each !== worst)
  if (others.length === 0) return NOTHING
  const lines = others.map((each) => {
    const left = each.leftPpm === undefined ? context.shared.states.unjudged : context.figures.left(each.leftPpm)
    return html`<li><span class="mark ${each.state}" aria-hidden="true">${MARK[each.state]}</span> ${objectiveName(context, each)} ${left}</li>`
  })
  return html`<details><summary>${words.others(others.length)}</summary><ul class="others">${lines}</ul></details>`
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
