import { scaleLinear } from 'd3-scale'
import { html, type Markup } from '../format/markup.ts'
import { framed, label, round, WIDTH } from './frame.ts'

/** How many fixes of each age are open, a bar for each age. */
export type Ageing = {
  readonly kind: 'ageing'
  readonly rows: readonly {
    readonly label: string
    readonly open: number
    /** Of the open ones. */
    readonly overdue: number
    /** A month before; absent where it is not known. */
    readonly before?: number
    /** Behind the bar. */
    readonly text: string
  }[]
  readonly legend: { readonly overdue: string; readonly notOverdue: string; readonly before?: string }
}

const INSET = { left: 110, right: 150, top: 34 }
const ROW = 28
const BAR = 16

/** Overdue ones first, then the others; around them the outline of the month before. */
export function drawAgeing({ rows, legend }: Ageing, summary: string): Markup {
  const most = Math.max(1, ...rows.map(({ open, before = 0 }) => Math.max(open, before)))
  const x = scaleLinear([0, most], [INSET.left, WIDTH - INSET.right])
  const width = (count: number) => round(x(count) - x(0))
  const bars = rows.map(({ label: age, open, overdue, before, text }, i) => {
    const y = INSET.top + i * ROW
    const rest = open - overdue
    return html`${label(INSET.left - 10, y + 13, age, 'end')}${box('late', x(0), y, width(overdue))}${box('plain', x(overdue), y, width(rest))}${
      before === undefined ? '' : outline(x(0), y, width(before))
    }${label(x(Math.max(open, before ?? 0)) + 10, y + 13, text)}`
  })
  const { before } = legend
  const keys = [
    html`${box('late', INSET.left, 4, 14)}${label(INSET.left + 20, 16, legend.overdue)}`,
    html`${box('plain', INSET.left + 130, 4, 14)}${label(INSET.left + 150, 16, legend.notOverdue)}`,
    ...(before === undefined ? [] : [html`${outline(INSET.left + 280, 4, 14)}${label(INSET.left + 300, 16, before)}`]),
  ]
  return framed(INSET.top + rows.length * ROW, summary, [...keys, ...bars])
}

function box(tone: 'late' | 'plain', x: number, y: number, width: number): Markup {
  return html`<rect class="${tone}" x="${round(x)}" y="${y}" width="${width}" height="${BAR}"/>`
}

/** A little taller than a bar, so that it is seen around one of the same length. */
function outline(x: number, y: number, width: number): Markup {
  return html`<rect class="before" x="${round(x)}" y="${y - 3}" width="${width}" height="${BAR + 6}"/>`
}
