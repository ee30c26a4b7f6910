import { type Flow, factorMilliOf, flowOf, spentWhenRinging } from '@tabiji/core/budget'
import { formatDuration } from '@tabiji/core/time'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { headOf } from '../page/table.ts'
import type { Standing } from '../view/standing.ts'
import type { JourneyWords } from '../words/journey.ts'
import { burnOf } from './journey-row.ts'

/** Every pair of windows: above what it rings, how fast both burn now, and how much will be gone when it rings. */
export function rulesOf(context: Context, words: JourneyWords, { name, pairs, targetPpm, window }: Standing): Markup {
  if (pairs.length === 0) return NOTHING
  const { shared, figures } = context
  const rows = pairs.map((reading) => {
    const { pair, longBurnMilli, shortBurnMilli } = reading
    const factor = factorMilliOf(pair, window)
    const cell = (label: string, text: string) => html`<td data-label="${label}" class="end"><span>${text}</span></td>`
    return html`<tr><th scope="row">${shared.levels[pair.level]}</th>${cell(words.windows, `${formatDuration(pair.longMs)} / ${formatDuration(pair.shortMs)}`)}${cell(words.over, burnOf(context, factor))}${cell(words.now, `${burnOf(context, longBurnMilli)} / ${burnOf(context, shortBurnMilli)}`)}<td data-label="${words.state}"><span>${stateOf(words, flowOf(reading, targetPpm, window))}</span></td>${cell(words.spent, figures.left(spentWhenRinging(pair, window)))}</tr>\n`
  })
  const head = [
    [words.level],
    [words.windows, 'end'],
    [words.over, 'end'],
    [words.now, 'end'],
    [words.state],
    [words.spent, 'end'],
  ] as const
  return html`<table class="wide"><caption>${words.rules}: ${name}</caption>
<thead><tr>${headOf(head)}</tr></thead>
<tbody>
${rows}</tbody></table>`
}

function stateOf(words: JourneyWords, flow: Flow): Markup {
  return flow === 'burning' ? html`<strong class="burning">» ${words.burning}</strong>` : html`${words[flow]}`
}
