import { formatDuration } from '@tabiji/core/time'
import { html, type Markup, NOTHING, renderObjectiveMonth } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { hiddenField, textField } from '../page/field.ts'
import { actionOf, sheetOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import { panelOf } from '../page/panel.ts'
import { timeOf } from '../page/time.ts'
import type { JourneyView } from '../view/journey.ts'
import { COURSE_WORDS } from '../words/course.ts'
import { JOURNEY_WORDS, type JourneyWords } from '../words/journey.ts'
import { courseOf } from './course.ts'
import { addressOf } from './journey-address.ts'
import { monthsOf } from './journey-months.ts'
import { rulesOf } from './journey-rules.ts'
import { tilesOf } from './journey-tiles.ts'
import { workOf } from './journey-work.ts'
import { linkedOrTold } from './linked.ts'

/** One journey: how it stands, what rings next, where its month went, who works on it and what changed. */
export function journeyScreen(context: Context, view: JourneyView): Screen {
  const words = JOURNEY_WORDS[context.language]
  const { journey } = view
  const title = context.titled(journey.title)
  const body = html`<p class="crumbs"><a href="/journeys">${context.frame.sections.journeys}</a> ›</p>
<h1>${title}</h1>
${aboutOf(context, words, view)}
<div id="standing-now" data-live>${journey.objectives.map((objective) => tilesOf(context, words, view, objective))}</div>
${panelOf(context, 'course', COURSE_WORDS[context.language].heading, () => courseOf(context, view))}
${monthsOf(context, words, view)}
${panelOf(context, 'month', words.month(context.figures.month(view.month)), () => monthOf(context, words, view))}
<div id="rules" data-live>${journey.objectives.filter(({ name }) => name === view.objective).map((each) => rulesOf(context, words, each))}</div>
<div id="work" data-live>${panelOf(context, 'work', words.work(formatDuration(view.work.ms)), () => workOf(context, words, view.work))}</div>
${panelOf(context, 'changes', words.changes, () => changesOf(context, words, view))}`
  return { title, under: 'journeys', body, link: addressOf(view, {}) }
}

function monthOf({ language }: Context, words: JourneyWords, { journey, objective, facts }: JourneyView): Markup {
  const charts = facts === undefined ? [] : renderObjectiveMonth(facts, language, { journey: journey.name, objective })
  return charts.length === 0 ? html`<p class="empty">${words.noMonth}</p>` : html`${charts}`
}

function aboutOf(context: Context, words: JourneyWords, { journey, incidents, fixes }: JourneyView): Markup {
  const { name, title, owner, tier, runbook } = journey
  const told = [
    ...(owner === undefined ? [] : [html`<li>${words.team(owner)}</li>`]),
    html`<li>${words.tier(tier)}</li>`,
    ...(runbook === undefined ? [] : [html`<li>${linkedOrTold(runbook, words.runbook)}</li>`]),
    html`<li><a href="/silences?journey=${encodeURIComponent(name)}">${words.silence}</a></li>`,
    ...incidents.map(
      ({ key, title }) => html`<li><a href="/incidents/${encodeURIComponent(key)}">${key} ${title}</a></li>`,
    ),
    ...fixes.map(({ key, title }) => html`<li><a href="/fixes/${encodeURIComponent(key)}">${key}</a> ${title}</li>`),
  ]
  const open = actionOf(
    context,
    '/do/incidents',
    words.openIncident,
    html`${hiddenField('title', context.titled(title))}${hiddenField('journeys:list', name)}`,
  )
  const lost = html`${panelOf(context, 'incidents', context.frame.sections.incidents, () => NOTHING)}${panelOf(context, 'fixes', context.frame.sections.fixes, () => NOTHING)}`
  return html`<ul class="sum">${told}</ul>${lost}<p>${open}</p>`
}

const CHANGES_TOLD = 20

/** What changed around it: the first thing that is asked when something breaks. */
function changesOf(context: Context, words: JourneyWords, { journey, annotations }: JourneyView): Markup {
  const rows = annotations.slice(0, CHANGES_TOLD).map(({ kind, title, at, url, service, by }) => {
    const what = url === undefined ? html`${title}` : linkedOrTold(url, title)
    const who = [service, by].filter((each) => each !== undefined).join(' · ')
    return html`<tr><th scope="row">${timeOf(context, at)}</th><td data-label="${words.note}"><span>${words.kinds[kind]}: ${what}</span></td><td><span>${who}</span></td></tr>\n`
  })
  const add = sheetOf(
    context,
    '/do/annotations',
    words.save,
    html`${hiddenField('kind', 'note')}${hiddenField('journeys:list', journey.name)}${textField(words.note, 'title', { required: true, most: 200 })}`,
  )
  const list =
    rows.length === 0
      ? html`<p class="empty">${words.noChanges}</p>`
      : html`<table class="wide"><caption class="hidden">${words.changes}</caption><tbody>${rows}</tbody></table>`
  return html`<h2 id="changes">${words.changes}</h2>${list}${add}`
}
