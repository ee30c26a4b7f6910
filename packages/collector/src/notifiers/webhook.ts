import { createHmac } from 'node:crypto'
import {
  type AlertFacts,
  type Change,
  type ChangeFacts,
  type DigestFacts,
  type DigestItem,
  type HandoverFacts,
  type IncidentFacts,
  isAboutAlert,
  isEnd,
  type MessageFacts,
  type MessageKind,
  type PostmortemFacts,
  type TestFacts,
  type TroubleFacts,
  type UpdateFacts,
} from '@tabiji/core/alert'
import type { Attempt, Notification, Notifier, ToDo } from '../ports/notifier.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { readAnswer } from './answers.ts'
import { clip } from './clip.ts'
import { plainText } from './message.ts'
import type { NotifierOptions } from './options.ts'
import { renderMessage } from './render.ts'
import type { Language } from './words/catalogue.ts'

type WebhookReceiver = {
  readonly name: string
  readonly url: () => string
  /** `whsec_` and 24 to 64 random bytes in base64. */
  readonly secret: () => string
}

const TYPES: Readonly<Record<MessageKind, string>> = {
  trigger: 'alert.triggered',
  reminder: 'alert.reminded',
  resolve: 'alert.resolved',
  withdraw: 'alert.withdrawn',
  test: 'receiver.tested',
  digest: 'alert.digest',
  trouble: 'collector.trouble',
  change: 'change.made',
  update: 'incident.updateDue',
  postmortem: 'incident.postmortemOverdue',
  incident: 'incident.changed',
  handover: 'incident.handedOver',
}

/** Standard Webhooks advises 15 to 30 seconds. */
const TIMEOUT_MS = 15_000
const MAX_BODY_BYTES = 20_000
const MAX_ANSWER_BYTES = 64_000

/** Signed webhooks by Standard Webhooks 1.0.0. The receiver tells repeats by `webhook-id`. */
export function createWebhookNotifier(
  receiver: WebhookReceiver,
  outgoing: Outgoing,
  { language, timeoutMs = TIMEOUT_MS }: NotifierOptions,
): Notifier {
  return {
    name: receiver.name,
    deliver: async (notification, attempt, signal) => {
      const body = webhookBody(notification, attempt, language)
      const timestamp = Math.floor(attempt.at / 1000)
      const headers = {
        'content-type': 'application/json',
        'webhook-id': notification.id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signWebhook(receiver.secret(), notification.id, timestamp, body),
      }
      const request = {
        url: receiver.url(),
        method: 'POST',
        headers,
        body,
        timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
      } as const
      const result = await outgoing.send(request, signal)
      return readAnswer(result, attempt.at, { accepts: ({ status }) => status >= 200 && status < 300 })
    },
  }
}

