import type { RequestListener } from 'node:http'
import { defineJourneys } from '@tabiji/core/journey'
import { expect, onTestFinished, test } from 'vitest'
import { createRuler } from '../../sources/ruler.ts'
import { createOutgoing } from '../../wire/outgoing.ts'
import { serve } from '../../wire/testing/servers.ts'
import { createResults } from './results.ts'

const NOW = Date.parse('2026-11-20T12:02:00+09:00')
const INTERVAL = 30_000
const RULE = 'checkout/availability/level-1'
const signal = new AbortController().signal

const definition = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { write: '1s' },
  journeys: {
    checkout: { objectives: { availability: 99 }, steps: { pay: { http: 'POST /orders', within: 'write' } } },
  },
})

type Series = readonly [name: string, value: number, labels?: Readonly<Record<string, string>>]
const recorded = (target = 0.99): readonly Series[] => [
  ['slo:objective:ratio', target],
  ['slo:bad_events:increase5m', 1.2],
  ['slo:valid_events:increase5m', 59.8],
]

/** What an engine answers to a question, or a status of HTTP. */
type Says = (query: string) => readonly Series[] | number

/** Results that are read from a real server; the clock and the engine's mind are changed by the test. */
async function open(says: Says) {
  const world = { now: NOW, says, asked: [] as string[], warnings: [] as string[] }
  const listener: RequestListener = async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const query = new URLSearchParams(body).get('query') ?? ''
    world.asked.push(query)
    const answer = world.says(query)
    if (typeof answer === 'number') return void response.writeHead(answer).end()
    const result = answer.map(([name, value, labels = {}]) => ({
      metric: { __name__: name, sloth_id: 'checkout-availability', ...labels },
      value: [world.now / 1000, String(value)],
    }))
    const document = { status: 'success', data: { resultType: 'vector', result }, warnings: world.warnings }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))
  }
  const server = await serve(listener)
  const outgoing = createOutgoing()
  onTestFinished(() => outgoing.close())
  const told: string[] = []
  const access = { url: server.origin, headers: () => ({}), timeoutMs: 5_000 }
  const ruler = createRuler('prometheus', access, outgoing, { maxBytes: 100_000, maxSeries: 100 })
  const results = createResults(
    ruler,
    () => definition,
    INTERVAL,
    () => world.now,
    (message) => told.push(message),
  )
  return { world, told, results, poll: () => results.poll(signal) }
}

const answering =
  (results: readonly Series[], stretch: readonly Series[] = []): Says =>
  (query) =>
    query.startsWith('sum_over_time') ? stretch : query.startsWith('ALERTS') ? [] : results

test('what was read is known until three answers are missing; then somebody else must tell', async () => {
  const { world, results, told, poll } = await open(answering(recorded()))
  expect([results.rings(RULE), results.check().status]).toEqual([false, 'degraded'])
  await poll()
  expect(results.of('checkout/availability')).toMatchObject({ at: NOW, ruled: { targetPpm: 990_000 } })
  expect([results.rings(RULE), results.rings('checkout/availability/level-9'), results.check().status]).toEqual([
    true,
    false,
    'ok',
  ])
  world.says = () => 503
  world.now += INTERVAL * 3
  await poll()
  expect([results.rings(RULE), results.check().status]).toEqual([true, 'degraded'])
  expect(told).toEqual([expect.stringContaining('503')])
  world.now += 1
  expect([results.rings(RULE), results.of('checkout/availability')]).toEqual([false, undefined])
  expect(results.check().message).toContain('this collector tells of alerts itself meanwhile')
  world.says = answering(recorded())
  await poll()
  expect([results.rings(RULE), results.check().status]).toEqual([true, 'ok'])
})

test.each([
  ['an answer that is not whole', 'a store is not there', answering(recorded()), /no results .*not whole: a store/],
  ['rules that nobody loaded', undefined, answering([]), /no results of checkout\/availability: load the files/],
  ['rules of another file', undefined, answering(recorded(0.995)), /other targets for checkout\/availability/],
  [
    'two rulers behind one address',
    undefined,
    answering([...recorded(), ...recorded().map(([name, value]): Series => [name, value, { cluster: 'b' }])]),
    /told by several rulers, so nothing of them is shown/,
  ],
])('%s is said', async (_, warning, says, message) => {
  const { world, results, poll } = await open(says)
  if (warning !== undefined) world.warnings.push(warning)
  await poll()
  expect(results.check()).toMatchObject({ name: 'engine', status: 'degraded', message: expect.stringMatching(message) })
})

test('a month is added up in whole windows of the file’s zone, and one that is over is asked for once', async () => {
  const sums: Says = (query) => [['', query.includes('bad') ? 12.4 : 9_300.6]]
  const says: Says = (query) => (query.startsWith('sum_over_time') ? sums(query) : answering(recorded())(query))
  const { world, results, poll } = await open(says)
  await poll()
  expect(results.month('2026-11', 'checkout/availability')).toEqual({
    estimate: true,
    engine: 'prometheus',
    bad: 12,
    valid: 9_301,
    until: '2026-11-20T12:00:00+09:00',
  })
  expect(results.month('2026-10', 'checkout/availability')).toMatchObject({ until: '2026-11-01T00:00:00+09:00' })
  const stretches = () => world.asked.filter((query) => query.includes('valid_events:increase5m{job=""}['))
  const days = (query?: string) => (Number(/\[(\d+)ms:5m\]/.exec(query ?? '')?.[1]) + 1) / 86_400_000
  // October; then nineteen days and a half of November.
  expect(stretches().map(days)).toEqual([31, 19.5])
  for (let turn = 0; turn < 10; turn++) await poll()
  expect(stretches().map(days)).toEqual([31, 19.5, 19.5])
})
