import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, type MetricProducer, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { OUTCOMES } from '@tabiji/core/journey'
import { createRecorder, defineJourneys, type JobScope } from '@tabiji/sdk'
import { journeyProducer, journeyResource, observeJourneys } from '@tabiji/sdk/otel'
import fc from 'fast-check'
import { Registry, type RegistryContentType } from 'prom-client'
import { afterEach, describe, expect, test } from 'vitest'
import { movedTime } from '../../packages/sdk/src/testing/time.ts'
import { startReceiver } from './testing/otlp.ts'
import { type Series, seriesOfPush, seriesOfText } from './testing/series.ts'

const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    scan: {
      steps: {
        start: { http: 'POST /scans', within: '300ms' },
        upload: { http: 'PUT /scans/:id', within: '333ms' },
        process: { job: true, within: '20s' },
      },
    },
    visit: { steps: { arrive: { job: true, within: '1s' } } },
  },
})
const KEY = 'a key of at least thirty-two characters'
/** Scans are also done for visits. */
const context = {
  borrowed: { visit: ['scan'] },
  trust: { incoming: { signed: KEY }, outgoing: { to: [], signed: KEY } },
}
const FORMATS = [Registry.PROMETHEUS_CONTENT_TYPE, Registry.OPENMETRICS_CONTENT_TYPE] as const

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** One recorder that prom-client prints and that OpenTelemetry pushes to a receiver. */
async function openBothWorlds(format: RegistryContentType) {
  const receiver = await startReceiver()
  const registry = new Registry<RegistryContentType>()
  registry.setContentType(format)
  const time = movedTime()
  const recorder = createRecorder(journeys, { registry, service: 'scanner', time, context })
  const producer: MetricProducer = journeyProducer(recorder)
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: `${receiver.url}/v1/metrics` }),
    metricProducers: [producer],
  })
  const provider = new MeterProvider({ resource: resourceFromAttributes(journeyResource(recorder)), readers: [reader] })
  ends.push(receiver.close, () => provider.shutdown())
  const scraped = async () => seriesOfText(await registry.metrics())
  const pushed = async () => {
    await provider.forceFlush()
    const push = receiver.pushes().at(-1)
    if (push === undefined) throw new Error('Expected that something had been pushed.')
    return push
  }
  return { recorder, time, provider, receiver, scraped, pushed }
}
type BothWorlds = Awaited<ReturnType<typeof openBothWorlds>>

type Act = (worlds: BothWorlds) => unknown
const stepName = fc.constantFrom('start', 'upload', 'process')
const origin = fc.constantFrom('nobody', 'visit', 'rubbish')
const ms = fc.oneof(
  fc.double({ min: 0, max: 50_000, noNaN: true }),
  fc.constantFrom(150, 300, 333, 600, 40_000, Number.NaN, -1, Number.POSITIVE_INFINITY),
)
const marked = fc.constantFrom('nothing', 'fail', 'exclude', 'throw', 'late mark')

/** Everything that moves a number: events that are measured by hand, jobs of every ending, and what cannot be booked. */
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(stepName, fc.constantFrom(...OUTCOMES), ms).map(
    ([name, outcome, elapsed]): Act =>
      ({ recorder }) =>
        recorder.tally('scan', name)(outcome, elapsed),
  ),
  fc.tuple(stepName, marked, fc.integer({ min: 0, max: 45_000 }), origin).map(([name, how, elapsed, whose]): Act => {
    return async ({ recorder, time }) => {
      const carried = await recorder.run('visit', 'arrive', () => recorder.carry())
      const from = { nobody: undefined, visit: carried, rubbish: 'visit.arrive' }[whose]
      const job = (scope: JobScope) => {
        time.advance(elapsed)
        if (how === 'fail') scope.fail('no-feet-found')
        if (how === 'exclude') scope.exclude('load-test')
        if (how === 'throw') throw new Error('broken')
        return scope
      }
      const scope = await recorder.run('scan', name, job, from === undefined ? {} : { from }).catch(() => undefined)
      if (how === 'late mark') scope?.fail('too-late')
    }
  }),
  fc.constant<Act>(({ recorder }) => recorder.fail('nobody-asked')),
  // @ts-expect-error there is no such step.
  fc.constant<Act>(({ recorder }) => recorder.run('scan', 'no-such-step', () => undefined)),
)

