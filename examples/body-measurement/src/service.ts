import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRecorder, type HandOverOptions, type Recorder, type SdkProblem } from '@tabiji/sdk'
import express, { type ErrorRequestHandler, type Express } from 'express'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { createFaultSwitch, type FaultSwitch, faultApp } from './fault.ts'
import { journeys } from './journeys.ts'
import { createMeasurements, type Measurements } from './measurements.ts'
import { readPgm } from './pgm.ts'

export const SERVICE_NAME = 'body-measurement'

export type ServiceOptions = {
  /** @default 0: any that is free */
  readonly port?: number
  /** Port of the fault switch. @default 0: any that is free */
  readonly faultPort?: number
  readonly handOver?: HandOverOptions
  readonly onProblem?: (problem: SdkProblem) => void
}

export type Service = {
  readonly url: string
  readonly faultUrl: string
  readonly server: Server
  readonly recorder: Recorder<typeof journeys>
  readonly faults: FaultSwitch
  /** Closes both listeners and whatever is connected to them. */
  close(): Promise<void>
}

/** Starts the service on loopback, measured by the SDK, with `/metrics` and, on a port of its own, the fault switch. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const { port = 0, faultPort = 0, handOver, onProblem } = options
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const recorder = createRecorder(journeys, {
    registry,
    service: SERVICE_NAME,
    ...(handOver === undefined ? {} : { handOver }),
    ...(onProblem === undefined ? {} : { onProblem }),
  })
  const faults = createFaultSwitch()
  const app = serviceApp(recorder, createMeasurements(recorder, faults), faults)
  app.get('/metrics', async (_request, response) => {
    response.setHeader('content-type', registry.contentType).send(await registry.metrics())
  })
  app.use(recorder.expressError(), answerError)
  const server = await listen(app, port)
  const faultServer = await listen(faultApp(faults), faultPort)
  return {
    url: addressOf(server),
    faultUrl: addressOf(faultServer),
    server,
    recorder,
    faults,
    async close() {
      await Promise.all([server, faultServer].map(closeServer))
    },
  }
}

function serviceApp(recorder: Recorder<typeof journeys>, measurements: Measurements, faults: FaultSwitch): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(recorder.express())

  app.post('/v1/measurements', recorder.step('measure-feet', 'start'), (_request, response) => {
    response.status(201).json({ id: measurements.start() })
  })

  const photo = express.raw({ type: 'image/x-portable-graymap', limit: '2mb' })
  app.put('/v1/measurements/:id/photo', recorder.step('measure-feet', 'upload'), photo, (request, response) => {
    if (faults.current() === 'error') throw new Error('The photos cannot be stored.')
    const picture = Buffer.isBuffer(request.body) ? readPgm(request.body) : undefined
    if (picture === undefined) {
      response.status(415).json({ error: 'Expected a binary PGM with a scale.' })
      return
    }
    const queued = measurements.queuePhoto(String(request.params['id']), picture)
    if (queued === 'queued') response.status(202).json({ state: 'processing' })
    else if (queued === 'unknown') response.status(404).json({ error: 'There is no such measurement.' })
    else if (queued === 'has-photo') response.status(409).json({ error: 'This measurement has its photo.' })
    else response.status(503).json({ error: 'Too many photos are waiting.' })
  })

  app.get('/v1/measurements/:id', recorder.step('view-result', 'read'), (request, response) => {
    const measurement = measurements.find(String(request.params['id']))
    if (measurement === undefined) response.status(404).json({ error: 'There is no such measurement.' })
    else response.status(measurement.state === 'processing' ? 202 : 200).json(measurement)
  })
  return app
}

/** Answers without a word about the inside: 4xx as the body parser says, anything else is 500. */
const answerError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error)
  const status = Number(error?.status)
  response.status(status >= 400 && status < 500 ? status : 500).json({ error: 'The request could not be done.' })
}

async function listen(app: Express, port: number): Promise<Server> {
  const server = app.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function addressOf(server: Server): string {
  const { address, port } = server.address() as AddressInfo
  return `http://${address}:${port}`
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
