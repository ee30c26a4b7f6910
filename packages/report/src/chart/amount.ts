import { scaleLinear } from 'd3-scale'
import { html, type Markup, NOTHING } from '../format/markup.ts'
import { framed, label, round } from './frame.ts'
import { PLOT, TIME_HEIGHT, type TimeFrame, timeFrame, timeScale } from './time-frame.ts'

/** How much there was in each step of a stretch; the axis begins at none. */
export type AmountCourse = {
  readonly kind: 'amount'
  readonly frame: TimeFrame
  readonly tone: 'bad' | 'plain'
  readonly stepMs: number
  /** By the step's end; undefined where nobody knows. */
  readonly points: readonly { readonly at: number; readonly value: number | undefined }[]
  /** What the axis goes up to at least, and what is written there and at its foot. */
  readonly top: { readonly value: number; readonly label: string }
  readonly none: string
  /** A line that should not be passed. */
  readonly limit?: { readonly value: number; readonly label: string }
}

export function drawAmount({ frame, tone, stepMs, points, top, none, limit }: AmountCourse, summary: string): Markup {
  const x = timeScale(frame)
  const y = scaleLinear([0, Math.max(1, top.value)], [PLOT.bottom, PLOT.top]).clamp(true)
  const edge =
    limit === undefined
      ? NOTHING
      : html`<path class="level" d="M${PLOT.left} ${round(y(limit.value))}H${PLOT.right}"/>${label(PLOT.right + 8, y(limit.value) + 4, limit.label)}`
  return framed(TIME_HEIGHT, summary, [
    timeFrame(frame),
    html`<path class="amount ${tone}" d="${areaOf(
      points,
      (at) => round(x(at)),
      (value) => round(y(value)),
      stepMs,
    )}"/>`,
    edge,
    label(PLOT.left - 6, PLOT.top + 4, top.label, 'end'),
    label(PLOT.left - 6, PLOT.bottom + 4, none, 'end'),
  ])
}

/** A closed piece for each run of steps that are known; steps of one height are one line. */
function areaOf(
  points: AmountCourse['points'],
  x: (at: number) => number,
  y: (value: number) => number,
  stepMs: number,
): string {
  let path = ''
  points.forEach(({ at, value }, i) => {
    if (value === undefined) return
    const before = points[i - 1]?.value
    const after = points[i + 1]?.value
    if (before === undefined) path += `M${x(at - stepMs)} ${PLOT.bottom}`
    if (before === undefined || y(before) !== y(value)) path += `V${y(value)}`
    if (after === undefined || y(after) !== y(value)) path += `H${x(at)}`
    if (after === undefined) path += `V${PLOT.bottom}Z`
  })
  return path
}
