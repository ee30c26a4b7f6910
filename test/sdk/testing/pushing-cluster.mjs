// A cluster of two workers, each of which does ten jobs, fails at two of them and ends. The primary pushes for all, and tells
// what it exposes. Arguments: the collector's address.
import cluster from 'node:cluster'
import { trace } from '@opentelemetry/api'
import { defineJourneys } from '@tabiji/sdk'
import { startRecorder } from '@tabiji/sdk/node'
import { Registry } from 'prom-client'

const [, , url] = process.argv
const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: { scan: { steps: { process: { job: true, within: '10s' } } } },
})
const none = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
}
const registry = new Registry()
registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
const recorder = startRecorder(journeys, {
  registry,
  service: 'scanner',
  cluster: { intervalMs: 50 },
  handOver: { url },
  pushIntervalMs: 200,
  sdk: { spanProcessors: [none] },
})

if (cluster.isPrimary) {
  let ended = 0
  cluster.on('message', (_worker, { failed }) => failed && process.send({ failed }))
  cluster.on('exit', () => {
    ended++
    if (ended === 2) void tell()
  })
  for (let worker = 0; worker < 2; worker++) cluster.fork()
} else {
  const tracer = trace.getTracer('scanner')
  for (let job = 0; job < 10; job++) {
    await tracer.startActiveSpan('job', async (span) => {
      await recorder.run('scan', 'process', (scope) => job < 2 && scope.fail('no-feet-found'))
      if (job === 1) process.send({ failed: span.spanContext().traceId })
      span.end()
    })
  }
  await recorder.close()
  process.disconnect()
}

async function tell() {
  const metrics = await registry.metrics()
  await recorder.close()
  process.send({ metrics, processId: recorder.processId })
  process.disconnect()
}
