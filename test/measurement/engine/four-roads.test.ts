import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
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
import { startPrometheus } from '../ruler/testing/prometheus.ts'

vi.setConfig({ testTimeout: 120_000 })

const BIRTH = Date.parse('2026-10-15T12:00:00+09:00')
const START = BIRTH + 1_000
const STEPS = ['pay', 'cart'] as const
const SERVICES = ['by-scrape', 'by-sums', 'by-additions', 'by-engine'] as const

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

/** A real Prometheus that scraped at the end of every turn, long ago. */
async function prometheusOf(turns: readonly Turn[]) {
  const folder = temporaryFolder()
  const target = 'job="by-engine",instance="10.0.0.7:9464"'
  const started = new Date(START).toISOString()
  const who = `journey_definition_info{${target},process_id="p-2",fingerprint="f",sdk_version="0",started_at="${started}"}`
  const truth = STEPS.map(() => [0, 0, 0, 0])
  const lines = new Map<string, string[]>()
  const scraped = (series: string, value: number, at: number) => {
    lines.set(series, [...(lines.get(series) ?? []), `${series} ${value} ${(at / 1000).toFixed(3)}\n`])
  }
  let at = START
  for (const turn of turns) {
    at += turn.waitMs
    addTo(truth, turn)
    scraped(who, 1, at)
    for (const { step, outcome, n } of eachCounter(truth)) {
      scraped(`journey_step_events_total{${target},journey="checkout",step="${step}",outcome="${outcome}"}`, n, at)
    }
  }
  const file = join(folder, 'scraped.txt')
  writeFileSync(file, `${[...lines.values()].flat().join('')}# EOF\n`)
  const words = ['tsdb', 'create-blocks-from', 'openmetrics', file, join(folder, 'tsdb')]
  const { status, stderr } = spawnSync('promtool', words, { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  const prometheus = await startPrometheus(folder, '127.0.0.1:1')
  onTestFinished(() => prometheus.close())
  return prometheus
}

function addTo(truth: readonly number[][], turn: Turn): void {
  for (const [s, row] of truth.entries())
    for (const o of row.keys()) row[o] = (row[o] ?? 0) + (turn.events[s]?.[o] ?? 0)
}

const engineAt = (url: string) => ({
  name: 'prometheus',
  url,
  services: ['by-engine'],
  serviceLabel: 'job',
  match: {},
  intervalMs: 15_000,
  delayMs: 0,
  timeoutMs: 10_000,
})

/** Counts in the books by service, and in that by step and slot. */
function slotsIn(file: string) {
  const open = openOn(file)
  onTestFinished(open.close)
  const accounts = open.store.accounts()
  const slots: Record<string, Record<string, readonly number[]>> = {}
  for (const { start, width, body } of open.store.rows(0, Number.MAX_SAFE_INTEGER)) {
    unpackEntries(body, (number, ...told) => {
      const { service = '', step } = accounts[number] ?? {}
      const of = slots[service] ?? {}
      slots[service] = of
      const key = `${step} ${start}/${width}`
      of[key] = (of[key] ?? [0, 0, 0, 0]).map((n, i) => n + (told[i] ?? 0))
    })
  }
  return slots
}

test('the same traffic by scrape, sums, additions and an engine comes to the same books, slot by slot', async () => {
  const [turns = []] = fc.sample(anyTurns, { numRuns: 1, seed: 20_261_015 })
  const truth = STEPS.map(() => [0, 0, 0, 0])
  const prometheus = await prometheusOf(turns)
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
    engines: [engineAt(prometheus.url)],
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
    addTo(truth, turn)
    await Promise.all([
      app.turns.read(),
      push('by-sums', 2, pointsOf(truth, START)),
      push('by-additions', 1, pointsOf(turn.events, from)),
    ])
  }
  await app.stop()

  const slots = slotsIn(config.storeFile)
  const [scrape, sums, additions, engine] = SERVICES.map((service) => slots[service])
  expect(Object.keys(scrape ?? {}).length).toBeGreaterThan(turns.length)
  expect(sums).toEqual(scrape)
  expect(additions).toEqual(scrape)
  expect(engine).toEqual(scrape)
  const total = STEPS.map((step) => {
    const rows = Object.entries(additions ?? {}).filter(([key]) => key.startsWith(`${step} `))
    return OUTCOMES.map((_, i) => rows.reduce((sum, [, counts]) => sum + (counts[i] ?? 0), 0))
  })
  expect(total).toEqual(truth)

  // A ledger that is born when all of it is over, and is told only what the engine kept.
  const late = configIn(temporaryFolder(), { engines: [engineAt(prometheus.url)] })
  const afterwards = createApp(late, definition, surroundings)
  await afterwards.turns.read()
  await afterwards.stop()
  expect(slotsIn(late.storeFile)['by-engine']).toEqual(scrape)
})
