/**
 * What other pages of the same books are made of: safe markup, charts, colours, and the words and figures of a report, so
 * that a number reads the same wherever it stands.
 */
export type { Chart } from './chart/chart.ts'
export { type CourseChart, drawCourse } from './chart/course.ts'
export { drawChart } from './chart/draw.ts'
export { drawFishbone, FISHBONE_STYLE } from './chart/fishbone.ts'
export { timeScale } from './chart/time-frame.ts'
export { MARK } from './document/block.ts'
export { durationText } from './document/duration.ts'
export { badOfAllowed, goodOf, judgedOf, resultDecimals, usedOf } from './document/objective.ts'
export { CHART_STYLE } from './format/chart-style.ts'
export { COURSE_STYLE } from './format/course-style.ts'
export { csvText, type Row, ratio } from './format/csv-text.ts'
export { exactly, html, linesOf, type Markup, NOTHING } from './format/markup.ts'
export { DARK, LIGHT } from './format/palette.ts'
export { renderObjectiveMonth, renderSection } from './parts.ts'
export type { Catalogue } from './words/catalogue.ts'
export { catalogueOf } from './words/catalogues.ts'
export { decimalsOf, type Figures, figuresIn } from './words/figures.ts'
