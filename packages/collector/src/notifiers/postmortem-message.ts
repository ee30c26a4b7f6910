import type { PostmortemFacts } from '@tabiji/core/alert'
import type { Message } from './message.ts'
import type { Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { stampIn } from './words/figures.ts'

/** Reminds of a postmortem that is overdue: a word to the team, no blame of whoever has it. */
export function postmortemMessage(facts: PostmortemFacts, language: Language): Message {
  const { postmortem: words, asOf } = catalogueOf(language)
  const { incident, title, owner, due, state, at, timeZone } = facts
  return {
    title: words.title(incident, title),
    lead: words.lead(owner, due),
    fields: [{ label: words.state, value: words.states[state] }],
    notes: [words.next(incident)],
    links: [],
    footer: asOf(stampIn(at, timeZone)),
  }
}
