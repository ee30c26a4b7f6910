import { FIX_KINDS } from '@tabiji/core/fix'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, hiddenField, textField } from '../page/field.ts'
import { actionOf, sheetOf } from '../page/form.ts'
import { lengthOf } from '../page/length.ts'
import { headOf } from '../page/table.ts'
import { timeOf } from '../page/time.ts'
import type { Drill, DrillsView } from '../view/drills.ts'
import { DRILL_PLAN_WORDS } from '../words/drill-plan.ts'
import type { DrillsWords } from '../words/drills.ts'
import { titleOf } from './drills-start.ts'

/** What was held, how long each part of it took, and what came of it. */
export function heldOf(context: Context, words: DrillsWords, { drills, journeys }: DrillsView): Markup {
  if (drills.length === 0) return html`<h2>${words.held}</h2><p class="empty">${words.noneHeld}</p>`
  const rows = drills.map((drill) => heldRow(context, words, drill, titleOf(context, journeys, drill.journey)))
  const head = [words.what, words.began, words.rang, words.told, words.taken, words.over]
  const heads = [...head, DRILL_PLAN_WORDS[context.language].findings].map((label) => [label] as const)
  return html`<table class="wide" id="held" data-live><caption>${words.held}</caption>
<thead><tr>${headOf(heads)}</tr></thead><tbody>
${rows}</tbody></table>`
}

function heldRow(context: Context, words: DrillsWords, drill: Drill, journey: string): Markup {
  const { key, level, what, startedAt, ended, times } = drill
  const after = (label: string, ms: number | undefined) =>
    html`<td data-label="${label}"><span>${ms === undefined ? '' : lengthOf(context, ms)}</span></td>`
  const running =
    ended === undefined
      ? html` ${words.running} ${actionOf(context, `/do/drills/${encodeURIComponent(key)}/stop`, words.stop)}`
      : []
  const findings = html`<td data-label="${DRILL_PLAN_WORDS[context.language].findings}"><span>${findingsOf(context, drill, journey)}</span></td>`
  return html`<tr id="drill-${key}"><th scope="row">${key} ${journey}<span class="under">${context.shared.levels[level]} · ${what}</span>${running}</th><td data-label="${words.began}"><span>${timeOf(context, startedAt)}</span></td>${after(words.rang, times.rangMs)}${after(words.told, times.toldMs)}${after(words.taken, times.ackedMs)}${after(words.over, times.resolvedMs)}${findings}</tr>\n`
}

/** Its incidents with their fixes. A finding without a fix is forgotten by the next drill. */
function findingsOf(context: Context, { key, journey: name, alerts, incidents }: Drill, journey: string): Markup {
  const words = DRILL_PLAN_WORDS[context.language]
  const [first] = incidents
  if (first === undefined) {
    if (alerts.length === 0) return NOTHING
    const ids = alerts.map(({ id }) => hiddenField('episodes:list', id))
    const fields = html`${hiddenField('title', `${key} ${journey}`)}${hiddenField('journeys:list', name)}${hiddenField('drill:flag', 'on')}${ids}`
    return html`<span class="empty">${words.noIncident}</span> ${actionOf(context, '/do/incidents', words.openIncident, fields)}`
  }
  const told = incidents.map(({ key: incident, fixes }) => {
    const path = encodeURIComponent(incident)
    return html`<a href="/incidents/${path}">${incident}</a> ${words.fixes(fixes, context.figures.count(fixes))} `
  })
  const kinds = FIX_KINDS.map((kind) => [kind, context.shared.kinds[kind]] as const)
  const fields = html`${hiddenField('incident', first.key)}${textField(words.finding, 'title', { required: true, most: 200 })}${choiceField(words.kind, 'kind', kinds)}${textField(words.owner, 'owner', { most: 200 })}${textField(words.due, 'due', { type: 'date' })}`
  return html`${told}${sheetOf(context, '/do/fixes', words.addFinding, fields)}`
}
