import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { LookUp } from '../wire/guarded-lookup.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { body as bodies, edit, edits } from '../wire/testing/bodies.ts'
import { FUZZ_TIMEOUT_MS, fuzzRuns } from '../wire/testing/fuzz.ts'
import { serve } from '../wire/testing/servers.ts'
import { createScrapeSource, type ScrapeLimits, type ScrapeTarget } from './scrape.ts'

const AT = 1_790_000_000_000
const TEXT = 'text/plain; version=0.0.4; charset=utf-8'
const OPENMETRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8'
const INFO = 'journey_definition_info{process_id="p-1"} 1\n'
const good = (value: number | string) =>
  `journey_step_events_total{journey="measure-feet",step="upload",outcome="good"} ${value}\n`

function source(url: string, over: Partial<ScrapeTarget & ScrapeLimits> = {}, lookUp?: LookUp) {
  const outgoing = createOutgoing(lookUp)
  onTestFinished(() => outgoing.close())
  const target = { service: 'body-api', url, intervalMs: 15_000, timeoutMs: 5_000, ...over }
  const made = createScrapeSource(target, outgoing, { maxBytes: 10_000, maxSeries: 100, ...over }, () => AT)
  return { ...made, readNow: () => made.read(new AbortController().signal) }
}

const answer =
  (body: string | Buffer, type = TEXT): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'Content-Type': type }).end(body)

test('a target is read, and its counters are a reading of its process', async () => {
  const server = await serve(answer(`${INFO}${good(7)}up 1\n`))
  const { readNow, name, service, intervalMs } = source(`${server.origin}/metrics?key=hunter2`)
  expect({ name, service, intervalMs }).toEqual({
    name: `body-api ${server.origin}/metrics`,
    service: 'body-api',
    intervalMs: 15_000,
  })
  expect(await readNow()).toEqual({
    ok: true,
    reading: {
      speaker: { id: 'p-1', identified: true, service: 'body-api' },
      at: AT,
      steps: [{ journey: 'measure-feet', step: 'upload', role: 'own', counts: [7, 0, 0, 0] }],
    },
    samples: 3,
    warnings: [],
  })
  expect(server.requests[0]?.url).toBe('/metrics?key=hunter2')
})

test('how long events took is told by the first reading, and not by the next one at once', async () => {
  const bucket = 'journey_step_duration_seconds_bucket{journey="measure-feet",step="upload",le="+Inf"} 7\n'
  const server = await serve(answer(`${INFO}${good(7)}${bucket}`))
  const { readNow } = source(server.origin)
  const durations = [{ journey: 'measure-feet', step: 'upload', edges: [Number.POSITIVE_INFINITY], counts: [7] }]
  expect(await readNow()).toMatchObject({ ok: true, durations })
  expect(await readNow()).not.toHaveProperty('durations')
})

test('a connection is kept for the next reading when the server keeps it for as long', async () => {
  const connections = async (intervalMs: number, keeps: string) => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'Content-Type': TEXT, 'Keep-Alive': keeps }).end(`${INFO}${good(7)}`),
    )
    const { readNow } = source(server.origin, { intervalMs })
    await readNow()
    await readNow()
    return server.requests.map(({ headers: { connection } }) => connection)
  }
  expect(await connections(3_000, 'timeout=5')).toEqual(['keep-alive', 'keep-alive'])
  expect(await connections(5_000, 'timeout=5, max=100')).toEqual(['keep-alive', 'close'])
  expect(await connections(15_000, 'timeout=60')).toEqual(['keep-alive', 'keep-alive'])
})

test('both formats are offered, with the token of the target', async () => {
  const server = await serve(answer(`${INFO}${good(7)}# EOF\n`, OPENMETRICS))
  const { readNow } = source(server.origin, { token: () => 'hunter2' })
  expect(await readNow()).toMatchObject({ ok: true, samples: 2 })
  expect(server.requests[0]?.headers).toMatchObject({
    accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    authorization: 'Bearer hunter2',
  })
})

test('a target without a token is sent none', async () => {
  const server = await serve(answer(INFO))
  await source(server.origin.replace('//', '//user:hunter2@')).readNow()
  expect(server.requests[0]?.headers['authorization']).toBeUndefined()
})

test('a process without an id is known by origin and path alone', async () => {
  const server = await serve(answer(good(7)))
  const read = await source(`${server.origin.replace('//', '//user:hunter2@')}/metrics?key=hunter2#x`).readNow()
  expect(read.ok && read.reading.speaker).toMatchObject({ id: `${server.origin}/metrics`, identified: false })
})

