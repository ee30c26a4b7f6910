import { api, node, tracing } from '@opentelemetry/sdk-node'
import { Registry, type RegistryContentType } from 'prom-client'
import { afterAll, describe, expect, test } from 'vitest'
import { journeyProducer, traceJourneys } from './otel.ts'
import { createRecorder } from './recorder.ts'
import { scanJourney, step } from './testing/journeys.ts'
import { movedTime } from './testing/time.ts'

const journeys = scanJourney(step('process', { kind: 'job' }))
const kept = new tracing.InMemorySpanExporter()
const provider = new node.NodeTracerProvider({
  sampler: { shouldSample: (_context, _trace, name) => ({ decision: name === 'unkept' ? 0 : 2 }), toString: () => '' },
  spanProcessors: [new tracing.SimpleSpanProcessor(kept)],
})
provider.register()
const tracer = api.trace.getTracer('test')
afterAll(() => provider.shutdown())

function tracedScanner() {
  kept.reset()
  const registry = new Registry<RegistryContentType>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  const time = movedTime()
  const recorder = createRecorder(journeys, { registry, service: 'scanner', time })
  traceJourneys(recorder, api.trace)
  const run = (spanName: string) =>
    tracer.startActiveSpan(spanName, async (span) => {
      await recorder.run('scan', 'process', () => time.advance(500))
      span.end()
      return span.spanContext()
    })
  return { registry, recorder, run }
}

describe('with a tracer', () => {
  test('the span in which an event happens carries its journey and step, and a slow event shows the trace', async () => {
    const { registry, run } = tracedScanner()
    const { traceId, spanId } = await run('work')
    expect(kept.getFinishedSpans()).toMatchObject([{ attributes: { journey: 'scan', step: 'process' } }])
    expect(await registry.metrics()).toContain(
      `outcome="slow"} 1 # {trace_id="${traceId}",span_id="${spanId}"} 1 1790812800.5\n`,
    )
  })

  test('a trace that is not kept is no exemplar', async () => {
    const { registry, run } = tracedScanner()
    await run('unkept')
    const text = await registry.metrics()
    expect(text).toContain('outcome="slow"} 1\n')
    expect(text).not.toContain('trace_id')
  })

  test('an event outside of any span is counted as ever', async () => {
    const { registry, recorder } = tracedScanner()
    recorder.tally('scan', 'process')('error', 1)
    expect(await registry.metrics()).toContain('outcome="error"} 1\n')
  })
})

test('something that is no recorder is refused by name', () => {
  const stranger = { processId: '1', startedAt: '2026-10-01T00:00:00Z' }
  expect(() => journeyProducer(stranger)).toThrow(/^Expected a recorder that `createRecorder` of this copy/)
})
