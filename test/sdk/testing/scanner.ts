import { EventEmitter, once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Definition } from '@tabiji/core/journey'
import { createRecorder, type Recorder } from '@tabiji/sdk'
import express, { type Express } from 'express'
import { Registry } from 'prom-client'
import { afterEach } from 'vitest'
import { movedTime } from '../../../packages/sdk/src/testing/time.ts'

export { scanJourney, step } from '../../../packages/sdk/src/testing/journeys.ts'

type Parts = {
  readonly app: Express
  readonly recorder: Recorder
  readonly time: ReturnType<typeof movedTime>
  /** Tells the test that a handler has come to a point that it waits for. */
  reached(): void
}

export type Scanner = Omit<Parts, 'app'> & {
  readonly url: string
  /** Resolves when a handler calls `reached()`, at once if it did already. */
  untilReached(): Promise<unknown>
  /** Waits until so many events have been booked, then reads `/metrics`: `upload good` → 1. Zeros are left out. */
  counts(events: number): Promise<Record<string, number>>
  /** A connection that sends the text; the test decides when it breaks. */
  send(text: string): Socket
}

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

/** A real express app on loopback with `/metrics`; `build` adds its middleware and routes. Its clock is moved by hand. */
export async function startScanner(journeys: Definition, build: (parts: Parts) => void): Promise<Scanner> {
  const app = express()
  // Express prints thrown errors outside of tests; here they are thrown on purpose.
  app.set('env', 'test')
  const registry = new Registry()
  const time = movedTime()
  const signals = new EventEmitter()
  let booked = 0
  const onEvent = () => {
    booked += 1
    signals.emit('booked')
  }
  const recorder = createRecorder(journeys, { registry, service: 'scanner', time, onEvent })
  let wasReached = false
  const reached = () => {
    wasReached = true
    signals.emit('reached')
  }
  app.get('/metrics', async (_request, response) => void response.type('text').send(await registry.metrics()))
  build({ app, recorder, time, reached })
  const server = app.listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    recorder,
    time,
    reached,
    untilReached: () => (wasReached ? Promise.resolve() : once(signals, 'reached')),
    async counts(events) {
      while (booked < events) await once(signals, 'booked')
      return countsIn(await (await fetch(`${url}/metrics`)).text())
    },
    send(text) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(text)
      return socket
    },
  }
}

function countsIn(exposition: string): Record<string, number> {
  const line = /^journey_step_events_total\{journey="scan",step="([^"]+)",outcome="([^"]+)"\} (\d+)$/gm
  const counts = [...exposition.matchAll(line)].map(([, step, outcome, count]) => [`${step} ${outcome}`, Number(count)])
  return Object.fromEntries(counts.filter(([, count]) => count !== 0))
}
