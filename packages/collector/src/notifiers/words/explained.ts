import type { Change } from '@tabiji/core/alert'

/** What explains an alert, in one language. Slots are written figures, names and times. */
export type ExplainedWords = {
  readonly fields: {
    readonly felt: string
    readonly changed: string
    readonly change: string
    readonly firstStep: string
  }
  /** Between two of a list whose items have commas. */
  readonly between: string
  /** One step: nought is left out. */
  readonly felt: (step: string, failed: string | undefined, slow: string | undefined, valid: string) => string
  /** What is left of a budget, and when it will be empty. */
  readonly outlook: {
    readonly spent: string
    readonly never: string
    readonly lasts: string
    readonly empty: (span: string, stamp: string) => string
  }
  /** @param what what people called it, where they did */
  readonly change: (
    kind: Change['kind'],
    phase: Change['phase'],
    time: string,
    what: string | undefined,
    by: string | undefined,
    url: string | undefined,
  ) => string
  /** @param few there is so little traffic that the next events may change it */
  readonly sureness: (
    few: boolean,
    window: { readonly bad: string; readonly valid: string },
    atLeast: string,
    confidence: string,
    ringsAbove: string,
    ringsFrom: string,
  ) => string
}
