import type { DayTally } from '@tabiji/core/report'
import { html, type Markup } from '@tabiji/report/page'

const WIDTH = 4
const HEIGHT = 20

/**
 * A bar a day: how much of the even daily share of the budget its bad events took. A full bar is at least that share; days
 * that took five times as much are patterned, so that they are seen without colour.
 */
export function drawDays(days: readonly DayTally[], name: string): Markup {
  const bars = days.map(({ date, bad, allowedMillionths }, i) => {
    const share = allowedMillionths === 0 ? Number(bad > 0) : (bad * 1_000_000) / allowedMillionths
    const height = bad === 0 ? 1 : Math.min(HEIGHT, Math.max(2, Math.round(share * HEIGHT)))
    const kind = share >= 5 ? 'worst' : share >= 1 ? 'over' : 'within'
    return html`<rect class="${kind}" x="${i * WIDTH}" y="${HEIGHT - height}" width="${WIDTH - 1}" height="${height}"><title>${date}</title></rect>`
  })
  return html`<svg class="days" viewBox="0 0 ${days.length * WIDTH} ${HEIGHT}" role="img" aria-label="${name}">${bars}</svg>`
}
