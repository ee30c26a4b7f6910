import { EventEmitter, once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { type BookedEvent, createRecorder } from '@tabiji/sdk'
import { Registry } from 'prom-client'
import { movedTime } from '../../../../packages/sdk/src/testing/time.ts'
import { createActs } from './acts.ts'
import { type Framework, journeys, type Kit, type Mode } from './kit.ts'

export type Measured = {
  readonly url: string
  readonly kit: Kit
  /** Resolves when a handler has called `reached()` since the last time this was asked. */
  untilReached(): Promise<void>
  /** Lets streams go on to their end. */
  release(): void
  /** Waits until so many events have been booked, and gives what `/metrics` says has been added: `start good` → 1. */
  added(events: number): Promise<Record<string, number>>
  /** A connection that sends the text; the test decides when it breaks. */
  send(text: string): Socket
  close(): Promise<void>
}

/** One app of the framework, measured in one of the ways. Its clock is moved by hand. */
export async function measure(framework: Framework, mode: Mode): Promise<Measured> {
  const registry = new Registry()
  const time = movedTime()
  const signals = new EventEmitter().setMaxListeners(0)
  const booked: BookedEvent[] = []
  const onEvent = (event: BookedEvent) => {
    booked.push(event)
    signals.emit('booked')
  }
  const recorder = createRecorder(journeys, { registry, service: 'scanner', time, onEvent })
  let reachedTimes = 0
  let release: () => void = () => undefined
  let released = Promise.resolve()
  const reached = () => {
    reachedTimes += 1
    signals.emit('reached')
  }
  const kit: Kit = {
    recorder,
    time,
    mode,
    middleware: mode !== 'auto',
    declares: mode === 'declared' || mode === 'auto and declared',
    match: mode === 'match',
    reached,
    act: createActs({ recorder, time, reached, released: () => released }),
  }
  const unwatch = mode === 'auto' || mode === 'auto and declared' ? recorder.watchServers() : () => undefined
  const server = await framework.start(kit)
  const port = (server.address() as AddressInfo).port
  let before = { events: 0, counts: new Map<string, number>() }

  return {
    url: `http://127.0.0.1:${port}`,
    kit,
    async untilReached() {
      while (reachedTimes === 0) await once(signals, 'reached')
      reachedTimes = 0
    },
    release: () => release(),
    async added(events) {
      while (booked.length < before.events + events) await once(signals, 'booked')
      const counts = countsIn(await registry.metrics())
      const added = [...counts].map(([key, count]) => [key, count - (before.counts.get(key) ?? 0)] as const)
      reachedTimes = 0
      before = { events: booked.length, counts }
      released = new Promise((done) => {
        release = done
      })
      return Object.fromEntries(added.filter(([, count]) => count !== 0))
    },
    send(text) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(text)
      return socket
    },
    async close() {
      unwatch()
      await closed(server)
    },
  }
}

async function closed(server: Server): Promise<void> {
  const gone = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await gone
}

function countsIn(exposition: string): Map<string, number> {
  const line = /^journey_step_events_total\{journey="scan",step="([^"]+)",outcome="([^"]+)"\} (\d+)$/gm
  return new Map(
    [...exposition.matchAll(line)].map(([, step, outcome, count]) => [`${step} ${outcome}`, Number(count)]),
  )
}
