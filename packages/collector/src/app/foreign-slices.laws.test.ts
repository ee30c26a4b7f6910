import { foreignJourneys, readOpenSlo } from '@tabiji/core/openslo'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createJudge, spendingNow } from '../jobs/budget/budgets.ts'
import { createSlices } from '../jobs/budget/slices.ts'
import { createIndicators } from '../jobs/ledger/indicators.ts'
import { createIngest } from '../jobs/ledger/ingest.ts'
import { definitionOf, MINUTE, NOON, openBooks } from '../jobs/testing/books.ts'
import { createEngine } from '../wire/engine.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { startScriptedEngine } from './testing/scripted-engine.ts'

const RUNS = { numRuns: process.env['TABIJI_FULL'] === '1' ? 200 : 12 }
const SLICE = 5
/** Minutes of a history: an engine's past of one turn, and more. */
const LENGTH = 130

const metric = (query: string) => `{ metricSource: { type: Prometheus, spec: { query: ${query} } } }`
const COUNTERS = `{ ratioMetric: { counter: true, bad: ${metric('errors')}, total: ${metric('requests')} } }`
const AGE = `{ thresholdMetric: ${metric('age')} }`

const slo = (name: string, sli: string, method: string, objective: string, onNoData: string) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name}, annotations: { tabiji/slices: '{"onNoData":"${onNoData}"}' } }
spec:
  service: shop
  indicator: { metadata: { name: ${name} }, spec: ${sli} }
  timeWindow: [{ duration: 1d, isRolling: true }]
  budgetingMethod: ${method}
  objectives: [{ target: 0.9, timeSliceWindow: ${SLICE}m${objective} }]
