import { createRecorder, type RecorderOptions } from '@tabiji/sdk'
import fc from 'fast-check'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { journeys, listen, put, startStorage } from './testing/storage.ts'

const KEY = 'a key that both services have'
const BORROWED = { 'measure-feet': ['keep-photos'] }
const VERSION = journeys.fingerprint.slice(0, 8)
const HONEST = `tabiji=measure-feet.send;v=${VERSION}`
const OWN = 'journey_step_events_total{journey="keep-photos",step="put",outcome="good"}'
const DEPENDENCY =
  'journey_dependency_events_total{journey="measure-feet",service_step="keep-photos.put",outcome="good"}'
const dropped = (reason: string) => `journey_sdk_dropped_total{reason="${reason}"}`
const MEMBERS = 10_000

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()))
})

async function storage(...given: Parameters<typeof startStorage>) {
  const started = await startStorage(...given)
  open.push(started)
  return started
}

/** A service that calls others; it serves nothing here. */
function caller(context: RecorderOptions['context']) {
  return createRecorder(journeys, { registry: new Registry(), service: 'web', ...(context && { context }) })
}

const random = (() => {
  let seed = 20_261_125
  return (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed % below
  }
})()
const manyMembers = (key: (i: number) => string) =>
  Array.from({ length: MEMBERS }, (_, i) => `${key(i)}=${random(2 ** 31).toString(36)}`).join(',')

const HOSTILE: Readonly<Record<string, string | string[]>> = {
  'ten thousand random members': manyMembers(() => `k${random(2 ** 31).toString(36)}`),
  'ten thousand members that look like ours': manyMembers(() => 'tabiji'),
  'ten thousand journeys': Array.from({ length: MEMBERS }, (_, i) => `tabiji=journey-${i}.step;v=${VERSION}`).join(','),
  'ours behind ten thousand others': `${manyMembers((i) => `k${i}`)},${HONEST}`,
  'an oversized member': `tabiji=${'a'.repeat(300_000)}.send;v=${VERSION}`,
  'an oversized member of small parts': `tabiji=${'measure-feet.send;'.repeat(10_000)}`,
  'rubbish in percent': `tabiji=%00%ff%C0%AF%zz%6d%65asure-feet.send;v=${VERSION}`,
  'our names in percent': `tabiji=measure%2Dfeet.send;v=${VERSION}`,
  'two of ours': `${HONEST},${HONEST}`,
  'two headers': [HONEST, `tabiji=view-result.read;v=${VERSION}`],
  'a journey of the prototype': `tabiji=constructor.prototype;v=${VERSION}`,
  'an invented journey': `tabiji=invented.step;v=${VERSION}`,
  'an invented step': `tabiji=measure-feet.invented;v=${VERSION}`,
  'a definition of long ago': 'tabiji=measure-feet.send;v=00000000',
  'labels of a metric': 'tabiji=a"} 1\\n journey_step_events_total{journey="x.send;v=01234567',
  'an invented seal': `${HONEST};t=sqn2m0;s=AAAAAAAAAAAAAAAAAAAAAA`,
  'an empty seal': `${HONEST};t=sqn2m0;s=`,
  'nothing but signs': 'tabiji=;;;===,,,=,;',
}

describe.each<[string, RecorderOptions['context']]>([
  ['by default', undefined],
  ['trusting nobody', { borrowed: BORROWED }],
  ['trusting only who it knows', { borrowed: BORROWED, trust: { incoming: { when: () => false } } }],
  ['trusting only sealed journeys', { borrowed: BORROWED, trust: { incoming: { signed: KEY } } }],
])('a service %s', (_name, context) => {
  const isRead = context?.trust !== undefined
  test.each(Object.entries(HOSTILE))('counts %s for its own step and nothing else', async (_what, baggage) => {
    const service = await storage(context)
    const before = await service.series()
    expect(await put(service.url, { baggage })).toBe(204)
    const after = await service.series()
    expect(Object.keys(after)).toEqual(Object.keys(before))
    const refused = isRead && after[dropped('untrusted')] === 1
    expect(await service.above()).toEqual({ [OWN]: 1, ...(refused && { [dropped('untrusted')]: 1 }) })
  })

  test('is moved by no header that anybody could invent', async () => {
    const service = await storage(context)
    const before = Object.keys(await service.series())
    const part = fc.constantFrom(
      'tabiji',
      '=',
      ';',
      ',',
      '.',
      ' ',
      '\t',
      '%',
      `v=${VERSION}`,
      't=1',
      's=',
      'measure-feet',
    )
    const text = fc.oneof(
      fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.string({
        unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
        maxLength: 200,
      }),
      fc.string({ maxLength: 40 }).map((tail) => `${HONEST};t=1;s=${encodeURIComponent(tail)}`),
    )
    let sent = 0
    await fc.assert(
      fc.asyncProperty(
        text.filter((value) => !/[\x7f]/.test(value)),
        async (baggage) => {
          sent++
          expect(await put(service.url, { baggage })).toBe(204)
        },
      ),
      { numRuns: process.env['TABIJI_FULL'] === '1' ? 20_000 : 150 },
    )
    expect(Object.keys(await service.series())).toEqual(before)
    const { [OWN]: own, [dropped('untrusted')]: _, ...rest } = await service.above()
    expect([own, rest]).toEqual([sent, {}])
  })
})

