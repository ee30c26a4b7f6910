// A real service in a process of its own, which writes down what happened (shop-orders.mjs).
// Its one argument is JSON: { port, collector, spool, truth }.
import { createRecorder, defineJourneys } from '@tabiji/sdk'
import { Registry } from 'prom-client'
import { shopJourneys } from './shop-journeys.mjs'
import { shopOrders } from './shop-orders.mjs'

const { port, collector, spool, truth } = JSON.parse(process.argv[2] ?? '{}')
const registry = new Registry()
const recorder = createRecorder(defineJourneys(shopJourneys), {
  registry,
  service: 'shop',
  handOver: { url: collector, spool, timeoutMs: 5000 },
  onProblem: ({ message }) => process.stderr.write(`${message}\n`),
})

const app = shopOrders(recorder, truth)
app.get('/metrics', async (_request, response) => {
  response.type(registry.contentType).send(await registry.metrics())
})

const server = app.listen(port, '127.0.0.1', () => process.send('listening'))
recorder.closeOnSignals(server, { graceMs: 2000 })
