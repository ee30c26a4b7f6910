import { scaleLog } from 'd3-scale'
import { html, type Markup } from '../format/markup.ts'
import { framed, label, round } from './frame.ts'
import { PLOT, TIME_HEIGHT, type TimeFrame, timeFrame, timeScale } from './time-frame.ts'

/** How fast a budget burnt over time, a line for each window; from a tenth of the sustainable speed on. */
export type BurnCourse = {
  readonly kind: 'burn'
  readonly frame: TimeFrame
  readonly lines: readonly {
    readonly label: string
    /** Thousandths of the sustainable speed; undefined where nobody knows. */
    readonly points: readonly { readonly at: number; readonly milli: number | undefined }[]
  }[]
  /** Above these it rings. */
  readonly levels: readonly { readonly milli: number; readonly label: string }[]
}

const FLOOR = 100
/** The highest that the axis has at least: a day on which everything failed looks like one. */
const CEILING = 30_000
const DASHES = ['first', 'second'] as const

/** Both axes are those of the question: is it over a level, and which window says so. Nothing is drawn through a gap. */
export function drawBurn({ frame, lines, levels }: BurnCourse, summary: string): Markup {
  const x = timeScale(frame)
  const all = lines.flatMap(({ points }) => points.flatMap(({ milli }) => milli ?? []))
  const y = scaleLog([FLOOR, Math.max(CEILING, ...all)], [PLOT.bottom, PLOT.top]).clamp(true)
  const placed = (milli: number) => round(y(Math.max(FLOOR, milli)))
  const grid = levels.map(
    ({ milli, label: text }) =>
      html`<path class="level" d="M${PLOT.left} ${placed(milli)}H${PLOT.right}"/>${label(PLOT.left - 6, placed(milli) + 4, text, 'end')}`,
  )
  const drawn = lines.map(({ points }, i) => {
    const runs = runsOf(
      points.map(({ at, milli }) => ({ x: round(x(at)), y: milli === undefined ? undefined : placed(milli) })),
    )
    return html`<path class="course ${DASHES[i] ?? 'second'}" d="${runs}"/>`
  })
  return framed(TIME_HEIGHT, summary, [timeFrame(frame), ...grid, ...drawn, ...endsOf(lines, placed)])
}

type Place = { readonly x: number; readonly y: number | undefined }

/** A piece for each run without a gap; of a level stretch only its ends, because most hours are level. */
function runsOf(places: readonly Place[]): string {
  return places
    .map(({ x, y }, i) => {
      if (y === undefined) return ''
      const [before, after] = [places[i - 1]?.y, places[i + 1]?.y]
      if (before === undefined) return after === undefined ? `M${x} ${y}h0` : `M${x} ${y}`
      return before === y && after === y ? '' : `L${x} ${y}`
    })
    .join('')
}

const LINE = 14

/** What each line is stands at its end; two that end together make room for each other. */
function endsOf(lines: BurnCourse['lines'], placed: (milli: number) => number): readonly Markup[] {
  const ends = lines.map(({ label: text, points }) => ({
    text,
    y: placed(points.findLast(({ milli }) => milli !== undefined)?.milli ?? 0),
  }))
  let free = Number.POSITIVE_INFINITY
  return ends
    .toSorted((a, b) => b.y - a.y)
    .map(({ text, y }) => {
      free = Math.min(y, free - LINE)
      return label(PLOT.right + 8, free + 4, text)
    })
}