describe('a request of a service that is trusted', () => {
  test('counts for its own step and as a dependency', async () => {
    const trust = {
      incoming: { when: ({ headers }: { headers: NodeJS.Dict<string | string[]> }) => headers['x-inside'] === 'yes' },
    }
    const service = await storage({ borrowed: BORROWED, trust })
    await put(service.url, { baggage: `other=1, ${HONEST} , more=2;p`, 'x-inside': 'yes' })
    await put(service.url, { baggage: HONEST, 'x-inside': 'no' })
    await put(service.url, { baggage: 'other=1', 'x-inside': 'yes' })
    expect(await service.above()).toEqual({ [OWN]: 3, [DEPENDENCY]: 1, [dropped('untrusted')]: 1 })
  })

  test.each([
    ['malformed', `${HONEST},${HONEST}`],
    ['stale', 'tabiji=measure-feet.send;v=00000000'],
    ['unknown', `tabiji=measure-feet.invented;v=${VERSION}`],
    ['not-borrowed', `tabiji=view-result.read;v=${VERSION}`],
  ])('but brings what is %s is counted for its own step, and the drop with its reason', async (reason, baggage) => {
    const service = await storage({ borrowed: BORROWED, trust: { incoming: { when: () => true } } })
    await put(service.url, { baggage })
    expect(await service.above()).toEqual({ [OWN]: 1, [dropped(reason)]: 1 })
  })

  test('is not trusted when the question throws, and goes on', async () => {
    const broken = () => {
      throw new Error('no certificate')
    }
    const service = await storage({ borrowed: BORROWED, trust: { incoming: { when: broken } } })
    expect(await put(service.url, { baggage: HONEST })).toBe(204)
    expect(await service.above()).toEqual({ [OWN]: 1, [dropped('untrusted')]: 1 })
  })

  test('is known by its seal for five minutes', async () => {
    const clock = { now: () => performance.now(), ahead: 0, epoch: () => Date.now() + clock.ahead }
    const service = await storage({ borrowed: BORROWED, trust: { incoming: { signed: KEY } } }, { time: clock })
    const web = caller({ trust: { outgoing: { to: ['127.0.0.1'], signed: KEY } } })
    const stranger = caller({ trust: { outgoing: { to: ['127.0.0.1'], signed: 'another key, as long' } } })
    const sealed = await web.run('measure-feet', 'send', () => web.headers({ to: service.url }))
    await put(service.url, sealed)
    clock.ahead = 270_000
    await put(service.url, sealed)
    expect(await service.above()).toEqual({ [OWN]: 2, [DEPENDENCY]: 2 })
    clock.ahead = 330_000
    await put(service.url, sealed)
    clock.ahead = -330_000
    await put(service.url, sealed)
    clock.ahead = 0
    await put(service.url, await stranger.run('measure-feet', 'send', () => stranger.headers({ to: service.url })))
    expect(await service.above()).toEqual({
      [OWN]: 5,
      [DEPENDENCY]: 2,
      [dropped('stale')]: 2,
      [dropped('untrusted')]: 1,
    })
  })
})

describe('what a service sends', () => {
  let inside: Awaited<ReturnType<typeof startStorage>>
  let outside: Awaited<ReturnType<typeof startStorage>>
  beforeEach(async () => {
    ;[inside, outside] = [await storage(undefined), await storage(undefined)]
  })

  test('by its `fetch` tells listed hosts of the journey, and no others', async () => {
    const web = caller({ trust: { outgoing: { to: [inside.host] } } })
    await web.run('measure-feet', 'send', async () => {
      await web.fetch(`${inside.url}/photos`, { method: 'PUT', body: 'a photo', headers: { baggage: 'own=1' } })
      await web.fetch(`${outside.url}/photos`, { method: 'PUT' })
      await fetch(`${inside.url}/photos`, { method: 'PUT' })
    })
    await web.fetch(`${inside.url}/photos`, { method: 'PUT' })
    expect(inside.seen).toEqual([`own=1, ${HONEST}`, undefined, undefined])
    expect(outside.seen).toEqual([undefined])
  })

  test('is not passed on by a redirect to a host that is not listed, and is by one back', async () => {
    const door = await listen((request, response) => {
      response.writeHead(307, { location: `${request.url === '/in' ? inside.url : outside.url}/photos` }).end()
    })
    open.push(door)
    const web = caller({ trust: { outgoing: { to: [inside.host, door.host] } } })
    await web.run('measure-feet', 'send', async () => {
      await web.fetch(`${door.url}/out`, { method: 'PUT' })
      await web.fetch(`${door.url}/in`, { method: 'PUT' })
    })
    expect(outside.seen).toEqual([undefined])
    expect(inside.seen).toEqual([HONEST])
  })

  test('by the global `fetch` tells of the journey when that was asked for, once', async () => {
    const web = caller({ trust: { outgoing: { to: [inside.host], globalFetch: true } } })
    await web.run('measure-feet', 'send', async () => {
      await fetch(`${inside.url}/photos`, { method: 'PUT' })
      await fetch(`${outside.url}/photos`, { method: 'PUT' })
      await web.fetch(`${inside.url}/photos`, { method: 'PUT' })
    })
    await fetch(`${inside.url}/photos`, { method: 'PUT' })
    expect(inside.seen).toEqual([HONEST, HONEST, undefined])
    expect(outside.seen).toEqual([undefined])
  })

  test('keeps requests that go on at the same time apart', async () => {
    const web = caller({ trust: { outgoing: { to: [inside.host] } } })
    const send = () => web.fetch(`${inside.url}/photos`, { method: 'PUT' })
    const all = Array.from({ length: 40 }, (_, i) =>
      i % 2 === 0 ? web.run('measure-feet', 'send', send) : web.run('view-result', 'read', send),
    )
    await Promise.all(all)
    expect(inside.seen.filter((baggage) => baggage === HONEST)).toHaveLength(20)
    expect(inside.seen.filter((baggage) => baggage === `tabiji=view-result.read;v=${VERSION}`)).toHaveLength(20)
  })
})
