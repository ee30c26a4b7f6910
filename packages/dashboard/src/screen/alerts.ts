import { isoIn } from '@tabiji/core/time'
import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { actionOf } from '../page/form.ts'
import type { Screen } from '../page/frame.ts'
import { headOf } from '../page/table.ts'
import { timeOf } from '../page/time.ts'
import type { Alert, AlertsView } from '../view/alerts.ts'
import { ALERTS_WORDS, type AlertsWords } from '../words/alerts.ts'

/** What rings, the most urgent first; each can be taken from here. */
export function alertsScreen(context: Context, view: AlertsView): Screen {
  const words = ALERTS_WORDS[context.language]
  const { alerts, state } = view
  const parts = ([1, 2, 3] as const).flatMap((level) => {
    const rows = alerts.filter((alert) => alert.level === level)
    if (rows.length === 0) return []
    return [
      html`<table class="wide alerts"><caption>${context.shared.levels[level]}</caption>
<thead><tr>${headOf([[words.alert], [words.left, 'end'], [words.since], [words.who]])}</tr></thead><tbody>
${rows.map((alert) => rowOf(context, words, alert))}</tbody></table>\n`,
    ]
  })
  const choice = (to: 'open' | 'all', label: string) =>
    html`<li><a href="/alerts?state=${to}"${to === state ? html` aria-current="true"` : []}>${label}</a></li>`
  const body = html`<h1>${words.heading}</h1>
<ul class="sum">${choice('open', words.openOnes)}${choice('all', words.all)}<li><a href="/silences">${words.silence}</a></li></ul>
<div id="alerts" data-live>${parts.length === 0 ? emptyOf(context, words, view) : parts}</div>`
  return { title: words.heading, under: 'alerts', body }
}

function emptyOf({ around, figures }: Context, words: AlertsWords, { last }: AlertsView): Markup {
  const before = last === undefined ? '' : words.last(last.id, figures.date(isoIn(last.episode.startedAt, around.zone)))
  return html`<p class="empty">${words.nothing} ${before}</p>`
}

function rowOf(context: Context, words: AlertsWords, alert: Alert): Markup {
  const { id, episode, facts } = alert
  const { figures, around, titled, frame } = context
  const left = facts.budget === undefined ? '' : figures.left(facts.budget.leftPpm)
  const objective = facts.objective?.name ?? alert.rule.split('/').at(-1) ?? ''
  const take =
    episode.state === 'firing' ? actionOf(context, `/do/alerts/${encodeURIComponent(id)}/ack`, frame.acknowledge) : []
  const began = timeOf(context, isoIn(episode.startedAt, around.zone))
  return html`<tr><th scope="row"><a href="/alerts/${encodeURIComponent(id)}">${id} ${titled(facts.journey.title)}</a><span class="under">${objective} · ${words.states[episode.state]}</span></th><td data-label="${words.left}" class="end"><span>${left}</span></td><td data-label="${words.since}"><span>${began}</span></td><td data-label="${words.who}"><span>${holderOf(words, alert)} ${take}</span></td></tr>\n`
}

/** Who has it, as far as anybody said. */
export function holderOf(words: AlertsWords, { episode: { state, ack } }: Alert): string {
  if (ack !== undefined) return ack.by === undefined ? words.somebody : words.has(ack.by)
  return state === 'firing' ? words.nobody : ''
}
