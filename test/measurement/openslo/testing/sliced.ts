/** Slices that OpenSLO cannot say: it has no seconds, and a test no minutes. */
export const SLICE_MS = 15_000
const SLICE_TARGET = 0.8

const metric = (query: string) => `{ metricSource: { type: Prometheus, spec: { query: '${query}' } } }`
const RATIO = `{ ratioMetric: { counter: true, bad: ${metric('requests_total{code=~"5.."}')}, total: ${metric('sum(requests_total)')} } }`
const READY = `{ ratioMetric: { raw: ${metric('checkout_up')}, rawType: success } }`
const ANNOTATIONS = {
  'tabiji/slices': JSON.stringify({ slice: `${SLICE_MS / 1000}s` }),
  'tabiji/policy': JSON.stringify({
    pairs: [{ level: 1, long: '1m', short: '15s', factor: 2 }],
    milestones: [],
    guard: { badEvents: 1, confidence: 80 },
  }),
}

const slo = (name: string, sli: string, method: string, objective: string) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name}, labels: { team: pay-team }, annotations: ${JSON.stringify(ANNOTATIONS)} }
spec:
  service: payments
  indicator: { metadata: { name: ${name} }, spec: ${sli} }
  timeWindow: [{ duration: 1d, isRolling: true }]
  budgetingMethod: ${method}
  objectives: [{ target: 0.9, timeSliceWindow: 1m${objective} }]
`

/** What works and what is fast, as one SLO with an indicator for each. */
const COMPOSITE = `apiVersion: openslo/v1
kind: SLO
metadata: { name: whole, labels: { team: pay-team }, annotations: { tabiji/policy: '{"pairs":[]}' } }
spec:
  service: payments
  timeWindow: [{ duration: 1d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives:
    - { target: 0.5, indicator: { metadata: { name: fast }, spec: { ratioMetric: { counter: true, good: ${metric('requests_seconds_bucket{le="0.3"}')}, total: ${metric('requests_seconds_count')} } } } }
    - { target: 0.99, compositeWeight: 2, indicator: { metadata: { name: works }, spec: ${RATIO} } }
`

export const SLICED = [
  slo('times', RATIO, 'Timeslices', `, timeSliceTarget: ${SLICE_TARGET}`),
  slo('mean', RATIO, 'RatioTimeslices', ''),
  slo('ready', READY, 'Timeslices', ', timeSliceTarget: 0.9'),
  COMPOSITE,
].join('---\n')

type Series = { readonly metric: Record<string, string>; readonly values: readonly (readonly [number, string])[] }

/**
 * The last slices that are over at a time, each by the raw samples that Prometheus has of it: a slice without a sample is none.
 *
 * @param count how many of them
 */
export async function truthOfSlices(url: string, at: number, count: number) {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent('requests_total[1h]')}`)
  const { data } = (await answer.json()) as { readonly data: { readonly result: readonly Series[] } }
  const slices = new Map<number, { good: number; bad: number }>()
  for (const { metric: labels, values } of data.result) {
    // A series of errors is born by its first one.
    let last = labels['code'] === '500' ? 0 : Number(values[0]?.[1])
    for (const [seconds, value] of values) {
      // A sample at the edge of two slices tells of the first one.
      const start = Math.floor((Math.round(seconds * 1000) - 1) / SLICE_MS) * SLICE_MS
      const slice = slices.get(start) ?? { good: 0, bad: 0 }
      slice[labels['code'] === '500' ? 'bad' : 'good'] += Number(value) - last
      last = Number(value)
      slices.set(start, slice)
    }
  }
  const over = [...slices].filter(([start]) => start + SLICE_MS <= at).toSorted(([a], [b]) => a - b)
  const judged = count === 0 ? [] : over.slice(-count).map(([, slice]) => slice)
  const busy = judged.filter(({ good, bad }) => good + bad > 0)
  return {
    times: { bad: busy.filter(({ good, bad }) => good < SLICE_TARGET * (good + bad)).length, valid: judged.length },
    // Read without an event: no ratio, and no part of the mean.
    mean: {
      bad: busy.reduce((sum, { good, bad }) => sum + Math.floor((bad * 1_000_000) / (good + bad)), 0),
      valid: busy.length * 1_000_000,
    },
  }
}
