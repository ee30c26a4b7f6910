import type { Share } from '@tabiji/core/fix'
import type { MonthFacts, ReportIssue } from '@tabiji/core/report'
import type { Catalogue } from '../words/catalogue.ts'
import type { Figures } from '../words/figures.ts'

/** What every section of a report is written from. */
export type Context = {
  readonly facts: MonthFacts
  readonly words: Catalogue
  readonly figures: Figures
  /** Whether owners and approvers are called by name. */
  readonly withPeople: boolean
  /** The stamp of a report that was issued; absent: nobody has frozen these figures. */
  readonly issue?: ReportIssue
  /** Whether its figures may still change, or nobody has said that they will not. */
  readonly draft: boolean
  /** The version that renders, where that is to be said. */
  readonly version?: string
}

/** Below this many a percentage says more than is known, so the fraction stands alone. */
const FEWEST_FOR_PERCENT = 3

/** The share in percent when there are enough to speak of percent. */
export function percentOf({ figures }: Context, { numerator, denominator }: Share): string | undefined {
  return denominator < FEWEST_FOR_PERCENT ? undefined : figures.percent(numerator, denominator, 0)
}

/** `8 of 10`. */
export function fractionOf({ figures, words }: Context, { numerator, denominator }: Share): string {
  return words.of(figures.count(numerator), figures.count(denominator))
}

/** `71 % (5 of 7)`, or `1 of 2` where a percentage would say too much. */
export function shareOf(context: Context, share: Share): string {
  const percent = percentOf(context, share)
  const fraction = fractionOf(context, share)
  return percent === undefined ? fraction : context.words.also(percent, fraction)
}

/** The title of a journey in the report's language; its name when it is not, or no longer, in the file. */
export function titleOf({ facts, words }: Context, name: string): string {
  return facts.journeys.find((journey) => journey.name === name)?.title[words.language] ?? name
}
