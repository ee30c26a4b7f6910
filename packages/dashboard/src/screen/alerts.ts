import type { Level } from '@tabiji/core/journey'
import { isoIn } from '@tabiji/core/time'
import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import type { Screen } from '../page/frame.ts'
import { headOf } from '../page/table.ts'
import { ALERT_STATES } from '../view/alert-states.ts'
import type { AlertsView } from '../view/alerts.ts'
import { ALERT_BOARD_WORDS, type AlertBoardWords } from '../words/alert-board.ts'
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
${filterOf(context, view)}
<div id="alerts" data-live>${parts.length === 0 ? emptyOf(context, words, view) : parts}${older}</div>`
  return { title: words.heading, under: 'alerts', body }
}

/** The address of the board with one thing of its filter changed. */
function addressOf(
  { state, level, journey, team = '' }: AlertsView,
  change: Partial<Record<'state' | 'level' | 'journey' | 'team', string>>,
) {
  const now = { state, level: level === undefined ? '' : String(level), journey: journey?.name ?? '', team }
  const said = Object.entries({ ...now, ...change }).filter(([, value]) => value !== '')
  return `/alerts?${new URLSearchParams(said)}`
}

function filterOf(context: Context, view: AlertsView): Markup {
  const board = ALERT_BOARD_WORDS[context.language]
  const item: Item = (to, label, isChosen) =>
    html`<li><a href="${to}"${isChosen ? html` aria-current="true"` : []}>${label}</a></li>`
  const states = ALERT_STATES.map((state) => {
    const n = state === 'over' || state === 'all' ? undefined : view.counts?.[state]
    const label = n === undefined ? board.shown[state] : `${board.shown[state]} ${context.figures.count(n)}`
    return item(addressOf(view, { state }), label, state === view.state)
  })
  const level = (each: Level) =>
    item(addressOf(view, { level: String(each) }), `${board.levels} ${each}`, each === view.level)
  const levels = [
    item(addressOf(view, { level: '' }), board.everyLevel, view.level === undefined),
    ...LEVELS.map(level),
  ]
  return html`<ul class="sum" aria-label="${board.states}">${states}<li><a href="/silences">${board.silences}</a></li></ul>
<ul class="sum" aria-label="${board.levels}">${levels}</ul>${teamsOf(board, view, item)}${journeyOf(context, view)}`
}

type Item = (to: string, label: string, isChosen: boolean) => Markup

/** One team owns everything where there is one: then nobody need choose. */
function teamsOf(board: AlertBoardWords, view: AlertsView, item: Item): Markup | string {
  const { teams = [], team } = view
  if (teams.length < 2) return ''
  const each = teams.map((name) => item(addressOf(view, { team: name }), name, name === team))
  const every = item(addressOf(view, { team: '' }), board.everyTeam, team === undefined)
  return html`<ul class="sum" aria-label="${board.teams}">${every}${each}</ul>`
}

function journeyOf({ language, titled }: Context, view: AlertsView): Markup | string {
  if (view.journey === undefined) return ''
  const { name, title } = view.journey
  const board = ALERT_BOARD_WORDS[language]
  return html`<p>${board.ofJourney(title === undefined ? name : titled(title))} <a href="${addressOf(view, { journey: '' })}">${board.everyJourney}</a></p>`
}

/** A filter that hides everything is not to be read as silence. */
function emptyOf({ around, figures, language }: Context, words: AlertsWords, view: AlertsView): Markup {
  const { last, level, journey, team, state } = view
  const isNarrow = team !== undefined || (state !== 'open' && state !== 'all')
  if (level !== undefined || journey !== undefined || isNarrow) {
    const board = ALERT_BOARD_WORDS[language]
    const near = journey?.near
    const meant =
      near === undefined
        ? ''
        : html`${board.didYouMean} <a href="${addressOf(view, { journey: near })}"><strong>${near}</strong></a>? `
    return html`<p class="empty">${board.noneFits} ${meant}<a href="/alerts">${board.showAll}</a></p>`
  }
  const before = last === undefined ? '' : words.last(last.id, figures.date(isoIn(last.episode.startedAt, around.zone)))
  return html`<p class="empty">${words.nothing} ${before}</p>`
}
