import type { Outcome } from '@tabiji/core/journey'
import { bucketOf, type Cells, durationOf } from './cells.ts'
import type { Rule } from './rule.ts'
import type { TraceIds } from './trace.ts'

/** An event that stands for others of its kind: the trace that shows what happened in it. */
export type Exemplar = TraceIds & {
  readonly elapsedMs: number
  /** Milliseconds since the Unix epoch. */
  readonly at: number
}

/**
 * The last slow and the last failed event of each step, and the last such event in each duration bucket. There are as
 * many places as the journeys file has steps and edges, so memory is bounded whatever happens.
 */
export type Exemplars = {
  /** Keeps a slow or failed event; ids that could not be printed in an exemplar are ignored. */
  keep(step: number, outcome: 'slow' | 'error', ids: TraceIds, elapsedMs: number, at: number): void
  ofOutcome(step: number, outcome: Outcome): Exemplar | undefined
  ofBucket(step: number, bucket: number): Exemplar | undefined
}

/** With its label names an exemplar may have 128 characters in OpenMetrics; 64 and 32 leave room for any tracer's ids. */
const TRACE_ID = /^[\w-]{1,64}$/
const SPAN_ID = /^[\w-]{1,32}$/

export function createExemplars(rules: readonly Rule[], { edges }: Cells): Exemplars {
  const width = edges.length + 1
  const slow = emptyPlaces(rules.length)
  const failed = emptyPlaces(rules.length)
  const buckets = emptyPlaces(rules.length * width)
  return {
    keep(step, outcome, ids, given, at) {
      const { traceId, spanId } = ids
      if (!isText(traceId, TRACE_ID) || !(spanId === undefined || isText(spanId, SPAN_ID))) return
      const elapsedMs = durationOf(given)
      const exemplar = { traceId, ...(spanId === undefined ? {} : { spanId }), elapsedMs, at }
      const places = outcome === 'slow' ? slow : failed
      places[step] = exemplar
      buckets[step * width + bucketOf(edges, elapsedMs)] = exemplar
    },
    ofOutcome(step, outcome) {
      if (outcome === 'slow') return slow[step]
      return outcome === 'error' ? failed[step] : undefined
    },
    ofBucket: (step, bucket) => buckets[step * width + bucket],
  }
}

/** The ids come from the service's own function, which may give anything. */
function isText(id: unknown, form: RegExp): boolean {
  return typeof id === 'string' && form.test(id)
}

function emptyPlaces(length: number): (Exemplar | undefined)[] {
  return Array.from({ length }, () => undefined)
}
