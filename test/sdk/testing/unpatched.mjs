// Compares everything that a library could patch before the SDK is imported, after it, and after it was used.
import cluster from 'node:cluster'
import diagnostics from 'node:diagnostics_channel'
import dns from 'node:dns'
import { EventEmitter, once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { performance } from 'node:perf_hooks'
import { Stream } from 'node:stream'
import timers from 'node:timers'

const watched = {
  globalThis,
  ...{ console, process, performance, JSON, Reflect, Math, Date },
  ...{ http, https, net, dns, fs, timers, cluster, diagnostics },
  ...Object.fromEntries(
    [http.Server, http.ServerResponse, http.IncomingMessage, http.OutgoingMessage, http.ClientRequest, http.Agent]
      .concat([net.Socket, net.Server, EventEmitter, Stream, Promise, Function, Object, Array, Map, Error])
      .map((each) => [`${each.name}.prototype`, each.prototype]),
  ),
}
const EVENTS = ['exit', 'beforeExit', 'uncaughtException', 'uncaughtExceptionMonitor', 'unhandledRejection', 'warning']
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP']

/** Every own property with the identity of its value. What Node makes when it is first read is read first. */
function state() {
  const seen = new Map()
  for (const [name, object] of Object.entries(watched)) {
    for (const key of Reflect.ownKeys(object)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(object, key)
      const isCounter = typeof value === 'number' || typeof value === 'boolean' || name === 'process'
      seen.set(`${name}.${String(key)}`, isCounter && typeof value !== 'function' ? typeof value : [value, get, set])
    }
  }
  for (const event of [...EVENTS, ...SIGNALS]) seen.set(`listeners of ${event}`, [process.listenerCount(event)])
  return seen
}

function changes(before, after) {
  const keys = new Set([...before.keys(), ...after.keys()])
  const isSame = (a, b) =>
    Array.isArray(a) && Array.isArray(b) ? a.every((each, i) => Object.is(each, b[i])) : a === b
  return [...keys].filter((key) => !before.has(key) || !after.has(key) || !isSame(before.get(key), after.get(key)))
}

// What Node itself and the test's own client set up when they are first used is no matter of the SDK.
const { Registry } = await import('prom-client')
const { default: express } = await import('express')
const plain = express().get('/', (_request, response) => void response.json({}))
await ask(plain, '/')

const before = state()
const sdk = await import('@tabiji/sdk')
const imported = changes(before, state())

const journeys = sdk.defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    scan: {
      steps: {
        start: { http: 'GET /start', within: '1s' },
        stream: { http: 'GET /stream', within: '1s', from: 'headers' },
        process: { job: true, within: '1s' },
      },
    },
  },
})
const recorder = sdk.createRecorder(journeys, {
  registry: new Registry(),
  service: 'scans',
  handOver: { url: 'http://127.0.0.1:9', timeoutMs: 100 },
  coverage: { examples: 5 },
})
const own = []
const app = express()
app.use(recorder.express({ match: true }))
app.use((_request, response, next) => {
  own.push(Object.keys(response).filter((key) => typeof http.ServerResponse.prototype[key] === 'function'))
  next()
})
app.get('/start', recorder.step('scan', 'start'), (_request, response) => void response.json({}))
app.get('/stream', (_request, response) => void response.end('x'))
app.use(recorder.expressError())
for (const path of ['/start', '/stream', '/none']) await ask(app, path)
await recorder.run('scan', 'process', () => undefined)
recorder.fail('nobody')
await recorder.close()

process.stdout.write(JSON.stringify({ watched: before.size, imported, used: changes(before, state()), own }))

async function ask(listener, path) {
  const server = http.createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await (await fetch(`http://127.0.0.1:${server.address().port}${path}`, { headers: { connection: 'close' } })).text()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
