import { type IncidentFacts, isAboutAlert, isBeginning, type MessageFacts } from '@tabiji/core/alert'
import type { Attempt, DeliveryFailure, DeliveryResult, Notification, Notifier } from '../ports/notifier.ts'
import type { PressOutcome, PressPlace } from '../ports/slack-press.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { readSlackAnswer, type SlackAnswer } from '../wire/slack-answer.ts'
import { pressValue, SLACK_ACTION } from '../wire/slack-interaction.ts'
import { readAnswer } from './answers.ts'
import type { NotifierOptions } from './options.ts'
import { renderMessage } from './render.ts'
import { incidentBody } from './slack-incident.ts'
import { blockBody, type Press, plainBody, plainLines } from './slack-layout.ts'
import type { Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'

type SlackBotReceiver = {
  readonly name: string
  readonly token: () => string
  readonly channel: string
  /** Where Slack's methods are, without a slash at the end. */
  readonly url: string
}

/** There are up to three requests, and an attempt is given up after 30 s. */
const TIMEOUT_MS = 8_000
/** A message comes back whole in its answer. */
const MAX_ANSWER_BYTES = 256 * 1024
/** "One message per second per channel", and "short bursts" are tolerated (docs.slack.dev, "Rate limits"). */
const PACE = { everyMs: 1_000, burst: 3 } as const

/** Refusals that are Slack's trouble and not the message's: tried again. Some of it may have happened where Slack says so. */
const PASSING: Readonly<Record<string, { readonly failure: DeliveryFailure; readonly ambiguous: boolean }>> = {
  ratelimited: { failure: 'rate_limited', ambiguous: false },
  rate_limited: { failure: 'rate_limited', ambiguous: false },
  service_unavailable: { failure: 'server_error', ambiguous: false },
  team_added_to_org: { failure: 'server_error', ambiguous: false },
  request_timeout: { failure: 'server_error', ambiguous: false },
  internal_error: { failure: 'server_error', ambiguous: true },
  fatal_error: { failure: 'server_error', ambiguous: true },
}

/** The message that was to be edited is gone, or out of reach: a new one says it. */
const GONE: readonly (string | undefined)[] = [
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'channel_not_found',
  'is_archived',
  'not_in_channel',
]

type Called = { readonly result: DeliveryResult; readonly answer: SlackAnswer }
type Call = (method: string, body: object) => Promise<Called>

/** @param isHeard whether somebody hears of pressed buttons: without that, Slack shows an error for each press */
type SlackBotOptions = NotifierOptions & { readonly isHeard: boolean }

/**
 * Slack by an app's bot. An alert is one message, edited as it changes; each change is also a reply in its thread that the channel
 * sees, because an edit calls nobody.
 */
export function createSlackBotNotifier(
  receiver: SlackBotReceiver,
  outgoing: Outgoing,
  { language, isHeard, timeoutMs = TIMEOUT_MS }: SlackBotOptions,
): Notifier {
  const bot = { receiver, language, isHeard }
  return {
    name: receiver.name,
    pace: PACE,
    deliver: async (notification, attempt, signal) => {
      const call = callTo(receiver, outgoing, timeoutMs, attempt.at, signal)
      const { facts } = notification
      if (facts.kind === 'incident') return tellIncident({ ...notification, facts }, attempt, bot, call)
      const presses = isHeard ? pressesOf(notification, receiver.name, language) : undefined
      const bodyOf = (mayRepeat: boolean) => {
        const message = renderMessage(notification, language, mayRepeat)
        return attempt.degraded ? { ...plainBody(message), blocks: [] } : blockBody(message, presses)
      }
      const { told } = notification
      if (told !== undefined) {
        const reply = replyOf(notification, told.facts, language, attempt.mayRepeat)
        const edited = await edit(told.ref, bodyOf(false), reply, call)
        if (edited !== undefined) return edited
      }
      const place = { channel: receiver.channel, ...(!attempt.degraded && threadIn(notification)) }
      return referred(await call('chat.postMessage', { ...place, ...bodyOf(attempt.mayRepeat) }))
    },
  }
}

/** An incident is one message in the thread of its alert, edited in place; nobody is called by an edit. */
async function tellIncident(
  notification: Notification & { readonly facts: IncidentFacts },
  { degraded, mayRepeat }: Attempt,
  { receiver, language, isHeard }: { readonly receiver: SlackBotReceiver } & Omit<SlackBotOptions, 'timeoutMs'>,
  call: Call,
): Promise<DeliveryResult> {
  const { told, thread } = notification
  const bodyOf = (repeated: boolean) =>
    degraded
      ? { ...plainBody(renderMessage(notification, language, repeated)), blocks: [] }
      : incidentBody(notification, receiver.name, language, { isHeard, mayRepeat: repeated })
  if (told !== undefined) {
    const [channel = '', ts = ''] = told.ref.split(' ')
    const { result, answer } = await call('chat.update', { channel, ts, ...bodyOf(false) })
    if (result.kind === 'delivered') return { ...result, ref: told.ref }
    if (!GONE.includes(answer.error)) return result
  }
  const [channel, ts] = thread?.split(' ') ?? []
  // What a thread refused is said where nothing else is needed.
  const place = degraded || ts === undefined ? { channel: receiver.channel } : { channel, thread_ts: ts }
  return referred(await call('chat.postMessage', { ...place, ...bodyOf(mayRepeat) }))
}

function referred({ result, answer: { channel, ts } }: Called): DeliveryResult {
  if (result.kind !== 'delivered' || channel === undefined || ts === undefined) return result
  return { ...result, ref: `${channel} ${ts}` }
}

/** A reply that the channel sees, where the thread is: who is asked may not follow it. */
function threadIn({ thread }: Notification): object {
  const [channel, ts] = thread?.split(' ') ?? []
  return ts === undefined ? {} : { channel, thread_ts: ts, reply_broadcast: true }
}

/**
 * Edits what was told before and replies to it. The edit comes first: it can be repeated, so an attempt that ends between the two
 * is made again whole.
 *
 * @returns nothing when a new message must say it: the old one cannot be edited, or nobody would see the reply
 */
async function edit(ref: string, body: object, reply: object, call: Call): Promise<DeliveryResult | undefined> {
  const [channel = '', ts = ''] = ref.split(' ')
  const updated = await call('chat.update', { channel, ts, ...body })
  if (updated.result.kind !== 'delivered') return GONE.includes(updated.answer.error) ? undefined : updated.result
  const { result } = await call('chat.postMessage', { channel, thread_ts: ts, reply_broadcast: true, ...reply })
  if (result.kind === 'rejected') return undefined
  return result.kind === 'delivered' ? { ...result, ref } : result
}

/** What is new, and what the edit has taken away. */
function replyOf(notification: Notification, told: MessageFacts, language: Language, mayRepeat: boolean): object {
  const { title, lead, notes } = renderMessage(notification, language, mayRepeat)
  const before = renderMessage({ facts: told }, language)
  const quoted = [before.title, before.lead].flatMap((text) => text.split('\n')).map((line) => `> ${line}`)
  return plainLines([title, lead, ...notes, '', catalogueOf(language).slack.before, ...quoted])
}

/** While it rings somebody can take it. Practice has its incident already. */
function pressesOf({ facts, toDo }: Notification, receiver: string, language: Language): readonly Press[] {
  if (!isAboutAlert(facts) || !isBeginning(facts.kind)) return []
  const { slack } = catalogueOf(language)
  const value = pressValue(receiver, facts.episode)
  const label = toDo === undefined ? slack.openIncident : slack.seeIncident(toDo.incident)
  return [
    { label: slack.acknowledge, action: SLACK_ACTION.acknowledge, value, isPrimary: true },
    ...(facts.drill === undefined ? [{ label, action: SLACK_ACTION.openIncident, value }] : []),
  ]
}

function callTo(
  { token, url }: SlackBotReceiver,
  outgoing: Outgoing,
  timeoutMs: number,
  at: number,
  signal: AbortSignal,
): Call {
  return async (method, body) => {
    const request = {
      url: `${url}/${method}`,
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token()}` },
      body: JSON.stringify(body),
      timeoutMs,
      maxBytes: MAX_ANSWER_BYTES,
    } as const
    const sent = await outgoing.send(request, signal)
    const answer: SlackAnswer = sent.kind === 'answer' ? readSlackAnswer(sent.body) : { ok: false }
    const result = readAnswer(sent, at, {
      accepts: ({ status }) => status === 200 && answer.ok,
      reason: () => answer.error,
    })
    const passing = sent.kind === 'answer' && sent.status === 200 ? PASSING[answer.error ?? ''] : undefined
    if (passing === undefined || result.kind !== 'rejected') return { result, answer }
    return { result: { kind: 'retry', message: result.message, ...passing }, answer }
  }
}

/**
 * Says to who pressed a button what came of it, so that nobody else sees it. By the bot whose message it was: an address that came
 * with the press is not called.
 *
 * @returns why it could not be said; nothing when it was
 */
export type SlackWhisper = (
  place: PressPlace,
  outcome: PressOutcome,
  at: number,
  signal: AbortSignal,
) => Promise<string | undefined>

export function createSlackWhisper(
  receiver: SlackBotReceiver,
  outgoing: Outgoing,
  { language, timeoutMs = TIMEOUT_MS }: NotifierOptions,
): SlackWhisper {
  return async ({ channel, thread, user }, outcome, at, signal) => {
    const call = callTo(receiver, outgoing, timeoutMs, at, signal)
    const place = { channel, user, ...(thread !== undefined && { thread_ts: thread }) }
    const { result } = await call('chat.postEphemeral', { ...place, ...plainLines(answerOf(outcome, language)) })
    return result.kind === 'delivered' ? undefined : result.message
  }
}

function answerOf(outcome: PressOutcome, language: Language): readonly string[] {
  const { slack, incident: words } = catalogueOf(language)
  switch (outcome.kind) {
    case 'taken':
      return [slack.taken(outcome.episode, outcome.by)]
    case 'opened':
    case 'isOpen':
      return [slack[outcome.kind](outcome.episode, outcome.incident)]
    case 'over':
      return [slack.over(outcome.episode)]
    case 'refused':
      return [slack.refused(outcome.episode, outcome.message)]
    case 'hasRole': {
      const { incident, role, by } = outcome
      return [words.hasRole(words.role[role], incident, by), ...words.guide[role](incident)]
    }
    case 'unchanged':
      return [words.unchanged(outcome.incident, outcome.message)]
  }
}
