import type { AlertFacts, Unanswered } from '@tabiji/core/alert'
import { alertMessage } from './alert-message.ts'
import type { Message } from './message.ts'
import type { Catalogue, Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { lastedSpans } from './words/figures.ts'

/**
 * An alert told again. Whoever hears of it for the first time, because somebody else did not answer, reads what was told when
 * it rang as well.
 */
export function reminderMessage(facts: AlertFacts, unanswered: Unanswered, language: Language): Message {
  const words = catalogueOf(language)
  const { reminder } = words
  const told = alertMessage({ ...facts, kind: 'trigger' }, language)
  const { told: receivers, lateMs } = unanswered
  return {
    ...told,
    title: titleOf(facts, unanswered, words, language),
    lead: `${leadOf(unanswered, words)} ${reminder.when(told.lead)}`,
    fields: [
      ...(receivers.length === 0 ? [] : [{ label: reminder.fields.told, value: receivers.join(words.listSeparator) }]),
      ...told.fields,
    ],
    notes: [
      ...(lateMs === undefined ? [] : [reminder.late(spanOf(lateMs, words))]),
      unanswered.reason === 'ticket' ? reminder.plan : reminder.take(facts.episode),
    ],
  }
}

function titleOf(
  { level, journey }: AlertFacts,
  unanswered: Unanswered,
  { reminder: { title }, ...words }: Catalogue,
  language: Language,
): string {
  const name = journey.title[language]
  if (unanswered.reason === 'ack_expired') return title.ackExpired(level, name, unanswered.by)
  const waited = spanOf(unanswered.at - unanswered.since, words)
  return unanswered.reason === 'ticket' ? title.ticket(level, name, waited) : title.unanswered(level, name, waited)
}

function leadOf(unanswered: Unanswered, { reminder: { lead }, ...words }: Catalogue): string {
  if (unanswered.reason === 'ack_expired') return lead.ackExpired(unanswered.by)
  const waited = spanOf(unanswered.at - unanswered.since, words)
  return unanswered.reason === 'ticket' ? lead.ticket(waited) : lead.unanswered(waited)
}

function spanOf(ms: number, words: Pick<Catalogue, 'span' | 'spanSeparator'>): string {
  return lastedSpans(ms)
    .map((span) => words.span(...span))
    .join(words.spanSeparator)
}
