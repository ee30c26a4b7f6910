// A service that pushes: OpenTelemetry starts before express is loaded, as its instrumentations need.
import { register } from 'node:module'
import { trace } from '@opentelemetry/api'
import { ExpressInstrumentation } from '@opentelemetry/instrumentation-express'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { defineJourneys } from '@tabiji/sdk'
import { startRecorder } from '@tabiji/sdk/node'
import { Registry } from 'prom-client'

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url)

const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    scan: { steps: { upload: { http: 'PUT /scans/:id', within: '10s' }, process: { job: true, within: '10s' } } },
  },
})

/** Tells the test of each span as it ends; no exporter is between. */
const telling = {
  onStart: () => undefined,
  onEnd: (span) => {
    const { name, kind, attributes } = span
    process.send({ span: { name, kind, attributes, traceId: span.spanContext().traceId } })
  },
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
}
const { COLLECTOR_URL: url, TRACES: traces, SPOOL: spool } = process.env
const registry = new Registry()
registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
const recorder = startRecorder(journeys, {
  registry,
  service: 'scanner',
  handOver: { url, token: 'a-token-of-the-scanner', timeoutMs: 2000, ...(spool && { spool }) },
  pushIntervalMs: 200,
  ...(traces && {
    sdk: { instrumentations: [new HttpInstrumentation(), new ExpressInstrumentation()], spanProcessors: [telling] },
  }),
})

const { default: express } = await import('express')
const app = express()
app.use(recorder.express())
app.put('/scans/:id', recorder.step('scan', 'upload'), async (request, response) => {
  if (request.params.id === 'broken') recorder.fail('no-feet-found')
  trace.getTracer('scanner').startSpan('solve').end()
  await recorder.run('scan', 'process', () => undefined)
  response.status(201).end()
})
app.get(
  '/metrics',
  async (_request, response) => void response.type(registry.contentType).send(await registry.metrics()),
)
const server = app.listen(0, '127.0.0.1', () =>
  process.send({ port: server.address().port, processId: recorder.processId, startedAt: recorder.startedAt }),
)
recorder.closeOnSignals(server)
