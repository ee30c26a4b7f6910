import { isOpen } from '@tabiji/core/alert'
import { isoIn } from '@tabiji/core/time'
import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { actionOf } from '../page/form.ts'
import { timeOf } from '../page/time.ts'
import type { Alert, BoardAlert } from '../view/alerts.ts'
import { ALERT_BOARD_WORDS } from '../words/alert-board.ts'
import type { AlertsWords } from '../words/alerts.ts'
import { drillOf, incidentOf, runbookOf, silenceOf } from './alert-acts.ts'
import { heldOf } from './alert-told.ts'
import { burnOf } from './journey-row.ts'
import { staleWord } from './state-mark.ts'

/** The heads of an alert's row, in the order of its cells. */
export function alertColumns({ language }: Context, words: AlertsWords): readonly (readonly [string, 'end'?])[] {
  const board = ALERT_BOARD_WORDS[language]
  return [
    [words.alert],
    [board.burn, 'end'],
    [words.left, 'end'],
    [words.since],
    [words.who],
    [board.whenTold],
    [board.acts],
  ]
}

/** An alert as its reader decides about it: how bad, since when, whose, who knows already, and what can be done. */
export function alertRow(context: Context, words: AlertsWords, alert: BoardAlert): Markup {
  const { id, episode, facts, standing } = alert
  const { figures, around, titled } = context
  const board = ALERT_BOARD_WORDS[context.language]
  const cell = (label: string, content: Markup | string, kind = '') =>
    html`<td data-label="${label}" class="${kind}"><span>${content}</span></td>`
  const leftPpm = standing?.leftPpm ?? facts.budget?.leftPpm
  const left = leftPpm === undefined ? '' : figures.left(leftPpm)
  const objective = facts.objective?.name ?? alert.rule.split('/').at(-1) ?? ''
  const name = html`<th scope="row">${drillOf(context, facts)}<a href="/alerts/${encodeURIComponent(id)}">${id} ${titled(facts.journey.title)}</a><span class="under">${objective} · ${words.states[episode.state]}</span></th>`
  return html`<tr>${name}${cell(board.burn, html`${burnNow(context, alert)}${staleWord(context, standing)}`, 'end')}${cell(words.left, left, 'end')}${cell(words.since, timeOf(context, isoIn(episode.startedAt, around.zone)))}${cell(words.who, holderOf(words, alert))}${cell(board.whenTold, awaitedOf(context, words, alert))}<td data-label="${board.acts}"><span class="acts">${actsOf(context, words, alert)}</span></td></tr>\n`
}

/** Who has it, as far as anybody said. */
export function holderOf(words: AlertsWords, { episode: { state, ack } }: Alert): string {
  if (ack !== undefined) return ack.by === undefined ? words.somebody : words.has(ack.by)
  return state === 'firing' ? words.nobody : ''
}

/** How fast the windows burn by which it rang, the long one and the short one. */
function burnNow(context: Context, { level, facts: { cause }, standing }: BoardAlert): string {
  if (cause.kind !== 'burn') return ''
  const pair = standing?.pairs.find(({ pair }) => pair.level === level && pair.longMs === cause.long.ms)
  return pair === undefined ? '' : `${burnOf(context, pair.longBurnMilli)} / ${burnOf(context, pair.shortBurnMilli)}`
}

function awaitedOf(context: Context, words: AlertsWords, { awaits }: BoardAlert): string {
  if (awaits === undefined) return ''
  const { shared, figures, around, language } = context
  if (awaits.by === 'gates')
    return awaits.verdicts.flatMap((verdict) => heldOf(context, words, verdict)).join(shared.separator)
  const at = awaits.at === undefined ? undefined : figures.stamp(isoIn(awaits.at, around.zone))
  return ALERT_BOARD_WORDS[language][awaits.by](at)
}

function actsOf(context: Context, words: AlertsWords, alert: BoardAlert): Markup {
  const { id, episode, facts, incident } = alert
  const to = (verb: string) => `/do/alerts/${encodeURIComponent(id)}/${verb}`
  const further = html`${incident === undefined && !isOpen(episode) ? '' : incidentOf(context, words, alert, incident?.key)} ${runbookOf(words, facts)}`
  if (!isOpen(episode)) return further
  const take =
    episode.state === 'acked'
      ? actionOf(context, to('unack'), words.giveBack)
      : actionOf(context, to('ack'), words.acknowledge, undefined, 'e')
  return html`${take} ${silenceOf(words, alert)} ${further}`
}
