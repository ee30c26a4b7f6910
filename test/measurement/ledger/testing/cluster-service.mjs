// A service of several workers that is one process to the outside: the primary serves /metrics and hands over. It uses
// messages between its processes for itself too. Arguments as of counting-service.mjs, and workersPort.
import cluster from 'node:cluster'
import { createRecorder, defineJourneys } from '@tabiji/sdk'
import express from 'express'
import { Registry } from 'prom-client'
import { shopJourneys } from './shop-journeys.mjs'
import { shopOrders } from './shop-orders.mjs'

const WORKERS = 3
const { port, workersPort, collector, spool, truth } = JSON.parse(process.argv[2] ?? '{}')
const registry = new Registry()
const isStranger = process.env.STRANGER === 'yes'
const { checkout } = shopJourneys.journeys
const steps = isStranger ? { ...checkout.steps, cart: { http: 'POST /cart', within: '1s' } } : checkout.steps
const journeys = { ...shopJourneys, journeys: { checkout: { ...checkout, steps } } }
const recorder = createRecorder(defineJourneys(journeys), {
  registry,
  service: 'shop',
  cluster: { intervalMs: 250 },
  handOver: { url: collector, spool, timeoutMs: 5000 },
  onProblem: ({ kind, message }) => process.send({ problem: { kind, message } }),
})

if (cluster.isPrimary) primary()
else if (isStranger) stranger()
else worker()

function primary() {
  let ready = 0
  let ending = false
  cluster.on('message', (from, message) => {
    if (message !== 'ready') return
    from.send('welcome')
    ready++
    if (ready >= WORKERS) process.send('ready')
  })
  cluster.on('exit', () => {
    if (!ending) cluster.fork()
    else if (Object.keys(cluster.workers).length === 0) void recorder.close().then(() => process.exit(0))
  })
  for (let i = 0; i < WORKERS; i++) cluster.fork()
  const app = express()
  app.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics())
  })
  app.listen(port, '127.0.0.1')
  process.on('message', () => cluster.fork({ STRANGER: 'yes' }))
  process.on('SIGTERM', () => {
    ending = true
    cluster.disconnect()
  })
}

function worker() {
  const app = shopOrders(recorder, truth)
  app.post('/pid', (_request, response) => response.json(process.pid))
  process.on('message', (message) => {
    if (message === 'welcome') welcomed = true
  })
  let welcomed = false
  app.post('/welcomed', (_request, response) => response.json(welcomed))
  app.listen(workersPort, '127.0.0.1', () => process.send('ready'))
}

/** A worker of another version, which counts by other journeys. */
function stranger() {
  const book = recorder.tally('checkout', 'pay')
  for (let i = 0; i < 1000; i++) book('good', 1)
  process.disconnect()
}
