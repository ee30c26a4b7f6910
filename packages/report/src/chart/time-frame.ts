import type { Range } from '@tabiji/core/time'
import { scaleLinear } from 'd3-scale'
import { html, type Markup } from '../format/markup.ts'
import { axisLabels, label, round, WIDTH } from './frame.ts'

/** A stretch of time as the axis of a chart, and what happened meanwhile. Milliseconds. */
export type TimeFrame = {
  readonly from: number
  readonly to: number
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
  /** Of which nobody knows how they went. */
  readonly gaps: readonly Range[]
  /** Such as incidents. */
  readonly bands: readonly (Range & { readonly label: string })[]
  /** What corrections leave out. */
  readonly excluded: readonly Range[]
  /** Such as deployments. */
  readonly marks: readonly { readonly at: number; readonly label: string }[]
}

/** Where a chart over time draws, in its own units. */
export const PLOT = { left: 64, right: WIDTH - 110, top: 26, bottom: 176 }
export const TIME_HEIGHT = 200

export function timeScale({ from, to }: Pick<TimeFrame, 'from' | 'to'>): (at: number) => number {
  return scaleLinear([from, Math.max(to, from + 1)], [PLOT.left, PLOT.right]).clamp(true)
}

const HATCH = 5
/** Above the plot, so that no line or area runs through a name. */
const NAMES = 11

/** What lies behind the lines: incidents as bands with their names above, excluded time, hatched gaps, the axis of time. */
export function timeFrame(frame: TimeFrame): Markup {
  const x = timeScale(frame)
  const { top, bottom, left, right } = PLOT
  const box = (kind: string, { from, to }: Range, title?: Markup) =>
    html`<rect class="${kind}" x="${round(x(from))}" y="${top}" width="${round(Math.max(1, x(to) - x(from)))}" height="${bottom - top}">${title ?? ''}</rect>`
  const bands = frame.bands.map((band) => box('band', band, html`<title>${band.label}</title>`))
  const names = frame.bands
    // A name that would stand on the one before it is told by its band alone.
    .filter(({ from }, i) => i === 0 || x(from) - x(frame.bands[i - 1]?.from ?? 0) > 80)
    .map(({ from, label: text }) => label(Math.min(x(from), right - 60), NAMES, text))
  const marks = frame.marks.map(
    ({ at, label: text }) =>
      html`<path class="deploy" d="M${round(x(at))} ${top - 2}l-5 -9h10z"><title>${text}</title></path>`,
  )
  const ticks = axisLabels(
    TIME_HEIGHT - 8,
    frame.ticks.map(({ at, label: text }) => ({ x: x(at), text })),
  )
  return html`${bands}${frame.excluded.map((range) => box('left-out', range))}${hatchOf(frame.gaps, x)}${names}${marks}<path class="axis" d="M${left} ${bottom}H${right}"/>${ticks}`
}

/** Upright lines, so that a gap is seen without colour, however narrow it is. */
function hatchOf(gaps: readonly Range[], x: (at: number) => number): Markup {
  if (gaps.length === 0) return html``
  const lines = gaps.flatMap(({ from, to }) => {
    const [first, last] = [Math.ceil(x(from) / HATCH), Math.floor(x(to) / HATCH)]
    const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * HATCH)
    return places.length === 0 ? [round(x(from))] : places
  })
  const path = [...new Set(lines)].map((at) => `M${at} ${PLOT.top}V${PLOT.bottom}`)
  return html`<path class="gap" d="${path.join('')}"/>`
}
