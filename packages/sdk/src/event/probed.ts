import { type Counts, OUTCOMES, type Outcome } from '@tabiji/core/journey'
import type { Rule } from './rule.ts'

/** Exact counts of the events that probes caused, apart from all others. */
export type Probed = {
  readonly rules: readonly Rule[]
  record(rule: Rule, outcome: Outcome): void
  counts(rule: Rule): Counts
  /** Everything that was counted, whole numbers, in one row that can be sent to another process. */
  readonly row: Float64Array
}

/** @param rules the steps; none where the service believes no probe */
export function createProbed(rules: readonly Rule[]): Probed {
  const row = new Float64Array(rules.length * OUTCOMES.length)
  const at = ({ index }: Rule, outcome: number) => row[index * OUTCOMES.length + outcome] ?? 0
  return {
    rules,
    record(rule, outcome) {
      const cell = rule.index * OUTCOMES.length + OUTCOMES.indexOf(outcome)
      row[cell] = (row[cell] ?? 0) + 1
    },
    counts: (rule) => [at(rule, 0), at(rule, 1), at(rule, 2), at(rule, 3)],
    row,
  }
}
