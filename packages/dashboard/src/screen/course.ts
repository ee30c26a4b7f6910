import { factorMilliOf } from '@tabiji/core/budget'
import { DAY, formatDuration, instantOf, isoIn, MINUTE } from '@tabiji/core/time'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { timeText } from '../page/time.ts'
import type { AlertView } from '../view/alerts.ts'
import { COURSE_RANGES, type CourseView } from '../view/course.ts'
import type { JourneyView } from '../view/journey.ts'
import type { Standing } from '../view/standing.ts'
import { COURSE_WORDS, type CourseWords } from '../words/course.ts'
import { badFigure, burnFigure, deskOf, lateFigure, trafficFigure } from './course-charts.ts'
import { addressOf } from './journey-address.ts'

/** Nothing is seen of a few steps, and nobody looks at more than the books keep. */
const SHORTEST_MS = 10 * MINUTE
const LONGEST_MS = 400 * DAY

/** How the chosen objective went: four charts of one stretch, and the way to another stretch. */
export function courseOf(context: Context, view: JourneyView): Markup {
  const words = COURSE_WORDS[context.language]
  const { course, journey, objective } = view
  const shown = journey.objectives.find(({ name }) => name === objective)
  if (course === undefined || shown === undefined) return NOTHING
  const body =
    course.course.points.length === 0
      ? html`<p class="empty">${words.none} ${words.noneHow}</p>`
      : chartsOf(context, words, course, shown)
  // Only what ends now changes while somebody looks.
  const live = course.range === COURSE_RANGES[0] ? html` data-live` : NOTHING
  return html`<div id="course"${live}><h2>${words.heading}: ${objective}</h2>
${wayOf(context, words, view, course)}
${body}</div>`
}

function chartsOf(context: Context, words: CourseWords, view: CourseView, { pairs, window }: Standing): Markup {
  const { from, to, stepMs, excluded, journey, objective } = view.course
  const levels = [...new Set(pairs.map(({ pair }) => factorMilliOf(pair, window)))].map((milli) => ({ milli }))
  const desk = deskOf(context, view)
  const at = (ms: number) => timeText(context, isoIn(ms, context.around.zone))
  const left = excluded.length === 0 ? NOTHING : html`<p class="under">${words.excluded}</p>`
  const named = view.incidents.map(
    ({ key, title }) =>
      html`<li><a href="/incidents/${encodeURIComponent(key)}">${words.incident(key, title)}</a></li>`,
  )
  const stretch = `from=${encodeURIComponent(isoIn(from, 'UTC'))}&to=${encodeURIComponent(isoIn(to, 'UTC'))}`
  const file = (metric: string, format: string) =>
    `/journeys/${encodeURIComponent(journey)}/series?o=${encodeURIComponent(objective)}&metric=${metric}&${stretch}&format=${format}`
  const files = (['burn', 'bad', 'traffic', 'latency'] as const).map(
    (metric) =>
      html`<li>${METRIC_WORD(words)[metric]}: <a href="${file(metric, 'csv')}">${words.csv}</a> <a href="${file(metric, 'json')}">${words.json}</a></li>`,
  )
  return html`<p>${words.stretch(at(from), at(to), formatDuration(stepMs))} <span class="scripted">${words.hint}</span></p>
${left}${named.length === 0 ? NOTHING : html`<ul class="sum">${named}</ul>`}
${burnFigure(desk, levels)}${badFigure(desk)}${trafficFigure(desk)}${lateFigure(desk)}<ul class="sum">${files}</ul>`
}

const METRIC_WORD = ({ burn, bad, traffic, late }: CourseWords) => ({ burn, bad, traffic, latency: late })

/** To the usual stretches, and from this one nearer, farther, earlier and later. */
function wayOf({ around }: Context, words: CourseWords, view: JourneyView, { range, course }: CourseView): Markup {
  const { from, to, stepMs } = course
  const now = instantOf(around.now)
  const half = Math.max(stepMs, Math.round((to - from) / 2))
  const link = (text: string, key: string, begin: number, end: number) =>
    html`<li><a href="${addressOf(view, { from: begin, to: Math.min(end, now) }, '#course')}" data-key="${key}">${text}</a></li>`
  const ranges = COURSE_RANGES.map((each) => {
    const here = each === range ? html` aria-current="true"` : NOTHING
    return html`<li><a href="${addressOf(view, { range: each }, '#course')}"${here}>${words.range(each)}</a></li>`
  })
  return html`<ul class="sum">${ranges}${[
    link(`‹ ${words.earlier}`, ',', from - half, to - half),
    ...(to + stepMs > now ? [] : [link(`${words.later} ›`, '.', from + half, to + half)]),
    ...(half < SHORTEST_MS ? [] : [link(words.nearer, 'z', from + half / 2, to - half / 2)]),
    ...(half > LONGEST_MS / 4 ? [] : [link(words.farther, 'x', from - half, to + half)]),
  ]}</ul>`
}

/** How the budget burnt around the moment at which an alert rang, by the windows of its rule, and what was bad. */
export function alertCourseOf(context: Context, { course, rang, facts: now, episode }: AlertView): Markup {
  const facts = rang ?? now
  // Practice is in no books.
  if (facts.drill !== undefined) return NOTHING
  const words = COURSE_WORDS[context.language]
  const heading = html`<h2>${words.around}</h2>`
  if (facts.objective === undefined) return html`${heading}<p class="empty">${words.noObjective}</p>`
  if (course === undefined || course.course.points.length === 0)
    return html`${heading}<p class="empty">${words.none}</p>`
  const { cause } = facts
  const levels = cause.kind === 'burn' ? [{ milli: cause.factorMilli }] : []
  const told = html`<p>${words.rangAt(timeText(context, isoIn(episode.startedAt, context.around.zone)))}</p>`
  const desk = deskOf(context, course)
  return html`${heading}${told}${burnFigure(desk, levels)}${badFigure(desk)}`
}
