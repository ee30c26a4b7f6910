import type { Level } from '@tabiji/core/journey'
import { isoIn } from '@tabiji/core/time'
import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { headOf } from '../page/table.ts'
import type { AlertsView } from '../view/alerts.ts'
import { ALERT_BOARD_WORDS } from '../words/alert-board.ts'
import { ALERTS_WORDS, type AlertsWords } from '../words/alerts.ts'
import { alertColumns, alertRow } from './alert-row.ts'

const LEVELS = [1, 2, 3] as const

/** What rings, the most urgent first; each can be taken from here. */
export function alertsScreen(context: Context, view: AlertsView): Screen {
  const words = ALERTS_WORDS[context.language]
  const { alerts } = view
  const parts = LEVELS.flatMap((level) => {
    const rows = alerts.filter((alert) => alert.level === level)
    if (rows.length === 0) return []
    return [
      html`<table class="wide alerts"><caption>${context.shared.levels[level]}</caption>
<thead><tr>${headOf(alertColumns(context, words))}</tr></thead><tbody>
${rows.map((alert) => alertRow(context, words, alert))}</tbody></table>\n`,
    ]
  })
  const older = view.more ? html`<p>${ALERT_BOARD_WORDS[context.language].newest(alerts.length)}</p>` : ''
  const body = html`<h1>${words.heading}</h1>
${filterOf(context, words, view)}
<div id="alerts" data-live>${parts.length === 0 ? emptyOf(context, words, view) : parts}${older}</div>`
  return { title: words.heading, under: 'alerts', body }
}

/** The address of the board with one thing of its filter changed. */
function addressOf(
  { state, level, journey }: AlertsView,
  change: Partial<Record<'state' | 'level' | 'journey', string>>,
) {
  const now = { state, level: level === undefined ? '' : String(level), journey: journey?.name ?? '' }
  const said = Object.entries({ ...now, ...change }).filter(([, value]) => value !== '')
  return `/alerts?${new URLSearchParams(said)}`
}

function filterOf(context: Context, words: AlertsWords, view: AlertsView): Markup {
  const board = ALERT_BOARD_WORDS[context.language]
  const item = (to: string, label: string, isChosen: boolean) =>
    html`<li><a href="${to}"${isChosen ? html` aria-current="true"` : []}>${label}</a></li>`
  const states = (['open', 'all'] as const).map((state) =>
    item(addressOf(view, { state }), state === 'open' ? words.openOnes : words.all, state === view.state),
  )
  const level = (each: Level) =>
    item(addressOf(view, { level: String(each) }), `${board.levels} ${each}`, each === view.level)
  const levels = [
    item(addressOf(view, { level: '' }), board.everyLevel, view.level === undefined),
    ...LEVELS.map(level),
  ]
  return html`<ul class="sum" aria-label="${board.states}">${states}<li><a href="/silences">${board.silences}</a></li></ul>
<ul class="sum" aria-label="${board.levels}">${levels}</ul>${journeyOf(context, view)}`
}

function journeyOf({ language, titled }: Context, view: AlertsView): Markup | string {
  if (view.journey === undefined) return ''
  const { name, title } = view.journey
  const board = ALERT_BOARD_WORDS[language]
  return html`<p>${board.ofJourney(title === undefined ? name : titled(title))} <a href="${addressOf(view, { journey: '' })}">${board.everyJourney}</a></p>`
}

/** A filter that hides everything is not to be read as silence. */
function emptyOf({ around, figures, language }: Context, words: AlertsWords, view: AlertsView): Markup {
  const { last, level, journey } = view
  if (level !== undefined || journey !== undefined) {
    const board = ALERT_BOARD_WORDS[language]
    return html`<p class="empty">${board.noneFits} <a href="/alerts">${board.showAll}</a></p>`
  }
  const before = last === undefined ? '' : words.last(last.id, figures.date(isoIn(last.episode.startedAt, around.zone)))
  return html`<p class="empty">${words.nothing} ${before}</p>`
}
