import type { ChangeFacts } from '@tabiji/core/alert'
import { changeWords } from './explained-fields.ts'
import type { Message } from './message.ts'
import type { Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { stampIn } from './words/figures.ts'

/** What was changed, in a line; its address is a link beside it. */
export function changeMessage({ change, key, timeZone }: ChangeFacts, language: Language): Message {
  const words = catalogueOf(language)
  const { url, phase, ...rest } = change
  // It is told once and never again: that it still runs would stand there for ever.
  const said = phase === 'failed' ? { ...rest, phase } : rest
  const title = changeWords(said, timeZone, words)
  const links = url === undefined ? [] : [{ label: words.explained.fields.change, url }]
  return { title, lead: key, fields: [], notes: [], links, footer: words.asOf(stampIn(change.at, timeZone)) }
}
