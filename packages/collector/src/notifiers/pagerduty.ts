import {
  type AlertFacts,
  type Cause,
  type ChangeFacts,
  isAboutAlert,
  isEnd,
  type MessageFacts,
} from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import type { Notification, Notifier } from '../ports/notifier.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { readAnswer } from './answers.ts'
import { clip } from './clip.ts'
import type { Message } from './message.ts'
import type { NotifierOptions } from './options.ts'
import { renderMessage } from './render.ts'
import type { Language } from './words/catalogue.ts'

type PagerDutyReceiver = {
  readonly name: string
  readonly routingKey: () => string
  /** Base address: `https://events.pagerduty.com`, or that of the European region. */
  readonly url: string
}

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 16_000
/** About 120 events in any minute for each key (developer.pagerduty.com, "Rate limits"). */
const PACE = { everyMs: 550, burst: 10 } as const
const MAX_EVENT_BYTES = 512_000
const MAX_SUMMARY = 1_024
/** Not documented for these parts; the dedup key's limit. */
const MAX_NAME = 255
const MAX_URL = 2_000

const SEVERITIES: Readonly<Record<Level, string>> = { 1: 'critical', 2: 'warning', 3: 'info' }

/**
 * PagerDuty by the Events API v2. A repeat with the dedup key of an open alert is only a line in its log, so it needs no
 * mark. 202 means accepted, not that somebody was called.
 */
export function createPagerDutyNotifier(
  receiver: PagerDutyReceiver,
  outgoing: Outgoing,
  { language, timeoutMs = TIMEOUT_MS }: NotifierOptions,
): Notifier {
  const base = receiver.url.replace(/\/+$/, '')
  return {
    name: receiver.name,
    keepsOpen: true,
    pace: PACE,
    deliver: async (notification, attempt, signal) => {
      const { facts } = notification
      const isChange = facts.kind === 'change'
      const url = `${base}${isChange ? '/v2/change/enqueue' : '/v2/enqueue'}`
      const body = isChange
        ? changeBody(facts, receiver.routingKey(), attempt.degraded, language)
        : eventBody(notification, receiver.routingKey(), attempt.degraded, language)
      const headers = { 'content-type': 'application/json' }
      const request = { url, method: 'POST', headers, body, timeoutMs, maxBytes: MAX_ANSWER_BYTES } as const
      const result = await outgoing.send(request, signal)
      return readAnswer(result, attempt.at, { accepts: ({ status }) => status === 202 })
    },
  }
}

/** The degraded form has the required parts only; an event above the limit leaves out its details first. */
function eventBody(notification: Notification, routingKey: string, degraded: boolean, language: Language): string {
  const { facts } = notification
  const action = actionOf(facts)
  const required = { routing_key: routingKey, event_action: action, dedup_key: facts.dedupKey }
  if (action === 'resolve') return JSON.stringify(required)
  const message = renderMessage(notification, language)
  const payload = {
    summary: clip(`${message.title} — ${message.lead}`, MAX_SUMMARY),
    source: clip(isAboutAlert(facts) ? facts.journey.name : 'Tabiji', MAX_NAME),
    severity: SEVERITIES[facts.level],
  }
  if (degraded) return JSON.stringify({ ...required, payload })
  const full = { ...payload, ...contextOf(facts) }
  const around = { ...required, client: 'Tabiji', ...linksOf(facts, message) }
  const whole = JSON.stringify({ ...around, payload: { ...full, custom_details: detailsOf(message) } })
  if (Buffer.byteLength(whole) <= MAX_EVENT_BYTES) return whole
  return JSON.stringify({ ...around, payload: full })
}

/**
 * A change event calls nobody; PagerDuty shows it beside incidents. Only a summary is required. `timestamp` is when the change
 * was made.
 */
function changeBody(facts: ChangeFacts, routingKey: string, degraded: boolean, language: Language): string {
  const { title, links } = renderMessage({ facts }, language)
  const summary = clip(title, MAX_SUMMARY)
  if (degraded) return JSON.stringify({ routing_key: routingKey, payload: { summary } })
  const { change, key, journeys } = facts
  const { at, kind, phase, service, by } = change
  const payload = {
    summary,
    timestamp: new Date(at).toISOString(),
    source: clip(service ?? 'Tabiji', MAX_NAME),
    // What is undefined is left out by JSON.
    custom_details: { kind, phase, service, by, journeys: journeys.join(', ') || undefined, annotation: key },
  }
  return JSON.stringify({ routing_key: routingKey, payload, ...hrefsOf(links) })
}

function hrefsOf(links: Message['links']): object {
  const shown = links.filter(({ url }) => url.length <= MAX_URL).map(({ url, label }) => ({ href: url, text: label }))
  return shown.length === 0 ? {} : { links: shown }
}

function actionOf(facts: MessageFacts): 'trigger' | 'resolve' {
  if (facts.kind === 'test' || facts.kind === 'trouble') return facts.over ? 'resolve' : 'trigger'
  return isEnd(facts.kind) ? 'resolve' : 'trigger'
}

/** `timestamp` is when it began to be true: the outbox may be late. */
function contextOf(facts: MessageFacts): object {
  const timestamp = new Date(facts.at).toISOString()
  return isAboutAlert(facts) ? { timestamp, ...placeOf(facts) } : { timestamp, class: facts.kind }
}

function placeOf({ journey, objective, worstStep, cause }: AlertFacts): object {
  const step = cause.kind === 'simple' ? cause.step : objective?.step
  const component = step ?? worstStep?.name
  return {
    ...(component === undefined ? {} : { component: clip(component, MAX_NAME) }),
    group: clip(journey.owner ?? journey.name, MAX_NAME),
    class: cause.kind === 'simple' ? classOf(cause) : `${objective?.indicator ?? 'alert'}/${cause.kind}`,
  }
}

/** What a simple rule is about: `errors/simple`. */
function classOf({ condition }: Extract<Cause, { readonly kind: 'simple' }>): string {
  return `${condition.kind === 'absent' ? 'absent' : condition.subject}/simple`
}

function linksOf(facts: MessageFacts, message: Message): object {
  const link = isAboutAlert(facts) ? facts.link : undefined
  const links = message.links
    .filter(({ url }) => url.length <= MAX_URL)
    .map(({ url, label }) => ({ href: url, text: label }))
  return {
    ...(link !== undefined && links.some(({ href }) => href === link) ? { client_url: link } : {}),
    ...(links.length === 0 ? {} : { links }),
  }
}

function detailsOf({ lead, fields, notes, footer }: Message): object {
  const lines = fields.map(({ label, value }) => [label, value] as const)
  return { summary: lead, ...Object.fromEntries(lines), notes: notes.join('\n'), alert: footer }
}