describe.each(FORMATS)('prom-client, printing %s, and OpenTelemetry side by side', (format) => {
  test('show every series with the same name, labels and value, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(act, { maxLength: 12 }), { minLength: 1, maxLength: 4 }), async (history) => {
        const worlds = await openBothWorlds(format)
        for (const stretch of [[], ...history]) {
          for (const each of stretch) await each(worlds)
          const [prometheus, otlp] = [await worlds.scraped(), seriesOfPush((await worlds.pushed()).metrics)]
          expect(sorted(otlp)).toEqual(sorted(prometheus))
          // Four steps of four outcomes; of twelve edges, +Inf, sum and count; who speaks; eight reasons; three steps for visits.
          expect(prometheus.size).toBe(4 * 4 + 4 * (12 + 3) + 1 + 8 + 3 * 4)
        }
        for (const end of ends.splice(0).reverse()) await end()
      }),
      { numRuns: 30 },
    )
  })
})

test('what is pushed says who is speaking, since when, and that it only grows', async () => {
  const { recorder, time, pushed } = await openBothWorlds(Registry.PROMETHEUS_CONTENT_TYPE)
  time.advance(60_000)
  const { resource, metrics } = await pushed()
  expect(resource).toEqual({ 'service.name': 'scanner', 'service.instance.id': recorder.processId })
  expect(metrics.map(({ name }) => name)).toEqual([
    'journey.step.events',
    'journey.step.duration',
    'journey.definition.info',
    'journey.sdk.dropped',
    'journey.dependency.events',
  ])
  const [events, duration] = metrics
  expect(events?.sum).toMatchObject({ aggregationTemporality: 2, isMonotonic: true })
  expect(duration?.histogram).toMatchObject({ aggregationTemporality: 2 })
  const starts = [...(events?.sum?.dataPoints ?? []), ...(duration?.histogram?.dataPoints ?? [])]
  const start = `${BigInt(Date.parse(recorder.startedAt)) * 1_000_000n}`
  expect(new Set(starts.map(({ startTimeUnixNano }) => startTimeUnixNano))).toEqual(new Set([start]))
})

describe('the smaller path through a meter', () => {
  test('has the same counts, and with `histogram` the same durations of the steps that happened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (history) => {
        const worlds = await openBothWorlds(Registry.PROMETHEUS_CONTENT_TYPE)
        const small = await openMeter(worlds.recorder)
        for (const each of history) await each(worlds)
        const [prometheus, metered] = [await worlds.scraped(), await small.pushed()]
        for (const [name, value] of metered) {
          // The meter adds seconds, the recorder milliseconds: the last bits of the sums differ.
          if (name.includes('_sum')) expect(value).toBeCloseTo(prometheus.get(name) ?? Number.NaN, 6)
          else expect([name, value]).toEqual([name, prometheus.get(name)])
        }
        const missing = [...prometheus].filter(([name]) => !metered.has(name))
        expect(missing.filter(([name, value]) => value !== 0 || !name.startsWith('journey_step_duration'))).toEqual([])
        for (const end of ends.splice(0).reverse()) await end()
      }),
      { numRuns: 20 },
    )
  })

  test('ends when it is told to', async () => {
    const worlds = await openBothWorlds(Registry.PROMETHEUS_CONTENT_TYPE)
    const small = await openMeter(worlds.recorder)
    const book = worlds.recorder.tally('scan', 'start')
    book('good', 1)
    expect((await small.pushed()).get('journey_step_duration_seconds_count{journey="scan",step="start"}')).toBe(1)
    small.end()
    book('good', 1)
    expect((await small.pushed()).get('journey_step_duration_seconds_count{journey="scan",step="start"}')).toBe(1)
  })

  test('says why a cluster has no such histogram', () => {
    const recorder = createRecorder(journeys, { registry: new Registry(), service: 'scanner', cluster: {} })
    const meter = new MeterProvider().getMeter('scanner')
    expect(() => observeJourneys(recorder, meter, { histogram: true })).toThrow(/^Expected no `histogram` in a cluster/)
  })
})

async function openMeter(recorder: Parameters<typeof observeJourneys>[0]) {
  const receiver = await startReceiver()
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: `${receiver.url}/v1/metrics` }),
  })
  const provider = new MeterProvider({ readers: [reader] })
  ends.push(receiver.close, () => provider.shutdown())
  const end = observeJourneys(recorder, provider.getMeter('scanner'), { histogram: true })
  const pushed = async (): Promise<Series> => {
    await provider.forceFlush()
    return seriesOfPush(receiver.pushes().at(-1)?.metrics ?? [])
  }
  return { end, pushed }
}

function sorted(series: Series): readonly (readonly [string, number])[] {
  return [...series].sort(([a], [b]) => (a < b ? -1 : 1))
}
