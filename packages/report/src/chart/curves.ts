import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { html, type Markup } from '../format/markup.ts'
import { framed, label, round, WIDTH } from './frame.ts'

/** Shares that grow with the days, a small panel for each line. */
export type Curves = {
  readonly kind: 'curves'
  /** Ascending; the axis begins at none. */
  readonly days: readonly number[]
  readonly panels: readonly {
    readonly label: string
    readonly note: string
    readonly points: readonly CurvePoint[]
  }[]
  /** Of the top and the bottom of the axis. */
  readonly labels: { readonly full: string; readonly none: string }
}

type CurvePoint = {
  readonly days: number
  readonly ppm: number
  readonly text: string
  /** By estimate. */
  readonly young?: true
}

const COLUMNS = 3
const PANEL = { width: WIDTH / COLUMNS, height: 132 }
const INSET = { left: 44, right: 26, top: 40, bottom: 22 }
const FULL = 1_000_000

/** Solid lines are counted; where the first estimate comes the line goes on dashed, and its points are hollow. */
export function drawCurves({ days, panels, labels }: Curves, summary: string): Markup {
  const last = days.at(-1) ?? 1
  const drawn = panels.map((panel, i) => {
    const [left, top] = [(i % COLUMNS) * PANEL.width, Math.floor(i / COLUMNS) * PANEL.height]
    const x = scaleLinear([0, last], [left + INSET.left, left + PANEL.width - INSET.right])
    const y = scaleLinear([0, FULL], [top + PANEL.height - INSET.bottom, top + INSET.top])
    const path = line<Pick<CurvePoint, 'days' | 'ppm'>>(
      (point) => round(x(point.days)),
      (point) => round(y(point.ppm)),
    )
    const counted = [{ days: 0, ppm: 0 }, ...panel.points.filter(({ young }) => young === undefined)]
    const guessed = [...counted.slice(-1), ...panel.points.filter(({ young }) => young !== undefined)]
    return html`${label(x(0), top + 14, `${panel.label} · ${panel.note}`)}
<path class="axis" d="M${round(x(0))} ${round(y(FULL))}V${round(y(0))}H${round(x(last))}"/>
${label(x(0) - 6, y(FULL) + 4, labels.full, 'end')}${label(x(0) - 6, y(0) + 4, labels.none, 'end')}${days.map((day) => label(x(day), top + PANEL.height - 6, String(day), 'middle'))}
<path class="course within" d="${path(counted) ?? ''}"/>${guessed.length < 2 ? '' : html`<path class="course within young" d="${path(guessed) ?? ''}"/>`}
${panel.points.map((point) => html`<circle class="${point.young ? 'young' : 'within'}" cx="${round(x(point.days))}" cy="${round(y(point.ppm))}" r="3.5"/>${label(x(point.days), y(point.ppm) - 8, point.text, 'middle')}`)}`
  })
  return framed(Math.ceil(panels.length / COLUMNS) * PANEL.height, summary, drawn)
}
