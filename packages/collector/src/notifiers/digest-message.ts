import type { DigestFacts, DigestItem } from '@tabiji/core/alert'
import type { Field, Message } from './message.ts'
import type { Catalogue, Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { type Figures, figuresIn, lastedSpans, stampIn } from './words/figures.ts'

/** A field for each alert; what is not listed is counted. */
export function digestMessage(facts: DigestFacts, language: Language): Message {
  const words = catalogueOf(language)
  const figures = figuresIn(language)
  const { digest } = words
  const { period, team, day, open, paged, over, items, dueAt, early, by, level, at, timeZone } = facts
  const { count } = figures
  const more = open + over - items.length
  return {
    title: digest.title(period, team, day, count(open)),
    lead: digest.lead(period, count(open), count(paged), count(over)),
    fields: items.map((item) => fieldOf(item, timeZone, words, figures, language)),
    notes: [
      ...(more > 0 ? [digest.more(count(more))] : []),
      ...(dueAt === undefined ? [] : [digest.late(stampIn(dueAt, timeZone))]),
      ...(early === true ? [digest.early(by)] : []),
      ...(level === 2 && open > 0 ? [digest.first] : []),
    ],
    links: [],
    footer: words.asOf(stampIn(at, timeZone)),
  }
}

function fieldOf(item: DigestItem, timeZone: string, words: Catalogue, figures: Figures, language: Language): Field {
  const { digest } = words
  const { state, startedAt, endedAt = startedAt, burnMilli, leftPpm, page, ackedBy, runbook } = item
  // The zone stands in the footer; in every line it would be noise.
  const began = stampIn(startedAt, timeZone).slice(0, 16)
  const lasted = lastedSpans(endedAt - startedAt)
    .map((span) => words.span(...span))
    .join(words.spanSeparator)
  const standing = {
    open: digest.since(began),
    recovered: digest.recovered(began, lasted),
    withdrawn: digest.withdrawn(began),
  }
  const parts = [
    ...(page === undefined ? [] : [digest.page(page)]),
    ...(burnMilli === undefined ? [] : [digest.burning(figures.tenths(burnMilli))]),
    ...(leftPpm === undefined ? [] : [digest.left(figures.left(leftPpm))]),
    standing[state],
    ...(ackedBy === undefined ? [] : [digest.taken(ackedBy)]),
    ...(runbook === undefined ? [] : [digest.runbook(runbook)]),
  ]
  const label = [item.episode, item.journey.title[language], item.subject].join(words.separator)
  return { label: state === 'open' ? label : `✔ ${label}`, value: parts.join(words.listSeparator) }
}
