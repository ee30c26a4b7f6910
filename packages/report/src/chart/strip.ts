import { scaleLinear } from 'd3-scale'
import { html, type Markup } from '../format/markup.ts'
import type { Chart } from './chart.ts'
import { axisLabels, framed, label, round, ticks, WIDTH } from './frame.ts'

const HEIGHT = 120
const INSET = { top: 22, right: 150, bottom: 24, left: 64 }

/** A bar for each day's bad events; a darker one stands for a day that had more of them than it was allowed. */
export function drawStrip({ bars, days, labels }: Extract<Chart, { kind: 'strip' }>, summary: string): Markup {
  const highest = Math.max(1, ...bars.map(({ bad }) => bad))
  const x = scaleLinear([0, days], [INSET.left, WIDTH - INSET.right])
  const y = scaleLinear([0, highest], [HEIGHT - INSET.bottom, INSET.top])
  const width = x(1) - x(0)
  const most = bars.findIndex(({ bad }) => bad === highest)
  return framed(HEIGHT, summary, [
    ...(['late', 'plain'] as const).flatMap((tone) => {
      // One line for all days of a tone, a stroke as wide as a bar: a page has hundreds of these charts.
      const drawn = bars.flatMap(({ bad, over }, i) =>
        bad === 0 || over !== (tone === 'late')
          ? []
          : [`M${round(x(i + 0.5))} ${round(y(0))}V${round(Math.min(y(bad), y(0) - 1))}`],
      )
      return drawn.length === 0
        ? []
        : [html`<path class="bars ${tone}" stroke-width="${round(width * 0.7)}" d="${drawn.join('')}"/>`]
    }),
    html`<path class="axis" d="M${INSET.left} ${round(y(0))}H${WIDTH - INSET.right}"/>`,
    label(INSET.left - 8, y(0) + 4, labels.none, 'end'),
    axisLabels(
      HEIGHT - 6,
      ticks(days).map((day) => ({ x: x(day - 0.5), text: String(day) })),
    ),
    ...(most === -1 ? [] : [label(x(most + 0.5), INSET.top - 8, labels.most, 'middle')]),
  ])
}
