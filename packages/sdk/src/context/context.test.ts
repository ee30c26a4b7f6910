import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { journeyProducer } from '../otel.ts'
import { storageJourneys, storageRecorder } from '../testing/storage.ts'
import type { ContextOptions } from './context.ts'

const KEY = 'a key that both of them have'
const BORROWED = { 'measure-feet': ['keep-photos'] } as const
const version = storageJourneys.fingerprint.slice(0, 8)
const COUNTED =
  'journey_dependency_events_total{journey="measure-feet",service_step="keep-photos.put",outcome="good"} 1'

/** A service that passes work on, and one that does it. */
function two(worker: ContextOptions = {}, sender: ContextOptions = {}) {
  return {
    web: storageRecorder({ context: sender }),
    storage: storageRecorder({ context: { borrowed: BORROWED, ...worker } }),
  }
}

/** What the sender carries while its event goes on. */
async function carriedBy({ recorder }: ReturnType<typeof storageRecorder>): Promise<string | undefined> {
  return recorder.run('measure-feet', 'find', () => recorder.carry())
}

describe('a job that was queued for another journey', () => {
  test('counts for its own step as always, and as a dependency beside it', async () => {
    const { web, storage } = two()
    const from = await carriedBy(web)
    expect(from).toBe(`measure-feet.find;v=${version}`)
    await storage.recorder.run('keep-photos', 'put', () => undefined, { from })
    expect(await storage.counted()).toEqual([
      'journey_step_events_total{journey="keep-photos",step="put",outcome="good"} 1',
      COUNTED,
    ])
    expect(storage.events).toMatchObject([{ journey: 'keep-photos', step: 'put', borrowed: 'measure-feet' }])
  })

  test('has the verdict of its own step, waiting in the queue included', async () => {
    const { web, storage } = two()
    const from = await carriedBy(web)
    const startedAt = storage.time.epoch()
    storage.time.advance(900)
    await storage.recorder.run('keep-photos', 'put', () => storage.time.advance(101), { from, startedAt })
    await storage.recorder.run('keep-photos', 'put', (scope) => scope.fail('disk full'), { from })
    expect((await storage.counted()).filter((line) => line.includes('dependency'))).toEqual([
      COUNTED.replace('good', 'slow'),
      COUNTED.replace('good', 'error'),
    ])
  })

  test('passes the journey on as it came, also to jobs that run inside it', async () => {
    const { web, storage } = two()
    const from = await carriedBy(web)
    const seen = await storage.recorder.run(
      'keep-photos',
      'put',
      () => storage.recorder.run('keep-photos', 'sweep', () => [storage.recorder.current(), storage.recorder.carry()]),
      { from },
    )
    expect(seen).toEqual([{ journey: 'measure-feet', step: 'find', borrowed: true }, from])
    expect(await storage.counted()).toContain(COUNTED.replace('put', 'sweep'))
  })

  test('of the same journey is that journey’s own work, and nothing else', async () => {
    const { web, storage } = two()
    const from = await carriedBy(web)
    await storage.recorder.run('measure-feet', 'find', () => undefined, { from })
    expect(await storage.counted()).toEqual([
      'journey_step_events_total{journey="measure-feet",step="find",outcome="good"} 1',
    ])
  })

  test.each([
    ['of another form', 'malformed', 'measure-feet'],
    ['that is empty', 'malformed', ''],
    ['that is no text', 'malformed', { journey: 'measure-feet' } as unknown as string],
    ['of another journeys file', 'stale', 'measure-feet.find;v=00000000'],
    ['that nobody declares', 'unknown', `measure-feet.fly;v=${version}`],
    ['of the prototype', 'malformed', `__proto__.constructor;v=${version}`],
    ['that the service does not work for', 'not-borrowed', `view-result.read;v=${version}`],
  ])('with a journey %s is counted for its own step, and the drop with its reason', async (_what, reason, from) => {
    const { storage } = two()
    await storage.recorder.run('keep-photos', 'put', () => undefined, { from })
    expect(await storage.counted()).toEqual([
      'journey_step_events_total{journey="keep-photos",step="put",outcome="good"} 1',
      `journey_sdk_dropped_total{reason="${reason}"} 1`,
    ])
    expect(storage.problems.map(({ kind }) => kind)).toEqual([reason])
  })

  test('needs a seal where the service has a key, and its seal has no end', async () => {
    const { web, storage } = two(
      { trust: { incoming: { signed: KEY } } },
      { trust: { outgoing: { to: [], signed: KEY } } },
    )
    const from = (await carriedBy(web)) ?? ''
    const forged = [from.replace('find', 'send'), from.replace(/;t=.*/, ''), from.replace(/.{4}$/, 'AAAA')]
    for (const each of forged) await storage.recorder.run('keep-photos', 'put', () => undefined, { from: each })
    storage.time.advance(7 * 86_400_000)
    await storage.recorder.run('keep-photos', 'put', () => undefined, { from })
    expect(await storage.counted()).toEqual([
      'journey_step_events_total{journey="keep-photos",step="put",outcome="good"} 4',
      'journey_sdk_dropped_total{reason="untrusted"} 3',
      COUNTED,
    ])
  })
})

