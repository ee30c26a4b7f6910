import { isAboutAlert, type MessageFacts } from '@tabiji/core/alert'
import type { Notification, Notifier } from '../ports/notifier.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { readSlackAnswer } from '../wire/slack-answer.ts'
import { readAnswer } from './answers.ts'
import { clip } from './clip.ts'
import { plainText } from './message.ts'
import type { NotifierOptions } from './options.ts'
import { renderMessage } from './render.ts'
import type { Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { figuresIn, stampIn } from './words/figures.ts'

type SlackWorkflowReceiver = { readonly name: string; readonly url: () => string }

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 16_000
/** A workflow posts to channels, where one message per second is allowed; Slack documents no pace of the trigger itself. */
const PACE = { everyMs: 1_000, burst: 3 } as const

/**
 * Code points of each text. Slack documents no limit of a variable; a step that sends a message with all of them must stay below
 * the 4,000 characters that it advises for a text.
 */
const LIMIT = { title: 150, name: 100, lead: 900, line: 200, url: 1_200, text: 1_500 } as const

/**
 * Workflow Builder's trigger "from a webhook". It takes a flat object of texts, each declared in the workflow under its key, so
 * every message has all keys; what it has nothing to say about is empty.
 */
export function createSlackWorkflowNotifier(
  receiver: SlackWorkflowReceiver,
  outgoing: Outgoing,
  { language, timeoutMs = TIMEOUT_MS }: NotifierOptions,
): Notifier {
  return {
    name: receiver.name,
    pace: PACE,
    deliver: async (notification, attempt, signal) => {
      const variables = variablesOf(notification, language, attempt.mayRepeat)
      const request = {
        url: receiver.url(),
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        // A workflow that declares too little may still know the one that says everything.
        body: JSON.stringify(attempt.degraded ? { text: variables.text } : variables),
        timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
      } as const
      return readAnswer(await outgoing.send(request, signal), attempt.at, {
        accepts: ({ status, body }) => status === 200 && readSlackAnswer(body).ok,
        reason: ({ body }) => readSlackAnswer(body).error,
      })
    },
  }
}

/** The keys that a workflow declares; `docs/guides/receivers.md` lists them. */
function variablesOf(notification: Notification, language: Language, mayRepeat: boolean) {
  const { facts } = notification
  const message = renderMessage(notification, language, mayRepeat)
  const said = isAboutAlert(facts) ? facts : undefined
  const since = facts.kind === 'trouble' ? facts.since : (said?.startedAt ?? facts.at)
  const { left } = figuresIn(language)
  return {
    event: facts.kind,
    alert: said?.episode ?? '',
    level: String(facts.level),
    title: clip(message.title, LIMIT.title),
    journey: clip(said?.journey.name ?? '', LIMIT.name),
    journey_en: clip(said?.journey.title.en ?? '', LIMIT.name),
    journey_ja: clip(said?.journey.title.ja ?? '', LIMIT.name),
    lead: clip(message.lead, LIMIT.lead),
    since: stampIn(since, facts.timeZone),
    budget_left: said?.budget === undefined ? '' : left(said.budget.leftPpm),
    runbook: fitting(said?.runbook),
    link: fitting(said?.link),
    drill: clip(practiceOf(facts, language), LIMIT.line),
    text: clip(plainText(message), LIMIT.text),
  }
}

/** What the message says first of what is not real; a workflow may ask whether it is empty. */
function practiceOf(facts: MessageFacts, language: Language): string {
  const words = catalogueOf(language)
  const drill = isAboutAlert(facts) ? facts.drill : undefined
  if (drill !== undefined) return words.drill(drill)
  return facts.sample ? words.sample : ''
}

/** Half an address leads nowhere. */
function fitting(url = ''): string {
  return url.length <= LIMIT.url ? url : ''
}
