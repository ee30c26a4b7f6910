// A real service in a process of its own. It writes the time of each event that ended to a file, one line each and at
// once, so that what it knows to have happened outlives every way of being killed; it knows nothing of the SDK's counts.
// Its one argument is JSON: { port, collector, spool, truth }.
import { appendFileSync } from 'node:fs'
import { createRecorder, defineJourneys } from '@tabiji/sdk'
import express from 'express'
import { Registry } from 'prom-client'
import { shopJourneys } from './shop-journeys.mjs'

const { port, collector, spool, truth } = JSON.parse(process.argv[2] ?? '{}')
const registry = new Registry()
const recorder = createRecorder(defineJourneys(shopJourneys), {
  registry,
  service: 'shop',
  handOver: { url: collector, spool, timeoutMs: 5000 },
  onProblem: ({ message }) => process.stderr.write(`${message}\n`),
})

let open = 0
const line = () => `${Date.now()} ${process.pid}\n`
const app = express()
app.use(recorder.express())
app.post('/orders', recorder.step('checkout', 'pay'), (request, response) => {
  open++
  response.on('close', () => {
    open--
    appendFileSync(truth, line())
  })
  const { status = '201' } = request.query
  setTimeout(() => response.status(Number(status)).end(), Math.random() * 10)
})
app.get('/metrics', async (_request, response) => {
  response.type(registry.contentType).send(await registry.metrics())
})
app.post('/crash', () => {
  setTimeout(() => {
    throw new Error('crash')
  }, 0)
})
app.post('/exit', () => process.exit(3))

// What is open when the process ends was cut off: its users saw an error.
process.on('exit', () => appendFileSync(truth, line().repeat(open)))

const server = app.listen(port, '127.0.0.1', () => process.send('listening'))
recorder.closeOnSignals(server, { graceMs: 2000 })
