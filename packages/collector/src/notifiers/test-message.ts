import type { TestFacts } from '@tabiji/core/alert'
import type { Message } from './message.ts'
import type { Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { stampIn } from './words/figures.ts'

/** Says at once that nothing has happened: somebody may be woken by it. */
export function testMessage({ receiver, over, by, weekly, at, timeZone }: TestFacts, language: Language): Message {
  const { test, fields, asOf } = catalogueOf(language)
  const asked = weekly === true ? test.weekly : by
  return {
    title: over ? test.over(receiver) : test.title(receiver),
    lead: test.lead,
    fields: asked === undefined ? [] : [{ label: fields.askedBy, value: asked }],
    notes: [],
    links: [],
    footer: asOf(stampIn(at, timeZone)),
  }
}
