import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, createLog } from '@tabiji/collector'
import { OUTCOMES } from '@tabiji/core/journey'
import { unpackEntries } from '@tabiji/core/ledger'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { AVAILABILITY, definitionOf } from '../../../packages/collector/src/jobs/testing/books.ts'
import { openOn } from '../../../packages/collector/src/jobs/testing/ledger-on-file.ts'
import { temporaryFolder } from '../../../packages/collector/src/store/testing/temporary-folder.ts'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { encodePush, type SentPoint } from '../../../packages/collector/src/wire/testing/otlp-bodies.ts'

vi.setConfig({ testTimeout: 120_000 })

const BIRTH = Date.parse('2026-10-15T12:00:00+09:00')
const START = BIRTH + 1_000
const STEPS = ['pay', 'cart'] as const
const SERVICES = ['by-scrape', 'by-sums', 'by-additions'] as const

const definition = definitionOf(AVAILABILITY)

/** What happens until the next look at the services: how long it takes, and events by step and outcome. */
type Turn = { readonly waitMs: number; readonly events: readonly (readonly number[])[] }

const count = fc.nat(50)
const events = fc.tuple(count, count, count, count)
const anyTurns: fc.Arbitrary<Turn[]> = fc.array(
  fc.record({
    waitMs: fc.oneof({ weight: 3, arbitrary: fc.constant(15_000) }, fc.integer({ min: 100, max: 200_000 })),
    events: fc.tuple(events, events),
  }),
  { minLength: 40, maxLength: 40 },
)

const eachCounter = (counts: readonly (readonly number[])[]) =>
  STEPS.flatMap((step, s) => OUTCOMES.map((outcome, o) => ({ step, outcome, n: counts[s]?.[o] ?? 0 })))

test('the same traffic by scrape, by sums and by additions comes to the same books, slot by slot', async () => {
  const [turns = []] = fc.sample(anyTurns, { numRuns: 1, seed: 20_261_015 })
  const truth = STEPS.map(() => [0, 0, 0, 0])
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    const lines = eachCounter(truth).map(
      ({ step, outcome, n }) =>
        `journey_step_events_total{journey="checkout",step="${step}",outcome="${outcome}"} ${n}\n`,
    )
    const started = new Date(START).toISOString()
    const who = `journey_definition_info{process_id="p-1",fingerprint="f",sdk_version="0",started_at="${started}"} 1\n`
    response.end(lines.join('') + who)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
  const config = configIn(temporaryFolder(), {
    targets: [{ service: 'by-scrape', url, intervalMs: 15_000, timeoutMs: 5_000 }],
    otlp: { services: ['by-sums', 'by-additions'], intervalMs: 15_000 },
  })
  const clock = { now: BIRTH }
  const surroundings = {
    now: () => clock.now,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }) as const,
  }
  const app = createApp(config, definition, surroundings)
  const { ingest } = await app.open()
  const push = async (service: string, temporality: 1 | 2, points: readonly SentPoint[]) => {
    const attributes = { 'service.name': service, 'service.instance.id': service }
    const body = encodePush([{ attributes, metrics: [{ name: 'journey.step.events', temporality, points }] }]).json
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${ingest}/v1/metrics`, {
      method: 'POST',
      headers,
      body: body as NonNullable<RequestInit['body']>,
    })
    expect([response.status, await response.text()]).toEqual([200, '{}'])
  }
  const pointsOf = (counts: readonly (readonly number[])[], from: number) =>
    eachCounter(counts).map(({ step, outcome, n }) => ({
      attributes: { journey: 'checkout', step, outcome },
      from,
      to: clock.now,
      asInt: BigInt(n),
    }))
  clock.now = START
  for (const turn of turns) {
    const from = clock.now
    clock.now += turn.waitMs
    for (const [s, row] of truth.entries())
      for (const o of row.keys()) row[o] = (row[o] ?? 0) + (turn.events[s]?.[o] ?? 0)
    await Promise.all([
      app.turns.read(),
      push('by-sums', 2, pointsOf(truth, START)),
      push('by-additions', 1, pointsOf(turn.events, from)),
    ])
  }
  await app.stop()

  const open = openOn(config.storeFile)
  onTestFinished(open.close)
  const accounts = open.store.accounts()
  const slots = new Map<string, Map<string, readonly number[]>>(SERVICES.map((service) => [service, new Map()]))
  for (const { start, width, body } of open.store.rows(0, Number.MAX_SAFE_INTEGER)) {
    unpackEntries(body, (number, ...told) => {
      const { service = '', step } = accounts[number] ?? {}
      const of = slots.get(service)
      const key = `${step} ${start}/${width}`
      const before = of?.get(key) ?? [0, 0, 0, 0]
      of?.set(
        key,
        before.map((n, i) => n + (told[i] ?? 0)),
      )
    })
  }
  const [scrape, sums, additions] = SERVICES.map((service) => Object.fromEntries(slots.get(service) ?? []))
  expect(Object.keys(scrape ?? {}).length).toBeGreaterThan(turns.length)
  expect(sums).toEqual(scrape)
  expect(additions).toEqual(scrape)
  const total = STEPS.map((step) => {
    const rows = Object.entries(additions ?? {}).filter(([key]) => key.startsWith(`${step} `))
    return OUTCOMES.map((_, i) => rows.reduce((sum, [, counts]) => sum + (counts[i] ?? 0), 0))
  })
  expect(total).toEqual(truth)
})
