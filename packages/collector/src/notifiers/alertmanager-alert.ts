import { type AlertFacts, isAboutAlert, type MessageFacts, topicOf } from '@tabiji/core/alert'
import { ALERT, SEVERITY } from '@tabiji/core/ruler'
import type { Notification } from '../ports/notifier.ts'
import { clip } from './clip.ts'
import { plainText } from './message.ts'
import { renderMessage } from './render.ts'

/** One alert as `POST /api/v2/alerts` takes it. The labels are what it is told apart by; times in RFC 3339. */
export type AlertmanagerAlert = {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly startsAt: string
  readonly endsAt: string
  readonly generatorURL?: string
}

/** What a message is made of; what changes from attempt to attempt only changes its sentences. */
type Told = Pick<Notification, 'facts' | 'toDo' | 'insteadOf' | 'late'>

const MAX_LABEL = 500
const MAX_ANNOTATION = 4_000
const MAX_URL = 2_000

/**
 * An alert with the labels that `tabiji rules` gives to the same rule, so that routes, silences and inhibitions of an Alertmanager
 * hold for either. The episode is an annotation: a label would make of each return another alert.
 *
 * @param endsAt when it ended, or until when it is to be believed, milliseconds
 * @param isPlain without sentences, which are what an Alertmanager may refuse
 */
export function alertmanagerAlert(told: Told, endsAt: number, isPlain: boolean): AlertmanagerAlert {
  const { facts, toDo } = told
  const isAlert = isAboutAlert(facts)
  const startsAt = isAlert ? facts.startedAt : facts.at
  const { link } = isAlert ? facts : {}
  return {
    labels: withoutEmpty(isAlert ? alertLabels(facts) : newsLabels(facts), MAX_LABEL),
    annotations: withoutEmpty(
      { ...(!isPlain && sentences(told)), ...(isAlert && places(facts, toDo)) },
      MAX_ANNOTATION,
    ),
    startsAt: new Date(startsAt).toISOString(),
    // A service's clock may have said that it began later than it was seen to end.
    endsAt: new Date(Math.max(startsAt, endsAt)).toISOString(),
    ...(link !== undefined && isAddress(link) && { generatorURL: link }),
  }
}

/** What another system evaluates is not told here ({@link isOfAnother}). */
const NAMES = { burn: ALERT.burn, milestone: ALERT.spent, simple: ALERT.simple, foreign: undefined } as const

/** Told back to where it came from, it would come in again as another alert, and so on without an end. */
export function isOfAnother(facts: MessageFacts): boolean {
  return isAboutAlert(facts) && facts.cause.kind === 'foreign'
}

function alertLabels({
  cause,
  objective,
  journey,
  level,
  rule,
  drill,
  sample,
}: AlertFacts): Record<string, string | undefined> {
  const step = cause.kind === 'simple' ? cause.step : objective?.step
  return {
    alertname: NAMES[cause.kind],
    journey: journey.name,
    objective: objective?.name,
    indicator: objective?.indicator,
    step,
    percent: cause.kind === 'milestone' ? String(cause.percent) : undefined,
    level: String(level),
    severity: SEVERITY[level],
    rule,
    tier: String(journey.tier),
    owner: journey.owner,
    // What is not real must be easy to keep away from people.
    drill,
    sample: sample ? 'true' : undefined,
  }
}

/** What is no alert of a journey rings under a name of its own: `TabijiTest`. */
function newsLabels(facts: Exclude<MessageFacts, AlertFacts>): Record<string, string | undefined> {
  const { kind, level, sample } = facts
  return {
    alertname: `Tabiji${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
    topic: topicOf(facts),
    level: String(level),
    severity: SEVERITY[level],
    sample: sample ? 'true' : undefined,
  }
}

/** In both languages: who reads them is the Alertmanager's business. */
function sentences(told: Told): Record<string, string> {
  const [en, ja] = [renderMessage(told, 'en'), renderMessage(told, 'ja')]
  return { summary: en.title, summary_ja: ja.title, description: plainText(en), description_ja: plainText(ja) }
}

function places({ episode, runbook, note, link }: AlertFacts, toDo: Told['toDo']): Record<string, string | undefined> {
  const address = (text: string | undefined) => (text !== undefined && text.length <= MAX_URL ? text : undefined)
  return {
    episode,
    incident: toDo?.incident,
    note,
    runbook_url: address(runbook),
    alert_url: address(link),
    incident_url: address(toDo?.link),
  }
}

function isAddress(text: string): boolean {
  return text.length <= MAX_URL && /^https?:\/\/\S+$/.test(text) && URL.canParse(text)
}

/** A label without a value is no label. */
function withoutEmpty(values: Readonly<Record<string, string | undefined>>, max: number): Record<string, string> {
  const kept = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, clip(value, max)] as const],
  )
  return Object.fromEntries(kept)
}
