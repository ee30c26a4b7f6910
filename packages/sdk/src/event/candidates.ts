import { type Counts, OUTCOMES, type Outcome } from '@tabiji/core/journey'
import { decide, type Ending } from './decide.ts'
import type { Rule } from './rule.ts'

/**
 * Exact counts of what the outcomes would be if candidate times were promised: one row of outcomes per step that states
 * one. They stand beside the step's own counts and touch none of them.
 */
export type Candidates = {
  readonly steps: readonly { readonly journey: string; readonly step: string; readonly withinMs: number }[]
  /** Judges an event anew by its step's candidate, if that has one. */
  judge(rule: Rule, ending: Ending): void
  /** The same of an event that the service measured itself: what time decides is decided anew. */
  judgeTally(rule: Rule, outcome: Outcome, elapsedMs: number): void
  counts(place: number): Counts
  /** Everything that was counted, whole numbers, in one row that can be sent to another process. */
  readonly row: Float64Array
}

export function createCandidates(rules: readonly Rule[]): Candidates {
  const stated = rules.flatMap((rule) =>
    rule.candidateMs === undefined ? [] : [{ ...rule, withinMs: rule.candidateMs }],
  )
  /** By the index of the step: its place among those that state a candidate. */
  const places = new Map(stated.map(({ index }, place) => [index, place]))
  const row = new Float64Array(stated.length * OUTCOMES.length)
  const at = (place: number, outcome: number) => row[place * OUTCOMES.length + outcome] ?? 0
  const count = (place: number, outcome: Outcome) => {
    const cell = place * OUTCOMES.length + OUTCOMES.indexOf(outcome)
    row[cell] = (row[cell] ?? 0) + 1
  }
  return {
    steps: stated,
    judge(rule, ending) {
      const place = rule.candidateMs === undefined ? undefined : places.get(rule.index)
      const candidate = place === undefined ? undefined : stated[place]
      if (place !== undefined && candidate !== undefined) count(place, decide(candidate, ending))
    },
    judgeTally(rule, outcome, elapsedMs) {
      const place = rule.candidateMs === undefined ? undefined : places.get(rule.index)
      if (place === undefined || rule.candidateMs === undefined) return
      const isTimed = outcome === 'good' || outcome === 'slow'
      count(place, isTimed ? (elapsedMs > rule.candidateMs ? 'slow' : 'good') : outcome)
    },
    counts: (place) => [at(place, 0), at(place, 1), at(place, 2), at(place, 3)],
    row,
  }
}
