import type { OPERATORS } from './openslo-alert.ts'

/** Which side of the total a query gives. */
export type Side = 'good' | 'bad'
export type Operator = (typeof OPERATORS)[number]

/** What an engine is asked so that an objective can be judged. */
export type Ask =
  /** Counters, read as raw samples: exact. */
  | { readonly kind: 'counters'; readonly side: Side; readonly part: string; readonly total: string }
  /** Expressions that grow like counters, evaluated at two edges of an interval. */
  | { readonly kind: 'growth'; readonly side: Side; readonly part: string; readonly total: string }
  /** Expressions whose value is the count of the interval that ends. */
  | { readonly kind: 'amounts'; readonly side: Side; readonly part: string; readonly total: string }
  /** A share of 0 to 1, evaluated at the edge of an interval: an event that is good where the target is reached. */
  | { readonly kind: 'ratio'; readonly side: Side; readonly query: string; readonly targetPpm: number }
  /** Values, evaluated at the edge of an interval: each is an event that is good where it compares. */
  | { readonly kind: 'values'; readonly query: string; readonly op: Operator; readonly value: number }

/** A question, and the account that its answers are booked to. */
export type Question = { readonly journey: string; readonly step: string; readonly ask: Ask }

/** Whether what comes of it is an estimate: everything that an engine evaluates. */
export function isEstimate({ kind }: Ask): boolean {
  return kind !== 'counters'
}

/** How it is measured, in one English sentence without a full stop. */
export function askSentence(ask: Ask): string {
  switch (ask.kind) {
    case 'counters':
      return 'exact: counted from raw samples of its counters'
    case 'growth':
      return 'estimate: what two expressions grow by from interval to interval, rounded down'
    case 'amounts':
      return 'estimate: two expressions give the counts of each interval, rounded down'
    case 'ratio':
      return 'estimate: each evaluation is one event, good where the share reaches the target'
    case 'values':
      return `estimate: each value of an evaluation is one event, good where it is ${ask.op} ${ask.value}`
  }
}