test('every series of a borrowed journey exists at zero from the start, and no other ever', async () => {
  const { storage } = two()
  const dependencies = async () => (await storage.lines()).filter((line) => line.includes('dependency'))
  const before = await dependencies()
  expect(before).toHaveLength(2 * 4)
  expect(before.filter((line) => !line.endsWith(' 0'))).toEqual([])
  for (const from of ['a.b;v=00000000', `view-result.read;v=${version}`, 'x'.repeat(1_000)]) {
    await storage.recorder.run('keep-photos', 'put', () => undefined, { from })
  }
  expect(await dependencies()).toEqual(before)
})

test('OpenTelemetry is told the same', async () => {
  const { web, storage } = two()
  const from = await carriedBy(web)
  await storage.recorder.run('keep-photos', 'put', (scope) => scope.fail('disk full'), { from })
  const { resourceMetrics } = await journeyProducer(storage.recorder).collect()
  const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)
  const points = metrics.find(({ descriptor }) => descriptor.name === 'journey.dependency.events')?.dataPoints ?? []
  expect(points).toHaveLength(2 * 4)
  const labels = { journey: 'measure-feet', service_step: 'keep-photos.put', outcome: 'error' }
  expect(points.filter(({ value }) => value !== 0)).toMatchObject([{ attributes: labels, value: 1 }])
})

test('counters that find no collector wait in the spool with what was done for other journeys', async () => {
  const spool = mkdtempSync(join(tmpdir(), 'tabiji-spool-'))
  // Nobody listens on the discard port.
  const handOver = { url: 'http://127.0.0.1:9', spool, timeoutMs: 1_000 }
  const web = storageRecorder()
  const storage = storageRecorder({ context: { borrowed: BORROWED }, handOver })
  const from = await carriedBy(web)
  await storage.recorder.run('keep-photos', 'put', () => undefined, { from })
  expect(await storage.recorder.close()).toMatchObject({ accepted: false, spooled: true })
  const [file = ''] = readdirSync(spool)
  expect(JSON.parse(readFileSync(join(spool, file), 'utf8'))).toMatchObject({
    dependencies: [
      { journey: 'measure-feet', serviceStep: 'keep-photos.put', counts: [1, 0, 0, 0] },
      { journey: 'measure-feet', serviceStep: 'keep-photos.sweep', counts: [0, 0, 0, 0] },
    ],
  })
  rmSync(spool, { recursive: true })
})

test('where nothing is borrowed there is no such metric', async () => {
  expect((await storageRecorder().lines()).filter((line) => line.includes('dependency'))).toEqual([])
})

test('where no event is going on there is no journey', async () => {
  const { recorder } = storageRecorder({ context: { trust: { outgoing: { to: ['storage.internal'] } } } })
  expect(recorder.current()).toBeUndefined()
  expect(recorder.carry()).toBeUndefined()
  expect(recorder.headers({ to: 'http://storage.internal/' })).toEqual({})
})

test('a header is written for listed hosts only', async () => {
  const { recorder } = storageRecorder({ context: { trust: { outgoing: { to: ['storage.internal'] } } } })
  await recorder.run('measure-feet', 'find', () => {
    const baggage = `tabiji=measure-feet.find;v=${version}`
    expect(recorder.headers({ to: 'http://storage.internal/photos' })).toEqual({ baggage })
    expect(recorder.headers({ to: new URL('https://storage.internal:8443/') })).toEqual({ baggage })
    expect(recorder.headers({ to: 'http://elsewhere.example/' })).toEqual({})
    expect(recorder.headers({ to: 'no address' })).toEqual({})
    expect(recorder.current()).toEqual({ journey: 'measure-feet', step: 'find', borrowed: false })
  })
})

test.each<[string, ContextOptions, RegExp]>([
  [
    'an unknown journey',
    { borrowed: { fly: ['keep-photos'] } },
    /`context\.borrowed` to name journeys .* got "fly"\. Known: /,
  ],
  ['an unknown own journey', { borrowed: { 'measure-feet': ['fly'] } }, /got "fly"/],
  [
    'a journey that works for itself',
    { borrowed: { 'measure-feet': ['measure-feet'] } },
    /other journeys that work for/,
  ],
  [
    'a short key',
    { trust: { incoming: { signed: 'hunter2' } } },
    /`context\.trust\.incoming\.signed` .* at least 16 .* got 7\.$/,
  ],
  ['a short key', { trust: { outgoing: { to: [], signed: 'hunter2' } } }, /^(?!.*hunter2).*outgoing\.signed/],
])('a service does not start with %s', (_what, context, message) => {
  expect(() => storageRecorder({ context })).toThrow(message)
})
