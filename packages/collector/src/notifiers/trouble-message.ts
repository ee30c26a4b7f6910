import type { TroubleFacts } from '@tabiji/core/alert'
import type { Message } from './message.ts'
import type { Catalogue, Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { lastedSpans, stampIn } from './words/figures.ts'

/** What is wrong with who watches; the reason of a failure is said as the receiver's side gave it. */
export function troubleMessage(facts: TroubleFacts, language: Language): Message {
  const words = catalogueOf(language)
  const { trouble: said, fields, asOf } = words
  const { trouble, over, since, at, timeZone } = facts
  const began = { label: fields.since, value: stampIn(since, timeZone), at: since }
  const common = { links: [], footer: asOf(stampIn(at, timeZone)) }
  if (trouble.part === 'absence') {
    const { from, to } = trouble
    const lasted = lengthOf(to - from, words)
    const lead = said.absence.lead(stampIn(from, timeZone), stampIn(to, timeZone))
    return { title: said.absence.title(lasted), lead, fields: [], notes: [], ...common }
  }
  if (trouble.part === 'clock') {
    const jump = lengthOf(Math.abs(trouble.seconds) * 1000, words)
    const title = said.clock.title(jump, trouble.seconds >= 0)
    return { title, lead: said.clock.lead, fields: [], notes: [], ...common }
  }
  const { name, why } = trouble
  if (over) {
    const lead = said.receiver.mended(lengthOf(at - since, words))
    return { title: said.receiver.over(name), lead, fields: [began], notes: [], ...common }
  }
  const reason = { label: said.reason, value: why }
  const lead = said.receiver.lead(name)
  return { title: said.receiver.title(name), lead, fields: [began, reason], notes: [said.receiver.first], ...common }
}

function lengthOf(ms: number, words: Catalogue): string {
  return lastedSpans(ms)
    .map((span) => words.span(...span))
    .join(words.spanSeparator)
}
