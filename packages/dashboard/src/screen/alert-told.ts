import type { Verdict } from '@tabiji/core/alert'
import { isoIn } from '@tabiji/core/time'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { lengthBetween } from '../page/length.ts'
import { headOf } from '../page/table.ts'
import { timeOf } from '../page/time.ts'
import type { AlertView } from '../view/alerts.ts'
import { ALERT_PAGE_WORDS } from '../words/alert-page.ts'
import type { AlertsWords } from '../words/alerts.ts'

/** Who was told of it, when, how far that came, what held it back, and who answered. */
export function toldOf(context: Context, words: AlertsWords, view: AlertView): Markup {
  const { notifications, receivers, toldBy } = view
  const foreign = toldBy === undefined ? '' : html`<p>${words.toldBy(toldBy)}</p>`
  if (notifications.length === 0) {
    const nobody = receivers.length === 0 && toldBy === undefined ? words.nobodyTold : ''
    return html`<h2>${words.told}</h2>${foreign}<p class="empty">${nobody}</p>${answeredOf(context, view)}`
  }
  const { when } = ALERT_PAGE_WORDS[context.language]
  return html`${foreign}<table class="wide"><caption>${words.told}</caption>
<thead><tr>${headOf([[words.receiver], [words.what], [when], [words.state], [words.why]])}</tr></thead><tbody>
${notifications.map((row) => rowOf(context, words, row))}</tbody></table>
${answeredOf(context, view)}`
}

function rowOf(context: Context, words: AlertsWords, row: AlertView['notifications'][number]): Markup {
  const page = ALERT_PAGE_WORDS[context.language]
  const { figures, around, shared } = context
  const cell = (label: string, content: Markup | string) => html`<td data-label="${label}"><span>${content}</span></td>`
  const { receiver, kind, state, attempts, ambiguous, lastError, verdicts, createdAt, tries = [] } = row
  const arrived = tries.findLast(({ result }) => result === 'delivered')?.endedAt
  const why = [
    ...verdicts.flatMap((verdict) => heldOf(context, words, verdict)),
    ...(attempts > 1 ? [page.tried(attempts, figures.count(attempts))] : []),
    ...(ambiguous ? [words.mayRepeat] : []),
    ...(lastError === undefined ? [] : [lastError]),
  ]
  const at = timeOf(context, isoIn(arrived ?? createdAt, around.zone))
  return html`<tr><th scope="row">${receiver}</th>${cell(words.what, kindOf(words, kind))}${cell(page.when, at)}${cell(words.state, words.owed[state])}${cell(words.why, why.join(shared.separator))}</tr>\n`
}

/** The first answer since it rang the last time. */
function answeredOf(context: Context, { timeline, level, episode }: AlertView): Markup {
  const words = ALERT_PAGE_WORDS[context.language]
  const rang = timeline.findLastIndex(({ transition }) => transition === 'fired' || transition === 'reopened')
  const answer = timeline.slice(rang + 1).find(({ transition }) => transition === 'acked')
  if (answer !== undefined) {
    const after = lengthBetween(context, timeline[rang]?.at ?? episode.startedAt, answer.at)
    return html`<p>${words.answered(answer.detail?.by, answer.detail?.via, after)}</p>`
  }
  return level === 1 && episode.state === 'firing' ? html`<p class="empty">${words.unanswered}</p>` : NOTHING
}

function kindOf({ kinds }: AlertsWords, kind: string): string {
  return Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : kind
}

/** Which gate holds something back, whose doing that is, and until when; nothing of one that let it go. */
export function heldOf({ figures, around }: Context, words: AlertsWords, verdict: Verdict): readonly string[] {
  if (verdict.verdict === 'pass') return []
  const { gate, until, by } = verdict
  const because =
    by === undefined ? undefined : 'reason' in by ? `${by.key}: ${by.reason}` : 'rule' in by ? by.id : by.owner
  return [
    words.held(words.gates[gate], until === undefined ? undefined : figures.stamp(isoIn(until, around.zone)), because),
  ]
}
