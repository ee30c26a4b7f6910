import type { AlertFacts, Change } from '@tabiji/core/alert'
import { isoIn } from '@tabiji/core/time'
import type { Field } from './message.ts'
import type { Catalogue } from './words/catalogue.ts'
import { type Figures, lastedSpans, stampIn } from './words/figures.ts'

/** Below this many events in the window a few more would change the picture. */
const FEW = 100
const PPM = 1_000_000

/** What explains an alert: who felt it, what changed just before, what to do first. Only of its beginning. */
export function explainedFields(facts: AlertFacts, words: Catalogue, { count }: Figures): readonly Field[] {
  const { felt = [], changes = [], firstStep, timeZone } = facts
  const { explained } = words
  const some = (n: number) => (n === 0 ? undefined : count(n))
  const met = felt.map(({ step, failed, slow, valid }) => explained.felt(step, some(failed), some(slow), count(valid)))
  const changed = changes.map((change) => changeWords(change, timeZone, words))
  return [
    ...(met.length === 0 ? [] : [{ label: explained.fields.felt, value: met.join(explained.between) }]),
    ...(changed.length === 0
      ? []
      : [{ label: explained.fields.changed, value: changed.join(explained.between).trimEnd() }]),
    ...(firstStep === undefined ? [] : [{ label: explained.fields.firstStep, value: firstStep }]),
  ]
}

/** The title of a deployment has its service in it most of the time. */
export function changeWords(
  { kind, at, title, service, phase, url, by }: Change,
  zone: string,
  words: Catalogue,
): string {
  const named = title === undefined || service === undefined || title.includes(service) ? title : `${service}: ${title}`
  return words.explained.change(kind, phase, isoIn(at, zone).slice(11, 16), named, by, url)
}

/** What is left of a budget, and when it will be empty. */
export function withOutlook(left: string, { outlook, at, timeZone }: AlertFacts, words: Catalogue): string {
  if (outlook === undefined) return left
  const told = words.explained.outlook
  if (outlook.kind !== 'empty') return [left, told[outlook.kind]].join(words.explained.between)
  const span = lastedSpans(outlook.inMs).map((each) => words.span(...each))
  const stamp = stampIn(at + outlook.inMs, timeZone)
  return [left, told.empty(span.join(words.spanSeparator), stamp)].join(words.explained.between)
}

/** How sure it is, in words; what had to be proven where no more than that is known. */
export function proofField({ cause, sureness }: AlertFacts, words: Catalogue, figures: Figures): Field | undefined {
  if (cause.kind !== 'burn' || cause.guard === undefined) return undefined
  const { badEvents, confidencePercent } = cause.guard
  const { count, share } = figures
  const label = words.fields.guard
  if (sureness === undefined) return { label, value: words.guard(count(badEvents), `${confidencePercent} %`) }
  const { bad, valid } = cause.long
  const value = words.explained.sureness(
    valid < FEW,
    { bad: count(bad), valid: count(valid) },
    share(sureness.atLeastPpm, PPM),
    `${sureness.confidencePercent} %`,
    share(sureness.ringsAbovePpm, PPM),
    count(badEvents),
  )
  return { label, value }
}
