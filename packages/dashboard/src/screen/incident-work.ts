import { FIX_KINDS, type FixSummary } from '@tabiji/core/fix'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, hiddenField, textField } from '../page/field.ts'
import { actionOf, sheetOf } from '../page/form.ts'
import { timeOf } from '../page/time.ts'
import type { IncidentView } from '../view/incidents.ts'
import { FIXES_WORDS } from '../words/fixes.ts'
import { POSTMORTEM_WORDS } from '../words/postmortem.ts'
import type { Part } from './incident-part.ts'

/** The alerts that it is about. */
export function alertsOf(context: Context, part: Part, { alerts }: IncidentView): Markup {
  const { words, open, sheet } = part
  const rows = alerts.map(
    ({ id, rule, open: rings, since }) =>
      html`<li><a href="/alerts/${encodeURIComponent(id)}">${id}</a> ${rule}<span class="under">${rings ? words.rings : words.over} ${timeOf(context, since)}</span></li>\n`,
  )
  const list = rows.length === 0 ? html`<p class="empty">${words.noAlerts}</p>` : html`<ul class="plain">${rows}</ul>`
  const ids = alerts.map(({ id, rule }) => [id, `${id} ${rule}`] as const)
  return html`<h2>${words.alerts}</h2><div id="alerts" data-live>${list}</div>
${open ? sheet('join', words.join, textField(words.alerts, 'episodes:list', { required: true })) : []}${
  ids.length === 0
    ? []
    : sheet(
        'leave',
        words.leave,
        html`${choiceField(words.alerts, 'episodes:list', ids)}${textField(words.reason, 'reason', { required: true })}`,
      )
}`
}

/** What is done so that it does not come back, with tickets where people work on tickets. */
export function fixesOf(context: Context, { words, stands }: Part, view: IncidentView): Markup {
  const { incident, fixes, trackers } = view
  const rows = fixes.map((fix) => fixRow(context, words, fix, trackers))
  const list = rows.length === 0 ? html`<p class="empty">${words.noFixes}</p>` : html`<ul class="plain">${rows}</ul>`
  const kinds = FIX_KINDS.map((kind) => [kind, context.shared.kinds[kind]] as const)
  const causes = (incident.causes ?? []).map(({ id, text }) => [id, text] as const)
  const fields = html`${hiddenField('incident', incident.key)}${textField(words.fixTitle, 'title', { required: true, most: 200 })}${choiceField(words.kind, 'kind', kinds)}${textField(words.owner, 'owner', { most: 200 })}${textField(words.dueDate, 'due', { type: 'date' })}${causes.length === 0 ? NOTHING : choiceField(words.cause, 'cause', [['', words.noCause], ...causes])}`
  return html`<h2>${words.fixes}</h2><div id="fixes" data-live>${list}</div>
${stands ? sheetOf(context, '/do/fixes', words.addFix, fields) : NOTHING}`
}

function fixRow(
  context: Context,
  words: Part['words'],
  { key, title, state, kind, owner, due, overdueDays, ticket }: FixSummary,
  trackers: IncidentView['trackers'],
): Markup {
  const fixes = FIXES_WORDS[context.language]
  const late =
    overdueDays === 0
      ? NOTHING
      : html` <strong class="late">${fixes.overdue(overdueDays, context.figures.count(overdueDays))}</strong>`
  const told = [fixes.states[state], context.shared.kinds[kind], owner ?? words.noOwner, words.due(due)]
  const create =
    ticket !== undefined || state !== 'open'
      ? []
      : trackers.map(({ name }) =>
          actionOf(
            context,
            `/do/fixes/${encodeURIComponent(key)}/ticket`,
            words.ticketIn(name),
            hiddenField('tracker', name),
          ),
        )
  return html`<li><a href="/fixes/${encodeURIComponent(key)}">${key}</a> ${title}<span class="under">${told.join(context.shared.separator)}${late}</span> ${create}</li>\n`
}

/** How far its postmortem is, and where it is worked on. */
export function postmortemLine(context: Context, { words }: Part, { incident, duty }: IncidentView): Markup {
  const { states, overdue } = POSTMORTEM_WORDS[context.language]
  const path = `/incidents/${encodeURIComponent(incident.key)}/postmortem`
  const state = duty?.state ?? incident.postmortem?.state
  const late =
    duty === undefined || duty.overdueDays === 0
      ? NOTHING
      : html` <strong class="late">${overdue(duty.overdueDays, context.figures.count(duty.overdueDays))}</strong>`
  const told = [
    state === undefined ? words.postmortemNone : states[state],
    ...(duty === undefined ? [] : [words.due(duty.due)]),
  ]
  return html`<h2>${words.postmortem}</h2><p id="postmortem" data-live><a href="${path}">${words.postmortem}</a>: ${told.join(context.shared.separator)}${late}</p>`
}
