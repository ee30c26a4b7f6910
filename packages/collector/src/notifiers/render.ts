import { isAboutAlert, type MessageFacts } from '@tabiji/core/alert'
import type { Notification } from '../ports/notifier.ts'
import { alertMessage } from './alert-message.ts'
import { changeMessage } from './change-message.ts'
import { digestMessage } from './digest-message.ts'
import { groupMessage } from './group-message.ts'
import { handoverMessage, incidentMessage } from './incident-message.ts'
import type { Message } from './message.ts'
import { postmortemMessage } from './postmortem-message.ts'
import { reminderMessage } from './reminder-message.ts'
import { testMessage } from './test-message.ts'
import { troubleMessage } from './trouble-message.ts'
import { updateMessage } from './update-message.ts'
import type { Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { stampIn } from './words/figures.ts'

/**
 * Puts facts into words.
 *
 * @param mayRepeat an earlier attempt may have arrived, and the receiver cannot tell
 */
export function renderMessage(
  { facts, insteadOf, late, others = [], toDo }: Pick<Notification, 'facts' | 'insteadOf' | 'late' | 'others' | 'toDo'>,
  language: Language,
  mayRepeat = false,
): Message {
  const words = catalogueOf(language)
  const isGroup = others.length > 0 && isAboutAlert(facts)
  const message = isGroup ? groupMessage([facts, ...others], language) : messageOf(facts, language)
  const drill = 'drill' in facts ? facts.drill : undefined
  const marks = [...(drill === undefined ? [] : [words.drill(drill)]), ...(facts.sample ? [words.sample] : [])]
  return {
    ...message,
    title: [...marks, message.title].join(words.separator),
    links: [...message.links, ...(toDo?.link === undefined ? [] : [{ label: words.links.incident, url: toDo.link }])],
    notes: [
      ...(drill === undefined ? [] : [words.drillNote]),
      ...(mayRepeat ? [words.mayRepeat] : []),
      ...(insteadOf === undefined ? [] : [words.insteadOf(insteadOf)]),
      ...(late === undefined ? [] : [words.late(stampIn(late.due, facts.timeZone), late.why)]),
      ...(toDo === undefined
        ? []
        : [
            words.toDo(
              toDo.incident,
              toDo.items.map((item) => item[language]),
            ),
          ]),
      ...message.notes,
    ],
  }
}

function messageOf(facts: MessageFacts, language: Language): Message {
  if (facts.kind === 'digest') return digestMessage(facts, language)
  if (facts.kind === 'trouble') return troubleMessage(facts, language)
  if (facts.kind === 'change') return changeMessage(facts, language)
  if (facts.kind === 'update') return updateMessage(facts, language)
  if (facts.kind === 'postmortem') return postmortemMessage(facts, language)
  if (facts.kind === 'incident') return incidentMessage(facts, language)
  if (facts.kind === 'handover') return handoverMessage(facts, language)
  if (!isAboutAlert(facts)) return testMessage(facts, language)
  const { unanswered } = facts
  return unanswered === undefined ? alertMessage(facts, language) : reminderMessage(facts, unanswered, language)
}
