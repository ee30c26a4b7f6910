import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ContextOptions, createRecorder, type Recorder } from '@tabiji/sdk'
import express, { type ErrorRequestHandler, type Express } from 'express'
import { Registry } from 'prom-client'
import { journeys } from './journeys.ts'

export type Measured = { readonly app: Express; readonly recorder: Recorder<typeof journeys> }

/**
 * Starts one of the services on loopback, any free port, measured by the SDK.
 *
 * @param handOverUrl the collector's ingest door; without it the last counters are lost
 * @param build adds the service's routes
 */
export async function startService(
  name: string,
  context: ContextOptions,
  handOverUrl: string | undefined,
  build: (measured: Measured) => void,
): Promise<string> {
  const registry = new Registry()
  const recorder = createRecorder(journeys, {
    registry,
    service: name,
    context,
    onProblem: ({ message }) => console.error(`${name}: ${message}`),
    ...(handOverUrl === undefined ? {} : { handOver: { url: handOverUrl } }),
  })
  const app = express()
  app.use(recorder.express())
  build({ app, recorder })
  app.get('/metrics', async (_request, response) => {
    response.setHeader('content-type', registry.contentType).send(await registry.metrics())
  })
  app.use(recorder.expressError(), answerError)
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  recorder.closeOnSignals(server, { graceMs: 3000 })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const answerError: ErrorRequestHandler = (_error, _request, response, next) => {
  if (response.headersSent) return next(_error)
  response.status(500).json({ error: 'The request could not be done.' })
}

/** The one host of an address, as a list of those that may learn of a journey. */
export function onlyHostOf(address: string): readonly string[] {
  return [new URL(address).host]
}