test.each<[string, RequestListener, string, string]>([
  [
    'a redirect',
    (_, response) => response.writeHead(307, { Location: 'http://127.0.0.1:1/' }).end(),
    'status',
    'Expected status 200, got 307; redirects are not followed, name the final address',
  ],
  [
    'no permission',
    (_, response) => response.writeHead(401).end(INFO),
    'status',
    'Expected status 200, got 401; the target wants another token',
  ],
  ['an error', (_, response) => response.writeHead(500).end(INFO), 'status', 'Expected status 200, got 500'],
  ['no content', (_, response) => response.writeHead(204).end(), 'status', 'Expected status 200, got 204'],
  [
    'a page',
    answer('<html></html>', 'text/html'),
    'malformed',
    'Expected the content type text/plain or application/openmetrics-text, got another one',
  ],
  [
    'a page that is called text',
    answer('<html></html>'),
    'malformed',
    'Line 1: Expected a metric name, got "<html></html"…',
  ],
  [
    'OpenMetrics without its end',
    answer(good(7), OPENMETRICS),
    'malformed',
    'Line 1: Expected OpenMetrics to end with # EOF: the body was cut short',
  ],
  [
    'half an event',
    answer(good(7.5)),
    'malformed',
    'Line 1: Expected journey_step_events_total to be a whole number from 0 to 9007199254740991, got 7.5',
  ],
  [
    'too many series',
    answer('up 1\n'.repeat(101)),
    'too_many_series',
    'Expected at most 100 series, but line 101 holds another one',
  ],
  [
    'ten megabytes',
    answer(Buffer.alloc(10_000_000, 'x')),
    'too_large',
    'Expected an answer of at most 10000 bytes, but it goes on',
  ],
  ['a reset', (request) => request.socket.resetAndDestroy(), 'unreachable', 'The connection failed (ECONNRESET)'],
  ['silence', () => {}, 'timeout', 'Expected an answer within 60 ms, got none'],
])('%s is a failure that says what happened', async (what, listener, failure, message) => {
  const server = await serve(listener)
  const { readNow } = source(server.origin, what === 'silence' ? { timeoutMs: 60 } : {})
  expect(await readNow()).toEqual({ ok: false, failure, message })
})

test('addresses of credentials are never called, by number or by name', async () => {
  const lookUp: LookUp = (_, __, callback) => callback(null, [{ address: '169.254.169.254', family: 4 }])
  for (const url of ['http://169.254.169.254/metrics', 'http://body-api.example/metrics']) {
    expect(await source(url, {}, lookUp).readNow()).toMatchObject({ ok: false, failure: 'forbidden_address' })
  }
})

test('a read ends when it is called off', async () => {
  const controller = new AbortController()
  const server = await serve(() => controller.abort())
  expect(await source(server.origin).read(controller.signal)).toMatchObject({ ok: false, failure: 'unreachable' })
})

/** A server of old that closes the connection where its answer ends. */
async function serveUnframed(body: string): Promise<string> {
  const server = createServer((socket) => {
    socket.once('data', () => socket.end(`HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n${body}`))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

test('an answer that may have been cut short is taken only where a lower number does no harm', async () => {
  expect(await source(await serveUnframed(good(12))).readNow()).toMatchObject({
    ok: false,
    failure: 'malformed',
    message: expect.stringContaining('shows where it ends'),
  })
  expect(await source(await serveUnframed(INFO + good(12))).readNow()).toMatchObject({ ok: true })
})

test('no message holds a secret of the target', async () => {
  const server = await serve((_, response) => response.writeHead(302, { Location: '/hunter2' }).end('hunter2'))
  const address = `${server.origin.replace('//', '//hunter2:hunter2@')}/metrics?key=hunter2`
  const token = () => 'hunter2\n'
  const sources = [
    source(address),
    source(address, { token }),
    source('http://hunter2@127.0.0.1:1/metrics?key=hunter2'),
    source('http://hunter2@169.254.169.254/metrics?key=hunter2'),
  ]
  for (const { name, readNow } of sources) {
    const read = await readNow()
    expect(read.ok).toBe(false)
    expect(JSON.stringify([name, read])).not.toContain('hunter2')
  }
  expect(() => source('hunter2')).toThrow(
    new TypeError('Expected the URL of a target to be checked before a source is made'),
  )
})

test('whatever a target answers is a value, and only counts are read', { timeout: FUZZ_TIMEOUT_MS }, async () => {
  let next: Buffer = Buffer.alloc(0)
  let type = TEXT
  const server = await serve((request, response) => answer(next, type)(request, response))
  const { readNow } = source(server.origin, { maxSeries: 10, maxBytes: 400 })
  const journeys = bodies.map(({ text }) => ({ text: `${INFO}${good(7)}${text}` }))
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(journeys, bodies),
      edits,
      fc.constantFrom(TEXT, OPENMETRICS, 'x'),
      async (one, changes, as) => {
        next = edit(Buffer.from(one.text), changes)
        type = as
        const read = await readNow()
        const counts = read.ok ? read.reading.steps.flatMap((step) => [...step.counts]) : []
        expect(counts.every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true)
        expect(read.ok || read.message !== '').toBe(true)
      },
    ),
    { numRuns: fuzzRuns(0.05) },
  )
})
