import { type Counts, OUTCOMES, type Outcome } from '@tabiji/core/journey'
import type { Rule } from './rule.ts'

/** Counts of events that are exact up to 2^53, kept in typed arrays that recording only adds to. */
export type Cells = {
  /** Upper edges of the duration buckets in milliseconds, ascending; an event on an edge belongs below it. */
  readonly edges: Float64Array
  /**
   * Books one event. Allocates nothing and looks nothing up by name. Excluded events are counted and not timed, so that
   * the duration buckets of a step hold exactly its valid events: good, slow and error.
   */
  record(step: number, outcome: Outcome, elapsedMs: number): void
  counts(step: number): Counts
  durations(step: number): Durations
  /** All events ever booked. */
  total(): number
  /** Everything that the cells hold, in one row that can be sent to another process: counts, buckets, sums. */
  readonly row: Float64Array
  /** How many of the row's numbers, from its start, are whole counts. */
  readonly wholeNumbers: number
}

type Durations = {
  /** Events per edge and, last, beyond all edges. Not cumulative. */
  readonly buckets: Float64Array
  readonly sumMs: number
}

const PLACE: Readonly<Record<Outcome, number>> = {
  good: OUTCOMES.indexOf('good'),
  slow: OUTCOMES.indexOf('slow'),
  error: OUTCOMES.indexOf('error'),
  excluded: OUTCOMES.indexOf('excluded'),
}

/**
 * Every promised time, half of it and twice of it: an edge at the promise itself makes counting against it exact, the
 * other two show how near the times are to it.
 */
export function edgesOf(rules: readonly Rule[]): Float64Array {
  const edges = rules.flatMap(({ withinMs }) => [withinMs / 2, withinMs, withinMs * 2])
  return Float64Array.from([...new Set(edges)].sort((a, b) => a - b))
}

export function createCells(rules: readonly Rule[]): Cells {
  const edges = edgesOf(rules)
  const width = edges.length + 1
  const bucketsAt = rules.length * OUTCOMES.length
  const sumsAt = bucketsAt + rules.length * width
  const row = new Float64Array(sumsAt + rules.length)
  const outcomes = row.subarray(0, bucketsAt)
  const buckets = row.subarray(bucketsAt, sumsAt)
  const sums = row.subarray(sumsAt)
  const countOf = (step: number, outcome: Outcome) => outcomes[step * OUTCOMES.length + PLACE[outcome]] ?? 0
  return {
    edges,
    record(step, outcome, elapsedMs) {
      add(outcomes, step * OUTCOMES.length + PLACE[outcome], 1)
      if (outcome === 'excluded') return
      const ms = durationOf(elapsedMs)
      add(buckets, step * width + bucketOf(edges, ms), 1)
      add(sums, step, ms)
    },
    counts: (step) => [countOf(step, 'good'), countOf(step, 'slow'), countOf(step, 'error'), countOf(step, 'excluded')],
    durations: (step) => ({ buckets: buckets.slice(step * width, (step + 1) * width), sumMs: sums[step] ?? 0 }),
    total: () => outcomes.reduce((sum, count) => sum + count, 0),
    row,
    wholeNumbers: sumsAt,
  }
}

function add(cells: Float64Array, at: number, amount: number): void {
  cells[at] = (cells[at] ?? 0) + amount
}

/** Durations come from outside through `tally`, too. One that is no number would spoil the sum for ever: it counts as 0. */
export function durationOf(elapsedMs: number): number {
  return elapsedMs > 0 && elapsedMs < Number.MAX_VALUE ? elapsedMs : 0
}

/** Binary search for the first edge that is not below `ms`; the number of edges when there is none. */
export function bucketOf(edges: Float64Array, ms: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((edges[middle] ?? 0) < ms) low = middle + 1
    else high = middle
  }
  return low
}