/** The value of `webhook-signature`: HMAC-SHA256 over `id.timestamp.body`. Timestamp in Unix seconds. */
export function signWebhook(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/**
 * The body is the same on every attempt, so that a receiver may keep either of two. The degraded form has no sentences;
 * so has a body that would grow too large with them, and then no explanation either.
 */
function webhookBody(notification: Notification, { degraded }: Attempt, language: Language): string {
  const { toDo, late, ...rest } = notification
  const lasting = {
    ...rest,
    // What is done changes from attempt to attempt, so the receiver is sent how the list begins.
    ...(toDo !== undefined && { toDo: { ...toDo, items: toDo.first } }),
    // A receiver that did not take it at first is no part of it either: that is seen by the repeat.
    ...(late !== undefined && late.why !== 'receiver' && { late }),
  }
  const { facts, insteadOf } = lasting
  const message = renderMessage(lasting, language)
  const write = (sentences: object, explained = true) =>
    JSON.stringify({
      type: TYPES[facts.kind],
      timestamp: new Date(facts.at).toISOString(),
      data: {
        sample: facts.sample,
        ...sentences,
        ...dataOf(facts, explained),
        ...(toDo !== undefined && { incident: incidentOf(toDo, explained) }),
        insteadOf: short(insteadOf),
      },
    })
  const forms = [...(degraded ? [] : [write({ title: message.title, text: plainText(message) })]), write({})]
  return forms.find((form) => Buffer.byteLength(form) < MAX_BODY_BYTES) ?? write({}, false)
}

/** @param explained whether there is room for what is good to know */
function dataOf(facts: MessageFacts, explained: boolean): object {
  if (facts.kind === 'digest') return digestData(facts, explained)
  if (facts.kind === 'trouble') return troubleData(facts)
  if (facts.kind === 'change') return changeData(facts)
  if (facts.kind === 'update') return updateData(facts)
  if (facts.kind === 'postmortem') return postmortemData(facts)
  if (facts.kind === 'incident' || facts.kind === 'handover') return incidentData(facts)
  if (!isAboutAlert(facts)) return testData(facts)
  return { ...alertData(facts), ...(explained && !isEnd(facts.kind) && explainedData(facts)) }
}

/** The incident that a page belongs to. @param explained whether there is room for more than its key */
function incidentOf({ incident: key, link, first }: ToDo, explained: boolean): object {
  return explained ? { key, link: shortAddress(link), first } : { key }
}

/** What explains an alert: the first to be left out where a body would grow too large. */
function explainedData({ felt, outlook, sureness, changes, firstStep, runbookTitle: named }: AlertFacts): object {
  return {
    runbookTitle: named === undefined ? undefined : { en: clip(named.en, 60), ja: clip(named.ja, 60) },
    felt: felt?.map((each) => ({ ...each, step: clip(each.step, 60) })),
    outlook,
    sureness,
    changes: changes?.map(shortChange),
    firstStep: firstStep === undefined ? undefined : clip(firstStep, 300),
  }
}

/**
 * The facts, each text so short that all of them fit into the body: eleven texts of 200 code points, six bytes each at
 * most in JSON, six of 60, and two addresses, leave the rest 500 bytes; a simple rule has fewer of them. An address is whole or absent, because half of one leads
 * nowhere. What is undefined is left out by JSON.
 */
function alertData(facts: AlertFacts): object {
  const { journey, objective, worstStep, worstDependencies, startedAt, at } = facts
  return {
    episode: facts.episode,
    dedupKey: facts.dedupKey,
    rule: short(facts.rule),
    drill: facts.drill,
    level: facts.level,
    journey: {
      name: short(journey.name),
      title: { en: short(journey.title.en), ja: short(journey.title.ja) },
      owner: short(journey.owner),
      tier: journey.tier,
    },
    objective:
      objective === undefined ? undefined : { ...objective, name: short(objective.name), step: short(objective.step) },
    cause: causeOf(facts),
    note: short(facts.note),
    budget: facts.budget,
    flapping: facts.flapping,
    remains: facts.remains,
    takenBy: facts.takenBy === undefined ? undefined : clip(facts.takenBy, 60),
    unreadSince: facts.unreadSince === undefined ? undefined : new Date(facts.unreadSince).toISOString(),
    unanswered: unansweredOf(facts),
    worstStep: worstStep === undefined ? undefined : { ...worstStep, name: short(worstStep.name) },
    // A reminder says instead who did not answer; both would be too much.
    hurts: facts.hurts?.slice(0, 3).map((name) => clip(name, 60)),
    worstDependencies: (facts.unanswered === undefined ? worstDependencies : undefined)?.map((worst) => ({
      ...worst,
      service: clip(worst.service, 60),
      step: clip(worst.step, 60),
    })),
    startedAt: new Date(startedAt).toISOString(),
    at: new Date(at).toISOString(),
    timeZone: facts.timeZone,
    runbook: shortAddress(facts.runbook),
    link: shortAddress(facts.link),
  }
}

function troubleData({ trouble, over, since, at, timeZone, dedupKey }: TroubleFacts): object {
  const times = { since: new Date(since).toISOString(), at: new Date(at).toISOString(), timeZone }
  const { part } = trouble
  if (part === 'receiver')
    return { part, receiver: short(trouble.name), why: short(trouble.why), over, dedupKey, ...times }
  if (part === 'clock') return { part, seconds: trouble.seconds, over, dedupKey, ...times }
  const [from, to] = [trouble.from, trouble.to].map((each) => new Date(each).toISOString())
  return { part, from, to, over, dedupKey, ...times }
}

function shortChange({ at, title, service, url, by, ...change }: Change): object {
  const texts = { title: short(title), service: short(service), by: short(by), url: shortAddress(url) }
  return { ...change, at: new Date(at).toISOString(), ...texts }
}

function changeData({ key, change, journeys, timeZone }: ChangeFacts): object {
  return { key, ...shortChange(change), journeys: journeys.slice(0, 20).map(short), timeZone }
}

function updateData({ incident, due, who, at, timeZone, dedupKey }: UpdateFacts): object {
  const times = { due: new Date(due).toISOString(), at: new Date(at).toISOString(), timeZone }
  return { incident, who: who.map((name) => clip(name, 100)), dedupKey, ...times }
}

function postmortemData({ incident, title, state, due, owner, at, timeZone, dedupKey }: PostmortemFacts): object {
  const texts = { title: short(title), owner: short(owner) }
  return { incident, ...texts, state, due, dedupKey, at: new Date(at).toISOString(), timeZone }
}

/** Nobody but a chat that has threads is told of it by its own route; what one that stands in needs is in the text. */
function incidentData({ incident, drill, at, timeZone, dedupKey }: IncidentFacts | HandoverFacts): object {
  return { incident, drill, dedupKey, at: new Date(at).toISOString(), timeZone }
}

function testData({ receiver, over, by, at, timeZone }: TestFacts): object {
  return { receiver: short(receiver), over, by: short(by), at: new Date(at).toISOString(), timeZone }
}

/** @param listed whether there is room for its lines; the counts are there in any case */
function digestData({ kind: _, items, by, at, dueAt, ...facts }: DigestFacts, listed: boolean): object {
  return {
    ...facts,
    by: short(by),
    at: new Date(at).toISOString(),
    dueAt: dueAt === undefined ? undefined : new Date(dueAt).toISOString(),
    items: listed ? items.map(digestItemData) : undefined,
  }
}

function digestItemData({ journey, startedAt, endedAt, ...item }: DigestItem): object {
  return {
    ...item,
    journey: { name: journey.name, title: { en: clip(journey.title.en, 60), ja: clip(journey.title.ja, 60) } },
    subject: clip(item.subject, 60),
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === undefined ? undefined : new Date(endedAt).toISOString(),
    ackedBy: item.ackedBy === undefined ? undefined : clip(item.ackedBy, 60),
    runbook: shortAddress(item.runbook),
  }
}

/** Who was told may be many. */
function unansweredOf({ unanswered }: AlertFacts): object | undefined {
  if (unanswered === undefined) return undefined
  const { reason, since, told, lateMs, by } = unanswered
  return {
    reason,
    since: new Date(since).toISOString(),
    lateMs,
    by: by === undefined ? undefined : clip(by, 60),
    told: told.slice(0, 10).map((name) => clip(name, 63)),
  }
}

/** A simple rule may be about many services, and what others write may be long. */
function causeOf({ cause }: AlertFacts): object {
  if (cause.kind === 'foreign') {
    return { ...cause, name: short(cause.name), summary: short(cause.summary), url: shortAddress(cause.url) }
  }
  if (cause.kind !== 'simple') return cause
  const { unread, step } = cause
  return { ...cause, step: short(step), unread: unread?.slice(0, 5).map((service) => clip(service, 60)) }
}

function short(text: string | undefined): string | undefined {
  return text === undefined ? undefined : clip(text, 200)
}

function shortAddress(address: string | undefined): string | undefined {
  return Buffer.byteLength(JSON.stringify(address ?? '')) <= 2_000 ? address : undefined
}
