import { setTimeout as pause } from 'node:timers/promises'
import {
  AggregationTemporalityPreference,
  OTLPMetricExporter as JsonExporter,
} from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { createRecorder, defineJourneys } from '@tabiji/sdk'
import { journeyProducer, journeyResource } from '@tabiji/sdk/otel'
import { expect, test, vi } from 'vitest'
import { openShop } from './testing/shop.ts'

vi.setConfig({ testTimeout: 180_000 })

const { CUMULATIVE, DELTA } = AggregationTemporalityPreference

/** The exporters of OpenTelemetry for JavaScript, each in both kinds of counts; `gzip` is how they pack when they are asked to. */
const SENDERS = {
  'json-sums': { Exporter: JsonExporter, temporalityPreference: CUMULATIVE, compression: undefined },
  'json-additions': { Exporter: JsonExporter, temporalityPreference: DELTA, compression: 'gzip' },
  'protobuf-sums': { Exporter: ProtobufExporter, temporalityPreference: CUMULATIVE, compression: 'gzip' },
  'protobuf-additions': { Exporter: ProtobufExporter, temporalityPreference: DELTA, compression: undefined },
} as const

type Sender = keyof typeof SENDERS

/** A service that counts with OpenTelemetry's own SDK, and nothing of ours. */
function startService(service: Sender, ingest: string) {
  const { Exporter, temporalityPreference, compression } = SENDERS[service]
  const exporter = new Exporter({
    url: `${ingest}/v1/metrics`,
    temporalityPreference,
    ...(compression !== undefined && { compression: compression as never }),
  })
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.instance.id': `${service}-1` }),
    // Pushed by hand: the interval never comes.
    readers: [
      new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000, exportTimeoutMillis: 60_000 }),
    ],
  })
  const meter = provider.getMeter('shop')
  const events = meter.createCounter('journey.step.events')
  const other = meter.createHistogram('http.server.request.duration')
  return {
    count: (step: string, outcome: string, n: number) => {
      events.add(n, { journey: 'checkout', step, outcome })
      other.record(0.1)
    },
    push: () => provider.forceFlush(),
    end: () => provider.shutdown(),
  }
}

/** A counter that begins in the millisecond of its first push tells a start that means "not known". */
async function untilNextMillisecond(): Promise<void> {
  for (const now = Date.now(); Date.now() <= now + 1; ) await pause(1)
}

test('the exporters of OpenTelemetry push to the daemon, in both encodings and kinds, and the books hold what was counted', async () => {
  const names = Object.keys(SENDERS) as Sender[]
  const shop = openShop(names)
  const daemon = await shop.start()
  const services = names.map((name) => startService(name, daemon.ingest))
  for (let push = 1; push <= 3; push++) {
    for (const service of services) {
      service.count('pay', 'good', 10 * push)
      service.count('pay', push === 2 ? 'error' : 'slow', 1)
      if (push > 1) service.count('cart', 'good', 7)
      await untilNextMillisecond()
      await service.push()
    }
  }
  await Promise.all(services.map((service) => service.end()))
  const metrics = await (await fetch(`${daemon.api}/metrics`)).text()
  expect(metrics).toMatch(/tabiji_otlp_points_total\{service="",result="ignored"\} [1-9]/)
  expect(metrics).toMatch(/tabiji_otlp_points_total\{service="json-sums",result="taken"\} [1-9]/)
  expect(await daemon.end()).toBe(0)
  const expected = names.flatMap((name) => [
    [`${name}/pay`, [60, 2, 1, 0]],
    [`${name}/cart`, [14, 0, 0, 0]],
  ])
  expect(await shop.books()).toEqual(Object.fromEntries(expected))
  expect(await shop.verify()).toBe(0)
})

test('what our SDK counts is pushed by OpenTelemetry and handed over at the end, and counts once', async () => {
  const shop = openShop(['shop'])
  const daemon = await shop.start()
  const journeys = defineJourneys({
    timeZone: 'Asia/Tokyo',
    journeys: {
      checkout: {
        title: { en: 'Check out', ja: '購入' },
        objectives: { availability: 99 },
        steps: { pay: { job: true, within: '10s' } },
      },
    },
  })
  const recorder = createRecorder(journeys, { service: 'shop', otel: true, handOver: { url: daemon.ingest } })
  const exporter = new ProtobufExporter({ url: `${daemon.ingest}/v1/metrics`, temporalityPreference: CUMULATIVE })
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 3_600_000,
    exportTimeoutMillis: 60_000,
    metricProducers: [journeyProducer(recorder)],
  })
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ ...journeyResource(recorder) }),
    readers: [reader],
  })
  const pay = async (times: number, failing = 0) => {
    for (let n = 0; n < times; n++) {
      await recorder.run('checkout', 'pay', async (scope) => {
        if (n < failing) scope.fail('no-stock')
      })
    }
  }
  await pay(20, 3)
  await provider.forceFlush()
  await pay(5)
  await provider.forceFlush()
  await pay(2)
  await recorder.close()
  await provider.shutdown()
  expect(await daemon.end()).toBe(0)
  expect(await shop.books()).toEqual({ 'shop/pay': [24, 0, 3, 0] })
  expect(await shop.verify()).toBe(0)
})
