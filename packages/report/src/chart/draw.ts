import type { Markup } from '../format/markup.ts'
import { drawAgeing } from './ageing.ts'
import { drawBurnDown } from './burn-down.ts'
import type { Chart } from './chart.ts'
import { drawCurves } from './curves.ts'
import { drawDots } from './dots.ts'
import { drawSpent } from './spent.ts'
import { drawStrip } from './strip.ts'

/** The chart as an SVG element for inside a page, whose style colours it. @param summary what a screen reader says of it */
export function drawChart(chart: Chart, summary: string): Markup {
  switch (chart.kind) {
    case 'ageing':
      return drawAgeing(chart, summary)
    case 'burn-down':
      return drawBurnDown(chart, summary)
    case 'curves':
      return drawCurves(chart, summary)
    case 'dots':
      return drawDots(chart, summary)
    case 'spent':
      return drawSpent(chart, summary)
    case 'strip':
      return drawStrip(chart, summary)
  }
}
