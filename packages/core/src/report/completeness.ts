import type { MonthFacts } from './month-facts.ts'

/** A part of a whole as two counts; see `Share` of fixes. */
type Part = { readonly numerator: number; readonly denominator: number }

/** How much of the time that should have been read was read, over all journeys: slots read ÷ slots expected. */
export function completenessOf({ journeys }: Pick<MonthFacts, 'journeys'>): Part {
  return {
    numerator: journeys.reduce((sum, { coverage }) => sum + coverage.readSlots, 0),
    denominator: journeys.reduce((sum, { coverage }) => sum + coverage.expectedSlots, 0),
  }
}
