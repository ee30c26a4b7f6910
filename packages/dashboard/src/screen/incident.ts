import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { panelOf } from '../page/panel.ts'
import type { IncidentView } from '../view/incidents.ts'
import { INCIDENTS_WORDS } from '../words/incidents.ts'
import { changesOf, headOfIncident } from './incident-head.ts'
import { impactOf } from './incident-impact.ts'
import { type Part, partOf } from './incident-part.ts'
import { checklistOf, rolesOf, updatesOf } from './incident-response.ts'
import { runbooksOf } from './incident-runbook.ts'
import { timelineOf } from './incident-timeline.ts'
import { timesOf } from './incident-times.ts'
import { alertsOf, fixesOf, postmortemLine } from './incident-work.ts'

/** One incident: what it costs, who does what, what is to be done first, what happened, and what comes after. */
export function incidentScreen(context: Context, view: IncidentView): Screen {
  const part = partOf(context, view.incident)
  const { key, title } = view.incident
  const { heading } = INCIDENTS_WORDS[context.language]
  const { words } = part
  const body = html`<p class="crumbs"><a href="/incidents">${heading}</a> ›</p>
${headOfIncident(context, part, view)}
${changesOf(context, part, view)}
${panelOf(context, 'impact', words.impact, () => html`${impactOf(context, part, view)}`)}
<div class="incident">
<div class="first">
${rolesOf(context, part, view)}
${panelOf(
  context,
  'response',
  context.frame.firstResponse,
  () => html`${checklistOf(context, part, view)}
${updatesOf(context, part, view)}`,
)}
</div>
<div class="page">${panelOf(context, 'runbooks', words.runbooks, () => html`${runbooksOf(context, part, view)}`)}</div>
<div class="lines">
${timelineOf(context, part, view)}
</div>
<div class="then">
${fixesOf(context, part, view)}
${panelOf(context, 'postmortem', words.postmortem, () => html`${postmortemLine(context, part, view)}`)}
${timesOf(context, part, view)}
${panelOf(context, 'alerts', words.alerts, () => html`${alertsOf(context, part, view)}`)}
</div>
</div>
${footOf(part)}`
  return { title: `${key} ${title}`, under: 'incidents', body, drill: view.incident.drill }
}

/** On a phone, within reach of a thumb: what is done first, how, and what is written down. */
function footOf({ words }: Part): Markup {
  return html`<nav class="at-foot" aria-label="${words.jump}"><a href="#checklist">${words.toChecklist}</a><a href="#runbook">${words.runbooks}</a><a href="#write">${words.addLine}</a></nav>`
}
