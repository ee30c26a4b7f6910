import { describe, expect, test } from 'vitest'
import { foreignJourneys } from './foreign.ts'
import { readOpenSlo } from './openslo.ts'

const metric = (query: string) => `{ metricSource: { type: Prometheus, spec: { query: '${query}' } } }`
const COUNTERS = `{ ratioMetric: { counter: true, bad: ${metric('sum(bad_total)')}, total: ${metric('sum(all_total)')} } }`
const RAW = `{ ratioMetric: { raw: ${metric('up')}, rawType: success } }`
const AGE = `{ thresholdMetric: ${metric('age')} }`
const TIMES = 'targetPercent: 99, timeSliceTarget: 0.95, timeSliceWindow: 5m'
const MEAN = 'targetPercent: 99, timeSliceWindow: 5m'

type Part = { sli?: string; method?: string; objective?: string; annotations?: object; window?: string }

function read({ sli = COUNTERS, method = 'Timeslices', objective = TIMES, annotations = {}, window = '7d' }: Part) {
  const text = `apiVersion: openslo/v1
kind: SLO
metadata: { name: works, annotations: ${JSON.stringify(annotations)} }
spec:
  service: pay
  indicator: { metadata: { name: works }, spec: ${sli} }
  timeWindow: [{ duration: ${window}, isRolling: true }]
  budgetingMethod: ${method}
  objectives: [{ ${objective} }]
`
  const found = readOpenSlo(text, 'slo.yaml')
  if (!found.ok) throw new Error(JSON.stringify(found.problems))
  const { journeys, problems, questions } = foreignJourneys(found.documents, {
    timeZone: 'Asia/Tokyo',
    taken: [],
    intervalMs: 60_000,
  })
  return {
    budgeting: journeys[0]?.objectives[0]?.budgeting,
    ask: questions[0]?.ask,
    told: problems.map(({ severity, message, at }) => `${severity} ${at?.line}:${at?.column} ${message}`),
  }
}

const slices = (part: object) => ({ 'tabiji/slices': JSON.stringify(part) })

describe('slices of an indicator that an engine is asked for', () => {
  test('are those of the document, with what the annotation knows beside it', () => {
    const timeslices = { method: 'timeslices', sliceMs: 300_000, sliceTargetPpm: 950_000 }
    expect(read({})).toMatchObject({ budgeting: { ...timeslices, onNoData: 'ignore' }, told: [] })
    expect(read({ annotations: slices({ onNoData: 'bad' }) }).budgeting).toEqual({ ...timeslices, onNoData: 'bad' })
    expect(read({ method: 'RatioTimeslices', objective: MEAN }).budgeting).toEqual({
      method: 'ratio-timeslices',
      sliceMs: 300_000,
      onNoData: 'ignore',
    })
    const whole = read({ objective: 'target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1m' })
    expect(whole.budgeting).toMatchObject({ sliceMs: 60_000, sliceTargetPpm: 1_000_000 })
    // A threshold's evaluations are events, and their share is the slice's own ratio.
    expect(read({ sli: AGE, objective: `${TIMES}, op: lt, value: 3` }).budgeting).toEqual({
      ...timeslices,
      onNoData: 'ignore',
    })
    expect(read({ method: 'Occurrences', objective: 'target: 0.9' }).budgeting).toBeUndefined()
  })

  test('of a share that is ready are its evaluations, each good where it reaches the target of a slice', () => {
    const objective = 'target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 1m'
    const { ask, told } = read({ sli: RAW, objective })
    expect({ ask, told }).toEqual({
      ask: { kind: 'ratio', side: 'good', query: 'up', targetPpm: 900_000 },
      told: [],
    })
  })

  test.each<[string, Part, string]>([
    [
      'shorter than the interval',
      { annotations: slices({ slice: '30s' }) },
      'its slices of 30s must be whole multiples of the interval in which the engine is asked (1m)',
    ],
    [
      'longer than what rings',
      { objective: 'target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 10m' },
      'its slices of 10m must be at most the shortest window that rings (5m)',
    ],
    [
      'no part of a day',
      {
        objective: 'target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 7m',
        annotations: { 'tabiji/policy': JSON.stringify({ pairs: [] }) },
      },
      'its slices of 7m must be a length of which a day is a whole number',
    ],
    [
      'months',
      { objective: 'target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 1M' },
      'its slices of 1M have no fixed length',
    ],
    [
      'judged too finely',
      { objective: 'target: 0.9, timeSliceTarget: 0.9999999, timeSliceWindow: 1m' },
      'its `timeSliceTarget` has more than 4 decimals as a percentage',
    ],
    [
      'of ready shares, and longer than one evaluation',
      { sli: RAW },
      'its ratio comes without a number of events, so a slice (5m) must be as long as the interval in which the engine is asked (1m)',
    ],
    [
      'means of ready shares',
      { sli: RAW, method: 'RatioTimeslices', objective: MEAN },
      'its ratio comes without a number of events, so there is no mean of the ratios of slices (RatioTimeslices)',
    ],
  ])('that are %s leave the SLO out, with the reason at its place', (_, part, why) => {
    const { budgeting, told } = read(part)
    expect({ budgeting, told }).toEqual({
      budgeting: undefined,
      told: [`warning 3:19 works is not measured: ${why}`],
    })
  })

  test('with a wrong annotation are a mistake, with its place', () => {
    expect(read({ annotations: slices({ onNoData: 'maybe' }) }).told).toEqual([
      expect.stringMatching(/^error 3:\d+ In tabiji\/slices: Expected `onNoData` to be "ignore"/),
    ])
    expect(read({ annotations: { 'tabiji/slices': '[' } }).told).toEqual([
      expect.stringContaining('In tabiji/slices: Expected'),
    ])
  })
})
