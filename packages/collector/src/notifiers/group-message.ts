import type { AlertFacts } from '@tabiji/core/alert'
import { alertMessage } from './alert-message.ts'
import type { Message } from './message.ts'
import type { Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { figuresIn, stampIn } from './words/figures.ts'

/** As many as a chat shows as lines of their own. */
const MOST_LINES = 14

/** Several notices in one message, a line for each; what is not listed is counted. @param told at least two, oldest first */
export function groupMessage(told: readonly AlertFacts[], language: Language): Message {
  const words = catalogueOf(language)
  const { count } = figuresIn(language)
  const journeys = new Map(told.map(({ journey }) => [journey.name, journey.title[language]]))
  const [only] = journeys.values()
  const shown = told.slice(0, MOST_LINES)
  const { at, timeZone } = told.reduce((a, b) => (b.at > a.at ? b : a))
  return {
    title:
      journeys.size === 1
        ? words.group.ofJourney(only ?? '', count(told.length))
        : words.group.ofMany(count(told.length), count(journeys.size)),
    lead: words.group.lead,
    fields: shown.map((facts) => {
      const { lead } = alertMessage(facts, language)
      return { label: [facts.episode, facts.journey.title[language]].join(words.separator), value: lead }
    }),
    notes: told.length > shown.length ? [words.digest.more(count(told.length - shown.length))] : [],
    links: [],
    footer: words.asOf(stampIn(at, timeZone)),
  }
}
