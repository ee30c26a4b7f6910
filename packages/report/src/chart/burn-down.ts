import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { html, type Markup, NOTHING } from '../format/markup.ts'
import type { Chart } from './chart.ts'
import { axisLabels, framed, label, round, ticks, WIDTH } from './frame.ts'

const HEIGHT = 190
const INSET = { top: 14, right: 150, bottom: 24, left: 64 }
const FULL = 1_000_000

type Point = { readonly x: number; readonly y: number }

/** The budget left at the end of each day, beside the line that an even pace would draw. Below nothing it goes on. */
export function drawBurnDown({ points, days, labels }: Extract<Chart, { kind: 'burn-down' }>, summary: string): Markup {
  const lowest = Math.min(0, ...points.map(({ leftPpm }) => leftPpm))
  const x = scaleLinear([0, days], [INSET.left, WIDTH - INSET.right])
  const y = scaleLinear([lowest, FULL], [HEIGHT - INSET.bottom, INSET.top])
  const course = [FULL, ...points.map(({ leftPpm }) => leftPpm)]
  const path = line<number>(
    (_, day) => Math.round(x(day)),
    (left) => round(y(left)),
  )
  const last = course.at(-1) ?? FULL
  const end = { x: x(course.length - 1), y: y(last) }
  const even = [FULL, ...Array.from({ length: days }, (_, i) => FULL - ((i + 1) * FULL) / days)]
  const placed = (lefts: readonly number[]) => lefts.map((left, day): Point => ({ x: x(day), y: y(left) }))
  return framed(HEIGHT, summary, [
    html`<path class="axis" d="M${INSET.left} ${round(y(0))}H${WIDTH - INSET.right}"/>`,
    html`<path class="pace" d="M${round(x(0))} ${round(y(FULL))}L${round(x(days))} ${round(y(0))}"/>`,
    html`<path class="course ${last < 0 ? 'over' : 'within'}" d="${path(course) ?? ''}"/>`,
    html`<circle class="${last < 0 ? 'over' : 'within'}" cx="${round(end.x)}" cy="${round(end.y)}" r="4"/>`,
    label(INSET.left - 8, y(FULL) + 4, labels.full, 'end'),
    label(INSET.left - 8, y(0) + 4, labels.none, 'end'),
    axisLabels(
      HEIGHT - 6,
      ticks(days).map((day) => ({ x: x(day - 0.5), text: String(day) })),
    ),
    label(end.x + 10, end.y + 4, labels.left),
    onPace(placed(even), placed(course), labels.pace),
  ])
}

/**
 * What the dashed line is stands on it: where the course is farthest away, on the other side of it than the course, and not
 * near the ends of the month, where both lines meet the axis.
 */
function onPace(pace: readonly Point[], course: readonly Point[], text: string): Markup {
  const [first, last] = [pace[0], pace.at(-1)]
  const places = [0.25, 0.4, 0.55].map((part) => Math.round(pace.length * part))
  const gap = (day: number) => (course[day]?.y ?? pace[day]?.y ?? 0) - (pace[day]?.y ?? 0)
  // The words are about four days wide.
  const room = (day: number) => {
    const gaps = [-3, 0, 3].map((days) => gap(day + days))
    return gaps.every((one) => one > 0 === gap(day) > 0) ? Math.min(...gaps.map(Math.abs)) : 0
  }
  const [day = 0] = places.toSorted((a, b) => room(b) - room(a))
  const point = pace[day]
  if (first === undefined || last === undefined || point === undefined) return NOTHING
  const slope = (Math.atan2(last.y - first.y, last.x - first.x) * 180) / Math.PI
  return html`<text class="on-line" transform="translate(${round(point.x)} ${round(point.y)}) rotate(${round(slope)})" y="${gap(day) >= 0 ? -6 : 15}" text-anchor="middle">${text}</text>`
}
