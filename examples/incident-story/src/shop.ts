import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createRecorder } from '@tabiji/sdk'
import express, { type ErrorRequestHandler } from 'express'
import { Registry } from 'prom-client'
import { journeys } from './journeys.ts'

/**
 * A shop that takes payments, measured by the SDK. `PUT /fault {"on":true}` makes every second payment fail, and lasts until it
 * is put off again. Prints its address once it listens.
 */
const registry = new Registry()
const recorder = createRecorder(journeys, {
  registry,
  service: 'shop',
  onProblem: ({ message }) => console.error(message),
})
const answerError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error)
  response.status(500).json({ error: 'The payment could not be taken.' })
}

let isBroken = false
let payments = 0
const app = express()
app.use(recorder.express())
app.post('/payments', recorder.step('checkout', 'pay'), (_request, response) => {
  payments++
  if (isBroken && payments % 2 === 0) throw new Error('The payment client never came back.')
  response.status(201).json({ payment: payments })
})
app.put('/fault', express.json(), (request, response) => {
  isBroken = request.body?.on === true
  response.json({ on: isBroken })
})
app.get('/metrics', async (_request, response) => {
  response.setHeader('content-type', registry.contentType).send(await registry.metrics())
})
app.use(recorder.expressError(), answerError)
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
recorder.closeOnSignals(server, { graceMs: 3_000 })
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
