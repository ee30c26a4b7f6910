import { MOMENTS } from '@tabiji/core/incident'
import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, textField } from '../page/field.ts'
import { timeOf } from '../page/time.ts'
import type { IncidentView } from '../view/incidents.ts'
import type { Part } from './incident-part.ts'

const TIMED = ['impactStarted', 'detected', 'delivered', 'acknowledged', 'mitigated', 'resolved'] as const

/** When each moment was and who says so; a person's word holds over what is derived. */
export function timesOf(context: Context, { words, said, open, sheet }: Part, { incident }: IncidentView): Markup {
  const rows = TIMED.map((moment) => {
    const mark = incident.times[moment]
    const when =
      mark === undefined
        ? html`<span class="empty">${words.unknown}</span>`
        : html`${timeOf(context, mark.at)}<span class="under">${mark.stated ? words.stated : words.origins[mark.origin]}</span>`
    return html`<dt>${said.moment[moment] ?? moment}</dt><dd>${when}</dd>\n`
  })
  // When it was resolved can be stated only once it is.
  const moments = MOMENTS.filter((moment) => moment !== 'resolved' || !open)
  const fields = html`${choiceField(
    words.moment,
    'moment',
    moments.map((moment) => [moment, said.moment[moment] ?? moment] as const),
  )}${textField(words.at, 'value', { required: true, most: 40 })}${textField(words.reason, 'reason', { required: true })}`
  return html`<h2>${words.times}</h2><dl id="times" data-live>${rows}</dl>${sheet('time', words.setTime, fields)}`
}
