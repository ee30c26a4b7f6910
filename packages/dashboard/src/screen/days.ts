import { type DayTally, spendsMore } from '@tabiji/core/report'
import { html, type Markup } from '@tabiji/report/page'
import type { JourneysWords } from '../words/journeys.ts'

const WIDTH = 4
const HEIGHT = { within: 11, over: 15, worst: 20 }

/**
 * A bar a day: how much of the even daily share of the budget its bad events took. It grows up to that share; a day that took
 * more stands out by a step, one that took five times as much by a further one, so that they are seen without colour.
 */
export function drawDays(days: readonly DayTally[], words: JourneysWords): Markup {
  const shares = days.map(({ bad, allowedMillionths }) =>
    allowedMillionths === 0 ? Number(bad > 0) : (bad * 1_000_000) / allowedMillionths,
  )
  const bars = days.map((day, i) => {
    const { date, bad } = day
    const share = shares[i] ?? 0
    const kind = share >= 5 ? 'worst' : spendsMore(day) ? 'over' : 'within'
    const height = kind !== 'within' ? HEIGHT[kind] : bad === 0 ? 1 : Math.max(2, Math.round(share * HEIGHT.within))
    return html`<rect class="${kind}" x="${i * WIDTH}" y="${HEIGHT.worst - height}" width="${WIDTH - 1}" height="${height}"><title>${date}</title></rect>`
  })
  return html`<svg class="days" viewBox="0 0 ${days.length * WIDTH} ${HEIGHT.worst}" role="img" aria-label="${words.stripTold(days.length, days.filter(spendsMore).length)}">${bars}</svg>`
}
