import { type Observation, timeBucketEdge } from './observation.ts'

/** Times of the answers below 400, in milliseconds. Each is the upper edge of a bucket: at most a tenth too long. */
export type Percentiles = { readonly p50: number; readonly p95: number; readonly p99: number }

/** All that was seen of one route while one journey was gone through. */
export type Observed = Pick<
  Observation,
  'journey' | 'method' | 'path' | 'isTemplate' | 'step' | 'answered' | 'refused' | 'failed'
> & {
  /** Undefined when no answer was below 400. */
  readonly times: Percentiles | undefined
}

type Sum = {
  readonly first: Observation
  answered: number
  refused: number
  failed: number
  times: Map<number, number>
}

/** Adds up lines of the same journey, route and step, in the order in which they were first seen. */
export function sumObservations(observations: readonly Observation[]): readonly Observed[] {
  const sums = new Map<string, Sum>()
  for (const one of observations) {
    const key = JSON.stringify([one.journey, one.method, one.path, one.step?.journey, one.step?.step])
    const sum = sums.get(key) ?? { first: one, answered: 0, refused: 0, failed: 0, times: new Map<number, number>() }
    sums.set(key, sum)
    sum.answered += one.answered
    sum.refused += one.refused
    sum.failed += one.failed
    for (const [bucket, count] of one.times) sum.times.set(bucket, (sum.times.get(bucket) ?? 0) + count)
  }
  return [...sums.values()].map(({ first, answered, refused, failed, times }) => ({
    ...(first.journey !== undefined && { journey: first.journey }),
    method: first.method,
    path: first.path,
    isTemplate: first.isTemplate,
    ...(first.step !== undefined && { step: first.step }),
    answered,
    refused,
    failed,
    times: percentilesOf(times),
  }))
}

function percentilesOf(times: ReadonlyMap<number, number>): Percentiles | undefined {
  const buckets = [...times].filter(([, count]) => count > 0).sort(([a], [b]) => a - b)
  const total = buckets.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return undefined
  const at = (percent: number) => {
    // The smallest time that at least so many percent of the times do not exceed.
    let left = Math.ceil((total * percent) / 100)
    const bucket = buckets.find(([, count]) => {
      left -= count
      return left <= 0
    })
    return timeBucketEdge(bucket?.[0] ?? 0)
  }
  return { p50: at(50), p95: at(95), p99: at(99) }
}
