import { html, type Markup } from '../format/markup.ts'
import type { Chart } from './chart.ts'
import { framed, label, round } from './frame.ts'

/** What is right of the bar is for labels, which begin below their piece and never have to be broken. */
const LENGTH = 470
const BAR = { top: 22, height: 22 }
const ROW = 18

/** One bar of all bad events, cut by cause, with each name below its piece; the mark above is where the budget ended. */
export function drawSpent({ pieces, budgetPpm, labels }: Extract<Chart, { kind: 'spent' }>, summary: string): Markup {
  const at = (ppm: number) => round((ppm * LENGTH) / 1_000_000)
  const bottom = BAR.top + BAR.height
  let start = 0
  const drawn = pieces.map(({ on, ppm, label: text }, i) => {
    const [x, width] = [at(start), Math.max(1, at(ppm) - 1)]
    start += ppm
    // The last name stands highest, so that no line to a name crosses another name.
    const y = bottom + ROW * (pieces.length - i)
    const line = round(x + Math.min(width / 2, 8))
    return html`<rect class="${on}" x="${x}" y="${BAR.top}" width="${width}" height="${BAR.height}"/><path class="axis" d="M${line} ${bottom + 1}V${y - 4}H${line + 5}"/>${label(line + 9, y, text)}`
  })
  const edge = at(budgetPpm)
  return framed(bottom + ROW * pieces.length + 8, summary, [
    html`<rect class="track" x="0" y="${BAR.top}" width="${LENGTH}" height="${BAR.height}"/>`,
    ...drawn,
    html`<path class="edge" d="M${edge} ${BAR.top - 6}V${bottom + 3}"/>`,
    label(edge, BAR.top - 9, labels.whole, edge > LENGTH / 2 ? 'end' : 'start'),
  ])
}
