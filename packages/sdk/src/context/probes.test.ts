import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { PROBE_HEADER, PROBE_PURPOSE, probeHeader, probeText, readProbeHeader } from '@tabiji/core/journey'
import { afterEach, expect, test } from 'vitest'
import { onLoopback } from '../testing/on-loopback.ts'
import { storageRecorder } from '../testing/storage.ts'

const KEY = 'a key that both of them have'
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

const sealed = (key: string, at: number) => {
  const text = probeText('from-outside', Math.floor(at / 1000))
  const seal = createHmac('sha256', key).update(PROBE_PURPOSE).update(text).digest().subarray(0, 16)
  return { [PROBE_HEADER]: probeHeader(text, seal.toString('base64url')) }
}

/** A service with the SDK on loopback, and a way to ask it that returns once the event is booked. */
async function served(trust: object | undefined, status = 204) {
  const booked: (() => void)[] = []
  const storage = storageRecorder({
    ...(trust !== undefined && { context: { trust } }),
    onEvent: (event) => {
      seen.push(event)
      booked.shift()?.()
    },
  })
  const seen: unknown[] = []
  const listener = storage.recorder.node((_request, response) => void response.writeHead(status).end(), { match: true })
  const { url, close } = await onLoopback(createServer(listener))
  ends.push(close)
  const put = async (headers: Record<string, string> = {}) => {
    const done = new Promise<void>((resolve) => booked.push(resolve))
    await fetch(`${url}/photos/1`, { method: 'PUT', headers })
    await done
  }
  return { ...storage, put, seen }
}

const probes = async (lines: () => Promise<string[]>) =>
  (await lines()).filter((line) => line.startsWith('journey_probe_events_total') && !line.endsWith(' 0'))

test('a request that proves to be a probe’s is counted apart and moves nothing else', async () => {
  const { put, time, lines, seen } = await served({ probes: { signed: KEY } })
  const before = (await lines()).filter((line) => !line.includes('journey_probe_'))
  await put(sealed(KEY, time.epoch()))
  await put(sealed(KEY, time.epoch()))
  expect((await lines()).filter((line) => !line.includes('journey_probe_'))).toEqual(before)
  expect(await probes(lines)).toEqual(['journey_probe_events_total{journey="keep-photos",step="put",outcome="good"} 2'])
  expect(seen).toMatchObject([{ probed: true }, { probed: true }])
})

test.each([
  ['another key', (at: number) => sealed('a key that nobody has', at), 'untrusted'],
  ['a name of its own choice and no seal', () => ({ [PROBE_HEADER]: 'from-outside' }), 'untrusted'],
  ['the seal of another moment', (at: number) => sealed(KEY, at - 301_000), 'stale'],
  ['a seal from the future', (at: number) => sealed(KEY, at + 302_000), 'stale'],
])('with %s an error cannot be hidden: it is a customer’s', async (_what, header, reason) => {
  const { put, time, counted } = await served({ probes: { signed: KEY } }, 500)
  await put(header(time.epoch()))
  expect(await counted()).toEqual([
    'journey_step_events_total{journey="keep-photos",step="put",outcome="error"} 1',
    `journey_sdk_dropped_total{reason="${reason}"} 1`,
  ])
})

test('a service that believes no probe counts it as a customer, and has no such metric', async () => {
  const { put, time, counted, lines } = await served(undefined)
  await put(sealed(KEY, time.epoch()))
  expect(await counted()).toEqual(['journey_step_events_total{journey="keep-photos",step="put",outcome="good"} 1'])
  expect((await lines()).filter((line) => line.includes('journey_probe_'))).toEqual([])
})

test('what is done for a probe is a probe’s at the next service, too, and nowhere else', async () => {
  const web = storageRecorder({
    context: { trust: { probes: { signed: KEY }, outgoing: { to: ['storage.internal'] } } },
  })
  const told: Record<string, string>[] = []
  const listener = web.recorder.node(
    (_request, response) => {
      told.push(web.recorder.headers({ to: 'http://storage.internal/' }), web.recorder.headers({ to: 'http://other/' }))
      response.end()
    },
    { match: true },
  )
  const { url, close } = await onLoopback(createServer(listener))
  ends.push(close)
  await fetch(`${url}/photos/1`, { method: 'PUT', headers: sealed(KEY, web.time.epoch()) })
  await fetch(`${url}/photos/1`, { method: 'PUT' })
  expect(readProbeHeader(told[0]?.[PROBE_HEADER] ?? '')).toBeDefined()
  expect(told.slice(1).map((headers) => headers[PROBE_HEADER])).toEqual([undefined, undefined, undefined])
  const storage = await served({ probes: { signed: KEY } })
  storage.time.advance(web.time.epoch() - storage.time.epoch())
  await storage.put(told[0])
  expect(await probes(storage.lines)).toHaveLength(1)
})

test('a short key is refused at the start, and is in no message', () => {
  const start = () => storageRecorder({ context: { trust: { probes: { signed: 'hunter2' } } } })
  expect(start).toThrow(/^(?!.*hunter2).*context\.trust\.probes\.signed/)
})
