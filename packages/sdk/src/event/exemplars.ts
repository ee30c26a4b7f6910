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
  /** What was kept since it was asked last, for a process that shows it in this one's place; `most` of it, the rest later. */
  news(most: number): readonly ExemplarNews[]
  /** Takes over what another process tells, where nothing newer is there; what is no such news is left out. */
  takeOver(news: unknown): void
}

/** An exemplar and its place, in a form that is sent between processes. */
export type ExemplarNews = readonly [place: number, exemplar: Exemplar]

/** With its label names an exemplar may have 128 characters in OpenMetrics; 64 and 32 leave room for any tracer's ids. */
const TRACE_ID = /^[\w-]{1,64}$/
const SPAN_ID = /^[\w-]{1,32}$/

export function createExemplars(rules: readonly Rule[], { edges }: Cells): Exemplars {
  const width = edges.length + 1
  const failedAt = rules.length
  const bucketsAt = 2 * rules.length
  const places: (Exemplar | undefined)[] = Array.from({ length: bucketsAt + rules.length * width }, () => undefined)
  const fresh = new Set<number>()
  const put = (place: number, exemplar: Exemplar) => {
    places[place] = exemplar
    fresh.add(place)
  }
  return {
    keep(step, outcome, ids, given, at) {
      const exemplar = exemplarOf(ids, durationOf(given), at)
      if (exemplar === undefined) return
      put(outcome === 'slow' ? step : failedAt + step, exemplar)
      put(bucketsAt + step * width + bucketOf(edges, exemplar.elapsedMs), exemplar)
    },
    ofOutcome(step, outcome) {
      if (outcome === 'slow') return places[step]
      return outcome === 'error' ? places[failedAt + step] : undefined
    },
    ofBucket: (step, bucket) => places[bucketsAt + step * width + bucket],
    news(most) {
      const told = [...fresh].slice(0, most)
      for (const place of told) fresh.delete(place)
      return told.flatMap((place) => {
        const exemplar = places[place]
        return exemplar === undefined ? [] : [[place, exemplar] as const]
      })
    },
    takeOver(news) {
      for (const [place, exemplar] of Array.isArray(news) ? news.flatMap(newsOf) : []) {
        if (place in places && exemplar.at >= (places[place]?.at ?? 0)) put(place, exemplar)
      }
    },
  }
}

/** The ids come from the service's own function, which may give anything. */
function exemplarOf({ traceId, spanId }: TraceIds, elapsedMs: number, at: number): Exemplar | undefined {
  if (!isText(traceId, TRACE_ID) || !(spanId === undefined || isText(spanId, SPAN_ID))) return undefined
  return { traceId, ...(spanId === undefined ? {} : { spanId }), elapsedMs, at }
}

function isText(id: unknown, form: RegExp): boolean {
  return typeof id === 'string' && form.test(id)
}

/** One piece of news, or nothing where another process tells something else. */
function newsOf(told: unknown): ExemplarNews[] {
  if (!Array.isArray(told) || !Number.isSafeInteger(told[0]) || typeof told[1] !== 'object' || told[1] === null)
    return []
  const { elapsedMs, at, ...ids } = told[1] as Exemplar
  const exemplar = Number.isFinite(at) ? exemplarOf(ids, durationOf(elapsedMs), at) : undefined
  return exemplar === undefined ? [] : [[Number(told[0]), exemplar]]
}
