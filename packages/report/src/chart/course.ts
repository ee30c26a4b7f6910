import type { Markup } from '../format/markup.ts'
import { type AmountCourse, drawAmount } from './amount.ts'
import { type BurnCourse, drawBurn } from './burn.ts'

/** What a chart over hours and weeks shows, as data; months have charts of their own. */
export type CourseChart = AmountCourse | BurnCourse

/** The chart as an SVG element for inside a page, whose style colours it. @param summary what a screen reader says of it */
export function drawCourse(chart: CourseChart, summary: string): Markup {
  return chart.kind === 'burn' ? drawBurn(chart, summary) : drawAmount(chart, summary)
}
