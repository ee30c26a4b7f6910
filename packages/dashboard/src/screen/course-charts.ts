import {
  type CourseGroup,
  condense,
  eventsOf,
  gapsOf,
  type Highlights,
  highlightsOf,
  lateSharePpm,
  PPM,
} from '@tabiji/core/budget'
import { formatDuration, isoIn } from '@tabiji/core/time'
import { type CourseChart, drawCourse, html, type Markup, timeScale } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { timeText } from '../page/time.ts'
import type { CourseView } from '../view/course.ts'
import { COURSE_WORDS, type CourseWords } from '../words/course.ts'
import { ticksOf } from './course-axis.ts'
import { burnOf } from './journey-row.ts'

/** About a screen of rows; each stands for a few points then. */
const MOST_ROWS = 96

/** A speed at which something rings, thousandths of the sustainable one. */
export type BurnLevel = { readonly milli: number }

/** What all charts of one course share. */
type Desk = {
  readonly context: Context
  readonly words: CourseWords
  readonly view: CourseView
  readonly marked: Highlights
  readonly groups: readonly CourseGroup[]
  /** When each group begins, as its reader reads it; written once for all charts. */
  readonly begins: readonly string[]
  readonly frame: Extract<CourseChart, { kind: 'burn' }>['frame']
}

type Figure = {
  readonly title: string
  readonly told: string
  readonly chart: CourseChart
  readonly columns: readonly string[]
  readonly cells: (group: CourseGroup) => readonly string[]
}

export function deskOf(context: Context, view: CourseView): Desk {
  const { course, incidents, deploys } = view
  const { from, to, stepMs, points, excluded } = course
  const groups = condense(points, stepMs, MOST_ROWS)
  return {
    context,
    words: COURSE_WORDS[context.language],
    view,
    marked: highlightsOf(points),
    groups,
    begins: groups.map((group) => momentIn(context, group.from)),
    frame: {
      from,
      to,
      excluded,
      gaps: gapsOf(points, stepMs),
      ticks: ticksOf({ from, to }, context.around.zone),
      bands: incidents.map(({ key, from, to }) => ({ from, to, label: key })),
      marks: deploys.map(({ at, title }) => ({ at, label: title })),
    },
  }
}

/** How fast the budget burnt over the windows that ring first, with the speeds at which they do. */
export function burnFigure(desk: Desk, levels: readonly BurnLevel[]): Markup {
  const { context, words, view, marked, frame } = desk
  const { points, windowsMs } = view.course
  const peaks = windowsMs.flatMap((ms, i) => {
    const fastest = marked.fastest[i]
    if (fastest === undefined || fastest.milli === 0) return []
    return [words.burnPeak(formatDuration(ms), burnOf(context, fastest.milli), momentIn(context, fastest.at))]
  })
  const lines = windowsMs.map((ms, i) => {
    const course = points.map(({ at, read, burns }) => ({ at, milli: read ? burns[i]?.burnMilli : undefined }))
    const last = course.findLast(({ milli }) => milli !== undefined)?.milli
    return {
      label: words.burnLine(formatDuration(ms), last === undefined ? '' : burnOf(context, last)),
      points: course,
    }
  })
  const told = levels.map(({ milli }) => ({ milli, label: burnOf(context, milli).replace('.0', '') }))
  return figureOf(desk, {
    title: words.burn,
    told: marked.read === 0 ? '' : words.burnTold(peaks),
    chart: { kind: 'burn', frame, lines, levels: told },
    columns: windowsMs.map(formatDuration),
    cells: ({ fastest }) => windowsMs.map((_, i) => (fastest[i] === undefined ? '–' : burnOf(context, fastest[i]))),
  })
}

export function badFigure(desk: Desk): Markup {
  const { words, marked, context } = desk
  const { count } = context.figures
  return figureOf(desk, {
    title: words.bad,
    told: `${words.badTold(count(marked.bad), count(marked.valid))}${mostOf(desk, marked.worst?.at, marked.worst?.bad)}`,
    chart: amountOf(desk, 'bad', marked.worst?.bad ?? 0, ({ bad }) => bad),
    columns: [words.bad, words.counted],
    cells: ({ bad, valid }) => [count(bad), count(valid)],
  })
}