`
const DOCUMENTS = [
  slo('times', COUNTERS, 'Timeslices', ', timeSliceTarget: 0.8', 'bad'),
  slo('mean', COUNTERS, 'RatioTimeslices', '', 'ignore'),
  slo('age-times', AGE, 'Timeslices', ', timeSliceTarget: 0.6, op: lte, value: 10', 'ignore'),
  slo('age-mean', AGE, 'RatioTimeslices', ', op: lte, value: 10', 'hold'),
].join('---\n')

/** A minute of the past: what was counted in it, and whether it was sampled. */
const anyMinute = fc.record({
  sampled: fc.boolean(),
  good: fc.nat(6),
  bad: fc.nat(4),
  age: fc.integer({ min: 0, max: 20 }),
})
type Minute = { sampled: boolean; good: number; bad: number; age: number }

/** Samples come in runs, so that there are slices with all, some and none of them. */
const anyHistory = fc
  .array(
    fc.record({
      length: fc.integer({ min: 1, max: 14 }),
      sampled: fc.boolean(),
      minutes: fc.array(anyMinute, { minLength: 14, maxLength: 14 }),
    }),
    { minLength: 12, maxLength: 30 },
  )
  .map((runs): readonly Minute[] =>
    runs
      .flatMap(({ length, sampled, minutes }) => minutes.slice(0, length).map((minute) => ({ ...minute, sampled })))
      .slice(0, LENGTH),
  )

test('slices of an engine are those of a plain walk over its samples, in what order and however late they are asked for', async () => {
  const server = await startScriptedEngine()
  try {
    await fc.assert(
      fc.asyncProperty(
        anyHistory,
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 1, max: LENGTH }), { maxLength: 4 }),
        async (past, second, stops) => {
          server.state.samples = samplesOf(past, second)
          const told = await judged(server.url, [
            ...stops.filter((stop) => stop < past.length).toSorted((a, b) => a - b),
            past.length,
          ])
          expect(told).toEqual(walked(past))
        },
      ),
      { ...RUNS, endOnFailure: true },
    )
  } finally {
    await server.close()
  }
}, 900_000)

/** By SLO: bad and counted slices in millionths, and how many nobody read; by a real collector over a real store. */
async function judged(url: string, stops: readonly number[]) {
  const read = readOpenSlo(DOCUMENTS, 'slo.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const rules = { timeZone: 'Asia/Tokyo', taken: [], intervalMs: MINUTE }
  const { journeys, questions, problems } = foreignJourneys(read.documents, rules)
  expect(problems).toEqual([])
  const definition = { ...definitionOf(), journeys }
  const books = openBooks(definition)
  const outgoing = createOutgoing()
  try {
    const clock = { now: NOON }
    const now = () => clock.now
    const ingest = createIngest(books.ledger, now, () => {})
    const engine = createEngine({ url, headers: () => ({}), timeoutMs: 30_000 }, outgoing, {
      maxBytes: 1_000_000,
      maxSeries: 100,
    })
    let asked = 0
    const asking = { questions, intervalMs: MINUTE, delayMs: 0 }
    const indicators = createIndicators(asking, engine, books.ledger, ingest, now, ({ result }) => {
      // An hour without a sample is asked about once, and what comes after it next.
      if (result.ok || result.failure === 'no_data') asked++
    })
    const { judge, ledger, ledgerStore } = books
    const judging = createJudge(
      definition,
      ledger,
      judge.revisions,
      judge.exclusions,
      createSlices(ledger, ledgerStore.rows),
    )
    const spendings = () =>
      judging.evaluator.objectives.map((compiled) => {
        const { bad, valid, unread } = spendingNow(judging, compiled, clock.now)
        const unit = compiled.objective.budgeting?.method === 'timeslices' ? 1_000_000 : 1
        return [compiled.objective.step, { bad: bad * unit, valid: valid * unit, unread }] as const
      })
    for (const stop of stops) {
      clock.now = NOON + stop * MINUTE
      // What was missed is asked for piece by piece.
      for (let before = -1; before !== asked; ) {
        before = asked
        await indicators.turn(new AbortController().signal)
      }
      spendings()
    }
    return Object.fromEntries(spendings())
  } finally {
    outgoing.close()
    books.close()
  }
}

/** Nothing is counted while nobody samples: when it happened would not be known, and not be judged. */
function counted(past: readonly Minute[], i: number): { readonly good: number; readonly bad: number } {
  const isSeen = past[i]?.sampled === true && (i === 0 || past[i - 1]?.sampled === true)
  return isSeen ? { good: past[i]?.good ?? 0, bad: past[i]?.bad ?? 0 } : { good: 0, bad: 0 }
}

/** @param second of every minute, at which it is sampled */
function samplesOf(past: readonly Minute[], second: number) {
  const requests: [number, number][] = [[NOON - MINUTE / 2, 100]]
  const errors: [number, number][] = [[NOON - MINUTE / 2, 7]]
  const age: [number, number][] = []
  let [all, failed] = [100, 7]
  past.forEach(({ sampled, age: value }, i) => {
    if (!sampled) return
    const { good, bad } = counted(past, i)
    all += good + bad
    failed += bad
    const at = NOON + i * MINUTE + second * 1000
    requests.push([at, all])
    errors.push([at, failed])
    age.push([NOON + (i + 1) * MINUTE, value])
  })
  return new Map([
    ['requests', requests],
    ['errors', errors],
    ['age', age],
  ])
}

type Slice = { readonly good: number; readonly bad: number; readonly read: boolean }

/** Each slice by its own samples, with fractions of whole numbers. */
function walked(past: readonly Minute[]) {
  const counters = slicesOf(past, (i) => ({
    ...counted(past, i),
    read: past[i]?.sampled === true,
  }))
  const ages = slicesOf(past, (i) => {
    const { sampled = false, age = 0 } = past[i] ?? {}
    return { good: Number(sampled && age <= 10), bad: Number(sampled && age > 10), read: sampled }
  })
  const times =
    (percent: number) =>
    ({ good, bad }: Slice) =>
      good * 100 >= (good + bad) * percent ? 0 : 1_000_000
  const mean = ({ good, bad }: Slice) =>
    good + bad === 0 ? undefined : Number((BigInt(bad) * 1_000_000n) / BigInt(good + bad))
  return {
    times: summed(counters, times(80), () => 1_000_000),
    mean: summed(counters, mean, () => undefined),
    'age-times': summed(ages, times(60), () => undefined),
    'age-mean': summed(ages, mean, (before) => before),
  }
}

function slicesOf(past: readonly Minute[], minuteOf: (i: number) => Slice): readonly Slice[] {
  return Array.from({ length: Math.floor(past.length / SLICE) }, (_, n) =>
    Array.from({ length: SLICE }, (_, i) => minuteOf(n * SLICE + i)).reduce((a, b) => ({
      good: a.good + b.good,
      bad: a.bad + b.bad,
      read: a.read || b.read,
    })),
  )
}

function summed(
  slices: readonly Slice[],
  own: (slice: Slice) => number | undefined,
  unread: (before: number | undefined) => number | undefined,
) {
  const sums = { bad: 0, valid: 0, unread: 0 }
  const first = slices.findIndex(({ read }) => read)
  let before: number | undefined
  for (const slice of first === -1 ? [] : slices.slice(first)) {
    const value = slice.read ? own(slice) : unread(before)
    before = value
    if (!slice.read) sums.unread++
    if (value === undefined) continue
    sums.bad += value
    sums.valid += 1_000_000
  }
  return sums
}
