import type { IncidentSummary } from '@tabiji/core/incident'
import { firedIn } from '@tabiji/core/report'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, textField, tickFields } from '../page/field.ts'
import { sheetOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import { panelOf } from '../page/panel.ts'
import { headOf } from '../page/table.ts'
import { timeOf } from '../page/time.ts'
import type { IncidentsView } from '../view/incidents.ts'
import { INCIDENTS_WORDS, type IncidentsWords } from '../words/incidents.ts'

const STATES = ['open', 'resolved', 'all'] as const

/** Incidents, the newest first, and a way to open one by hand. */
export function incidentsScreen(context: Context, view: IncidentsView): Screen {
  const words = INCIDENTS_WORDS[context.language]
  const links = STATES.map((state) => {
    const here = state === view.state ? html` aria-current="page"` : NOTHING
    return html`<li><a href="/incidents?state=${state}"${here}>${words.states[state]}</a></li>\n`
  })
  const body = html`<h1>${words.heading}</h1>
<nav aria-label="${words.filter}"><ul class="frames plain">${links}</ul></nav>
${openingOf(context, words, view.journeys)}
<div id="incidents" data-live>${view.incidents.length === 0 ? panelOf(context, 'month', words.heading, () => emptyOf(context, words, view)) : tableOf(context, words, view)}</div>`
  return { title: words.heading, under: 'incidents', body }
}

function openingOf(context: Context, words: IncidentsWords, journeys: IncidentsView['journeys']): Markup {
  const levels = ([1, 2, 3] as const).map((level) => [String(level), context.shared.levels[level]] as const)
  return sheetOf(
    context,
    '/do/incidents',
    words.open,
    html`${textField(words.title, 'title', { required: true, most: 200 })}${choiceField(words.level, 'level:number', [['', words.noLevel], ...levels])}${tickFields(words.journeys, 'journeys:list', titlesOf(context, journeys))}<label class="tick"><input type="checkbox" name="drill:flag"> ${words.asDrill}</label>`,
  )
}

/** Names of journeys with their titles, as fields want them. */
export function titlesOf(
  { titled }: Context,
  journeys: IncidentsView['journeys'],
): readonly (readonly [string, string])[] {
  return journeys.map(({ name, title }) => [name, titled(title)] as const)
}

/** What a journey is called; one that the file has no more by its name. */
export function journeyTitle({ titled }: Context, journeys: IncidentsView['journeys'], name: string): string {
  const journey = journeys.find((each) => each.name === name)
  return journey === undefined ? name : titled(journey.title)
}

function emptyOf({ figures }: Context, words: IncidentsWords, { state, facts }: IncidentsView): Markup {
  const instead =
    facts === undefined
      ? ''
      : words.dataToo(
          figures.month(facts.month),
          figures.count(facts.drills?.held.length ?? 0),
          figures.count(firedIn(facts.alerts)),
        )
  return html`<p class="empty">${words.none[state]} ${instead}</p><p class="empty">${words.howTo}</p>`
}

function tableOf(context: Context, words: IncidentsWords, { incidents, journeys }: IncidentsView): Markup {
  const rows = incidents.map((incident) => {
    const { key, title, level, drill, openedAt } = incident
    const mark = drill ? html` <strong class="drill">${words.drill}</strong>` : NOTHING
    const hurt = context.figures.list(incident.journeys.map((name) => journeyTitle(context, journeys, name)))
    return html`<tr><th scope="row"><a href="/incidents/${encodeURIComponent(key)}">${key}</a> ${title}${mark}</th><td data-label="${words.level}"><span>${level === undefined ? '' : context.shared.levels[level]}</span></td><td data-label="${words.journeys}"><span>${hurt}</span></td><td data-label="${words.opened}"><span>${timeOf(context, openedAt)}</span></td><td data-label="${words.state}"><span>${stateOf(context, words, incident)}</span></td></tr>\n`
  })
  const head = [words.incident, words.level, words.journeys, words.opened, words.state]
  return html`<table class="wide"><caption class="hidden">${words.heading}</caption>
<thead><tr>${headOf(head.map((label) => [label] as const))}</tr></thead><tbody>
${rows}</tbody></table>`
}

function stateOf(context: Context, words: IncidentsWords, { mergedInto, resolvedAt }: IncidentSummary): Markup {
  if (mergedInto !== undefined)
    return html`${words.mergedInto} <a href="/incidents/${encodeURIComponent(mergedInto)}">${mergedInto}</a>`
  if (resolvedAt === undefined) return html`<strong>${words.isOpen}</strong>`
  return html`${words.resolvedAt} ${timeOf(context, resolvedAt)}`
}
