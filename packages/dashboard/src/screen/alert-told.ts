import type { Verdict } from '@tabiji/core/alert'
import { isoIn } from '@tabiji/core/time'
import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { headOf } from '../page/table.ts'
import type { AlertView } from '../view/alerts.ts'
import type { AlertsWords } from '../words/alerts.ts'

/** Who was told of it, how far that came, and what held it back. */
export function toldOf(context: Context, words: AlertsWords, { notifications, receivers, toldBy }: AlertView): Markup {
  const foreign = toldBy === undefined ? '' : html`<p>${words.toldBy(toldBy)}</p>`
  if (notifications.length === 0) {
    const nobody = receivers.length === 0 && toldBy === undefined ? words.nobodyTold : ''
    return html`<h2>${words.told}</h2>${foreign}<p class="empty">${nobody}</p>`
  }
  const rows = notifications.map((row) => {
    const cell = (label: string, text: string) => html`<td data-label="${label}"><span>${text}</span></td>`
    const why = [
      ...row.verdicts.flatMap((verdict) => heldOf(context, words, verdict)),
      ...(row.ambiguous ? [words.mayRepeat] : []),
      ...(row.lastError === undefined ? [] : [row.lastError]),
    ]
    return html`<tr><th scope="row">${row.receiver}</th>${cell(words.what, kindOf(words, row.kind))}${cell(words.state, words.owed[row.state])}${cell(words.tries, context.figures.count(row.attempts))}${cell(words.why, why.join(context.shared.separator))}</tr>\n`
  })
  return html`${foreign}<table class="wide"><caption>${words.told}</caption>
<thead><tr>${headOf([[words.receiver], [words.what], [words.state], [words.tries], [words.why]])}</tr></thead><tbody>
${rows}</tbody></table>`
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
