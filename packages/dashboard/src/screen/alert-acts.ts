import type { AlertFacts } from '@tabiji/core/alert'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { hiddenField } from '../page/field.ts'
import { actionOf } from '../page/form.ts'
import type { Alert } from '../view/alerts.ts'
import { ALERT_BOARD_WORDS } from '../words/alert-board.ts'
import type { AlertsWords } from '../words/alerts.ts'
import { linkedOrTold } from './linked.ts'

/** What is said before anything else of an alert that is practice. */
export function drillOf({ language }: Context, { drill }: AlertFacts): Markup | string {
  return drill === undefined ? '' : html`<strong class="drill">${ALERT_BOARD_WORDS[language].drill(drill)}</strong> `
}

/** To its incident, or a button that opens one with all that is known. @param key of the incident that it belongs to */
export function incidentOf(context: Context, words: AlertsWords, { level, facts }: Alert, key?: string): Markup {
  if (key !== undefined) return html`<a href="/incidents/${encodeURIComponent(key)}">${words.incident} ${key}</a>`
  const { name, title } = facts.journey
  return actionOf(
    context,
    '/do/incidents',
    words.openIncident,
    // By the level its checklist is chosen and its postmortem owed; of practice nothing goes into the numbers.
    html`${hiddenField('title', context.titled(title))}${hiddenField('level:number', String(level))}${hiddenField('journeys:list', name)}${hiddenField('episodes:list', facts.episode)}${facts.drill === undefined ? NOTHING : hiddenField('drill:flag', 'on')}`,
  )
}

/** What to do about it, where somebody wrote that down. */
export function runbookOf(words: AlertsWords, { runbook }: AlertFacts): Markup | string {
  return runbook === undefined ? '' : linkedOrTold(runbook, words.runbook)
}

/** To a silence of the same journey and level, which shows first what it would hold back. */
export function silenceOf(words: AlertsWords, { level, facts }: Alert): Markup {
  const matchers = `journey=${facts.journey.name}, level=${level}`
  return html`<a href="/silences?matchers=${encodeURIComponent(matchers)}#make" data-key="s">${words.silence}</a>`
}
