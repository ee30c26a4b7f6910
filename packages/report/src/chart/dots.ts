import { scaleLog } from 'd3-scale'
import { html, type Markup } from '../format/markup.ts'
import type { Chart } from './chart.ts'
import { framed, label, round, WIDTH } from './frame.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const ROW = 34
const INSET = { top: 8, right: 24, bottom: 24, left: 190 }

/** A dot for each time on an axis whose steps are factors, because times of incidents differ by factors; a tick at each median. */
export function drawDots({ rows, ticks }: Extract<Chart, { kind: 'dots' }>, summary: string): Markup {
  const height = INSET.top + rows.length * ROW + INSET.bottom
  // What took less than a minute, or more than a day, stands at the end of the axis; the table says how long it was.
  const x = scaleLog([MINUTE, DAY], [INSET.left, WIDTH - INSET.right]).clamp(true)
  const bottom = INSET.top + rows.length * ROW
  return framed(height, summary, [
    ...ticks.flatMap(({ at, label: text }) => [
      html`<path class="grid" d="M${round(x(at))} ${INSET.top}V${bottom}"/>`,
      label(x(at), height - 6, text, at === DAY ? 'end' : 'middle'),
    ]),
    ...rows.flatMap((row, i) => {
      const y = INSET.top + i * ROW + ROW / 2
      return [
        label(INSET.left - 12, y + 4, row.label, 'end'),
        html`<path class="axis" d="M${INSET.left} ${y}H${WIDTH - INSET.right}"/>`,
        ...row.values.map(
          (value) =>
            html`<circle class="${row.practice === true ? 'practice' : 'within'}" cx="${round(x(Math.max(value, 1)))}" cy="${y}" r="5"/>`,
        ),
        ...(row.median === undefined
          ? []
          : [html`<path class="median" d="M${round(x(Math.max(row.median, 1)))} ${y - 11}V${y + 11}"/>`]),
      ]
    }),
  ])
}