export function trafficFigure(desk: Desk): Markup {
  const { words, marked, context } = desk
  const { count } = context.figures
  const most = marked.busiest && eventsOf(marked.busiest.counts)
  return figureOf(desk, {
    title: words.traffic,
    told: `${words.trafficTold(count(eventsOf(marked.counts)))}${mostOf(desk, marked.busiest?.at, most)}`,
    chart: amountOf(desk, 'plain', most ?? 0, ({ counts }) => eventsOf(counts)),
    columns: [words.events],
    cells: ({ counts }) => [count(eventsOf(counts))],
  })
}

/** The share that came later than promised: what the books know of times, which is what is judged. */
export function lateFigure(desk: Desk): Markup {
  const { words, marked, context, frame, view } = desk
  const { count, percent } = context.figures
  const { points, indicator, targetPpm, stepMs } = view.course
  const share = (ppm: number) => percent(ppm, PPM, 1)
  const highest = marked.slowest && lateSharePpm(marked.slowest.counts)
  const limit = indicator === 'latency' ? PPM - targetPpm : undefined
  const top = Math.max(highest ?? 0, limit ?? 0, PPM / 1_000)
  const [good, slow] = marked.counts
  const most = highest && marked.slowest ? words.lateMost(share(highest), momentIn(context, marked.slowest.at)) : ''
  return figureOf(desk, {
    title: words.late,
    told: `${words.lateTold(count(slow), count(good + slow))}${most}`,
    chart: {
      kind: 'amount',
      frame,
      tone: 'bad',
      stepMs,
      top: { value: top, label: share(top) },
      none: share(0),
      points: points.map(({ at, read, counts }) => ({ at, value: read ? lateSharePpm(counts) : undefined })),
      ...(limit !== undefined && { limit: { value: limit, label: words.latePromised(share(limit)) } }),
    },
    columns: [words.late, words.share],
    cells: ({ counts }) => [
      count(counts[1]),
      lateSharePpm(counts) === undefined ? '–' : share(lateSharePpm(counts) ?? 0),
    ],
  })
}

type Point = CourseView['course']['points'][number]

function amountOf(
  { view, frame, context }: Desk,
  tone: 'bad' | 'plain',
  most: number,
  of: (point: Point) => number,
): Extract<CourseChart, { kind: 'amount' }> {
  const { points, stepMs } = view.course
  return {
    kind: 'amount',
    frame,
    tone,
    stepMs,
    points: points.map((point) => ({ at: point.at, value: point.read ? of(point) : undefined })),
    top: { value: most, label: context.figures.count(most) },
    none: context.figures.count(0),
  }
}

function mostOf(desk: Desk, at: number | undefined, count: number | undefined): string {
  if (at === undefined || count === undefined) return ''
  return desk.words.most(desk.context.figures.count(count), momentIn(desk.context, at))
}

function momentIn(context: Context, at: number): string {
  return timeText(context, isoIn(at, context.around.zone))
}

/** A chart with its sentence, and its figures behind it; its rows are also what the cursor reads. */
function figureOf(desk: Desk, { title, told, chart, columns, cells }: Figure): Markup {
  const { words, groups, begins, view, marked, context } = desk
  const { count } = context.figures
  const steps = view.course.points.length
  const unread = marked.read === steps ? '' : words.unread(count(steps - marked.read), count(steps))
  // One text: what is put into markup loses the space at its beginning.
  const sentence = `${told}${unread}`
  const place = timeScale(view.course)
  const rows = groups.map((group, i) => {
    const values = group.read
      ? cells(group).map((cell) => html`<td>${cell}</td>`)
      : [html`<td colspan="${columns.length}">${words.notRead}</td>`]
    const x = Math.round(place((group.from + group.at) / 2))
    return html`<tr data-x="${x}" data-from="${group.from}" data-to="${group.at}"><th scope="row">${begins[i] ?? ''}</th>${values}</tr>\n`
  })
  const head = [words.from, ...columns].map((label) => html`<th scope="col">${label}</th>`)
  return html`<figure class="course" tabindex="0">
<figcaption>${title} <span class="under">${sentence}</span></figcaption>
${drawCourse(chart, sentence)}
<output></output>
<details><summary>${words.table}</summary>
<table class="figures"><caption class="hidden">${title}</caption><thead><tr>${head}</tr></thead><tbody>
${rows}</tbody></table></details>
</figure>
`
}
