import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { html, type Markup } from '../format/markup.ts'
import type { Chart } from './chart.ts'
import { framed, label, round, WIDTH } from './frame.ts'

const HEIGHT = 190
const INSET = { top: 14, right: 150, bottom: 24, left: 64 }
const FULL = 1_000_000

/** The budget left at the end of each day, beside the line that an even pace would draw. Below nothing it goes on. */
export function drawBurnDown({ points, days, labels }: Extract<Chart, { kind: 'burn-down' }>, summary: string): Markup {
  const lowest = Math.min(0, ...points.map(({ leftPpm }) => leftPpm))
  const x = scaleLinear([0, days], [INSET.left, WIDTH - INSET.right])
  const y = scaleLinear([lowest, FULL], [HEIGHT - INSET.bottom, INSET.top])
  const course = [FULL, ...points.map(({ leftPpm }) => leftPpm)]
  const path = line<number>(
    (_, day) => round(x(day)),
    (left) => round(y(left)),
  )
  const last = course.at(-1) ?? FULL
  const end = { x: x(course.length - 1), y: y(last) }
  const pace = path([FULL, ...Array.from({ length: days }, (_, i) => FULL - ((i + 1) * FULL) / days)]) ?? ''
  return framed(HEIGHT, summary, [
    html`<path class="axis" d="M${INSET.left} ${round(y(0))}H${WIDTH - INSET.right}"/>`,
    html`<path class="pace" d="${pace}"/>`,
    html`<path class="course ${last < 0 ? 'over' : 'within'}" d="${path(course) ?? ''}"/>`,
    html`<circle class="${last < 0 ? 'over' : 'within'}" cx="${round(end.x)}" cy="${round(end.y)}" r="4"/>`,
    label(INSET.left - 8, y(FULL) + 4, labels.full, 'end'),
    label(INSET.left - 8, y(0) + 4, labels.none, 'end'),
    ...ticks(days).map((day) => label(x(day - 0.5), HEIGHT - 6, String(day), 'middle')),
    label(end.x + 10, end.y + 4, labels.left),
    ...(Math.abs(end.y - y(0)) > 18 || end.x < x(days) ? [label(x(days) + 10, y(0) + 4, labels.pace)] : []),
  ])
}

/** The first day, every fifth, and no number that would touch the last. */
function ticks(days: number): readonly number[] {
  return [1, ...Array.from({ length: Math.floor(days / 5) }, (_, i) => (i + 1) * 5)]
}
