import type { UpdateFacts } from '@tabiji/core/alert'
import { clip } from './clip.ts'
import type { Message } from './message.ts'
import type { Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { figuresIn, stampIn } from './words/figures.ts'
import { CUSTOMER_EN, CUSTOMER_JA } from './words/update-words.ts'

/** Reminds who leads, or tells others, that the next word is due, with a draft of it in both languages. */
export function updateMessage(facts: UpdateFacts, language: Language): Message {
  const { update: words, separator, asOf } = catalogueOf(language)
  const { incident, title, who, due, last, at, timeZone } = facts
  const said =
    last === undefined ? words.never : [stampIn(last.at, timeZone), last.by, last.text].filter(Boolean).join(separator)
  return {
    title: words.title(incident, title),
    lead: words.lead(who.length === 0 ? undefined : who.join(words.and), stampIn(due, timeZone)),
    fields: [{ label: words.last, value: said }],
    notes: [
      words.first(incident),
      `${words.draft} (en): ${customerDraft(facts, 'en')}`,
      `${words.draft} (ja): ${customerDraft(facts, 'ja')}`,
    ],
    links: [],
    footer: asOf(stampIn(at, timeZone)),
  }
}

/** Longer lists are read by nobody, and a chat would cut them. */
const MOST_NAMED = 3
const LONGEST_TITLE = 60

/** What customers may be told: what does not work, since when, how many of their requests failed; nothing of why. */
function customerDraft({ since, hurt, isMitigated, timeZone }: UpdateFacts, language: Language): string {
  const words = language === 'en' ? CUSTOMER_EN : CUSTOMER_JA
  const { share, count } = figuresIn(language)
  const named = hurt.slice(0, MOST_NAMED).map(({ title, bad = 0, valid = 0 }) => {
    const name = clip(title[language], LONGEST_TITLE)
    return bad === 0 ? words.journey(name) : words.counted(name, share(bad, valid), count(bad), count(valid))
  })
  const more = hurt.length - named.length
  const told = [...named, ...(more > 0 ? [words.more(count(more))] : [])].join(words.and)
  const sentences = [
    ...(told === '' ? [] : [words.failing(told, stampIn(since, timeZone))]),
    isMitigated ? words.mitigated : words.working,
    words.sorry,
  ]
  return sentences.join(language === 'en' ? ' ' : '')
}
