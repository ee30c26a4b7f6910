import { type Counts, OUTCOMES, type Outcome, serviceStepName } from '@tabiji/core/journey'
import type { Dropped } from './dropped.ts'
import type { Rule } from './rule.ts'

/** The journey, and the step of it, from which work came to this service. */
export type Origin = { readonly journey: string; readonly step: string }

/** Which journeys of other services this one works for, each with the own journeys whose steps do it. */
export type Borrowing = Readonly<Record<string, readonly string[]>>

/** Exact counts of the events that were done for journeys of other services: one row of outcomes per declared pair. */
export type Borrowed = {
  readonly pairs: readonly { readonly journey: string; readonly serviceStep: string }[]
  /**
   * Counts an event of an own step beside its own count. A step of the same journey is that journey's own and counts as
   * nothing else; one that no declaration names is dropped, and that is counted.
   */
  record(origin: Origin, rule: Rule, outcome: Outcome): void
  counts(pair: number): Counts
  /** Everything that was counted, whole numbers, in one row that can be sent to another process. */
  readonly row: Float64Array
}

/** @throws Error when a declaration names journeys that the journeys file does not have: while the service starts. */
export function createBorrowed(borrowing: Borrowing, rules: readonly Rule[], dropped: Dropped): Borrowed {
  checkNames(borrowing, rules)
  const pairs: { readonly journey: string; readonly serviceStep: string }[] = []
  /** Per borrowed journey, by the index of the own step: the number of the pair. */
  const places = new Map<string, ReadonlyMap<number, number>>()
  for (const [journey, own] of Object.entries(borrowing)) {
    const workers = rules.filter((rule) => own.includes(rule.journey))
    const numbers = workers.map(
      (rule) => [rule.index, pairs.push({ journey, serviceStep: serviceStepName(rule) }) - 1] as const,
    )
    places.set(journey, new Map(numbers))
  }
  const row = new Float64Array(pairs.length * OUTCOMES.length)
  const at = (pair: number, outcome: number) => row[pair * OUTCOMES.length + outcome] ?? 0
  return {
    pairs,
    record(origin, rule, outcome) {
      if (origin.journey === rule.journey) return
      const pair = places.get(origin.journey)?.get(rule.index)
      if (pair === undefined) {
        const hint = `\`context.borrowed\` does not say that ${rule.journey} works for ${origin.journey}`
        dropped.add('not-borrowed', `An event of ${rule.step} was not counted for ${origin.journey}: ${hint}.`)
        return
      }
      const cell = pair * OUTCOMES.length + OUTCOMES.indexOf(outcome)
      row[cell] = (row[cell] ?? 0) + 1
    },
    counts: (pair) => [at(pair, 0), at(pair, 1), at(pair, 2), at(pair, 3)],
    row,
  }
}

function checkNames(borrowing: Borrowing, rules: readonly Rule[]): void {
  const known = new Set(rules.map(({ journey }) => journey))
  const refuse = (what: string, got: string) => {
    throw new Error(`Expected \`context.borrowed\` to name ${what}, got "${got}". Known: ${[...known].join(', ')}.`)
  }
  for (const [journey, own] of Object.entries(borrowing)) {
    if (!known.has(journey)) refuse('journeys of the journeys file', journey)
    for (const worker of own) {
      if (!known.has(worker)) refuse('journeys of the journeys file', worker)
      if (worker === journey) refuse(`other journeys that work for ${journey}`, worker)
    }
  }
}
