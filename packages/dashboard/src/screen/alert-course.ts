import { isoIn } from '@tabiji/core/time'
import { html, type Markup, NOTHING, resultDecimals } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { timeText } from '../page/time.ts'
import type { AlertView } from '../view/alerts.ts'
import { ALERT_PAGE_WORDS } from '../words/alert-page.ts'

type Course = NonNullable<AlertView['course']>
type Slot = Course['slots'][number]

const WIDTH = 720
const HEIGHT = 96
/** Room for the words above the lines. */
const TOP = 16

/** The hours around an alert: how much was bad, and where in it people were called. Nothing for one that counts nothing. */
export function courseOf(context: Context, view: AlertView): Markup {
  const { course } = view
  if (course === undefined) return NOTHING
  const words = ALERT_PAGE_WORDS[context.language]
  const worst = worstOf(course.slots)
  if (worst === undefined) return html`<h2>${words.course}</h2><p class="empty">${words.noCourse}</p>`
  const { figures, around } = context
  const share = figures.percent(worst.bad, worst.valid, resultDecimals(course.targetPpm))
  const sentence = words.courseOf(share, timeText(context, isoIn(worst.at, around.zone)))
  return html`<figure id="course" data-live><figcaption>${words.course}</figcaption>
${drawn(context, view, course, worst, sentence)}
<p class="empty">${sentence} <a href="/api/v1/alerts/${encodeURIComponent(view.id)}/course">JSON</a></p></figure>`
}

function worstOf(slots: readonly Slot[]): Slot | undefined {
  const counted = slots.filter(({ valid }) => valid > 0)
  return counted.reduce<Slot | undefined>(
    (a, b) => (a === undefined || b.bad * a.valid > a.bad * b.valid ? b : a),
    undefined,
  )
}

function drawn(
  context: Context,
  view: AlertView,
  { from, to, slotMs, slots }: Course,
  worst: Slot,
  name: string,
): Markup {
  const words = ALERT_PAGE_WORDS[context.language]
  const x = (at: number) => Math.round(((at - from) * WIDTH) / (to - from))
  const width = Math.max(1, x(from + slotMs) - 1)
  const bars = slots.map(({ at, bad, valid }) => {
    // Hours that nobody counted in are gaps, not zero.
    if (valid === 0) return html`<rect class="track" x="${x(at)}" y="${TOP + HEIGHT - 2}" width="${width}" height="1"/>`
    const height = bad === 0 ? 1 : Math.max(2, Math.round((HEIGHT * bad * worst.valid) / (valid * worst.bad)))
    return html`<rect class="${bad === 0 ? 'within' : 'worst'}" x="${x(at)}" y="${TOP + HEIGHT - height}" width="${width}" height="${height}"/>`
  })
  const { startedAt, resolvedAt } = view.episode
  const line = (at: number, label: string, end: boolean) =>
    html`<line x1="${x(at)}" x2="${x(at)}" y1="${TOP}" y2="${TOP + HEIGHT}" class="moment"/><text x="${x(at)}" y="12" text-anchor="${end ? 'start' : 'end'}">${label}</text>`
  const over = resolvedAt === undefined || resolvedAt > to ? NOTHING : line(resolvedAt, words.ended, true)
  return html`<svg class="course" viewBox="0 0 ${WIDTH} ${TOP + HEIGHT}" role="img" aria-label="${name}">${bars}${line(startedAt, words.began, false)}${over}</svg>`
}
