import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, createApp, createLog } from '../../app/app.ts'
import { AVAILABILITY, definitionOf, NOON } from '../../jobs/testing/books.ts'
import type { AlertDetail, JourneyWork, Overview } from '../../ports/api.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { EXIT } from '../terminal/exit.ts'
import { dependenciesCommand } from './dependencies.ts'

const SLOT = 15_000

/** A service that says what it is told to have counted: its own events, and those of another journey. */
async function startTarget(id: string) {
  const counted: Record<string, number> = {}
  const info = `journey_definition_info{process_id="${id}",fingerprint="f",sdk_version="0",started_at="${new Date(NOON).toISOString()}"} 1\n`
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(
      Object.entries(counted)
        .map(([series, count]) => `${series} ${count}\n`)
        .join('') + info,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
  return { counted, server, url }
}

const own = (step: string, outcome: string) =>
  `journey_step_events_total{journey="checkout",step="${step}",outcome="${outcome}"}`
const done = (step: string, outcome: string) =>
  `journey_dependency_events_total{journey="checkout",service_step="${step}",outcome="${outcome}"}`

describe.sequential('dependencies of a journey, of a real collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-'))
  const clock = { now: NOON }
  const targets: Record<string, Awaited<ReturnType<typeof startTarget>>> = {}
  let app: App
  let api = ''
  const run = (...words: string[]) => runCli([dependenciesCommand], [...words, '--url', api])
  const get = async <Answer>(path: string) => (await (await fetch(`${api}/api/v1${path}`)).json()) as Answer

  beforeAll(async () => {
    for (const service of ['shop', 'bank', 'stock']) targets[service] = await startTarget(service)
    const definition = definitionOf(AVAILABILITY)
    const listed = Object.entries(targets).map(([service, { url }]) => ({
      service,
      url,
      intervalMs: SLOT,
      timeoutMs: 5_000,
    }))
    app = createApp(configIn(folder, { targets: listed, routes: { 1: [], 2: [], 3: [] } }), definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    ;({ api } = await app.open())
    await pass({})
  })

  afterAll(async () => {
    await app.stop()
    for (const { server } of Object.values(targets)) server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Adds to what each service counted, and reads it. */
  async function pass(more: Readonly<Record<string, Readonly<Record<string, number>>>>): Promise<void> {
    for (const [service, { counted }] of Object.entries(targets)) {
      for (const [series, count] of Object.entries(more[service] ?? {}))
        counted[series] = (counted[series] ?? 0) + count
      counted[own('pay', 'good')] ??= 0
    }
    clock.now += SLOT
    await app.turns.read()
    app.turns.evaluate()
  }

  test('each service is told with its step, its counts, its share of bad events, the worst first', async () => {
    await pass({
      shop: { [own('pay', 'good')]: 60, [own('pay', 'error')]: 40 },
      stock: { [done('reserve.take', 'good')]: 99, [done('reserve.take', 'slow')]: 1 },
      bank: { [done('pay-out.charge', 'error')]: 40, [done('pay-out.charge', 'good')]: 60 },
    })
    const { exit, stdout } = await run('dependencies', 'checkout')
    expect([exit, stdout]).toEqual([
      EXIT.fine,
      `SERVICE  STEP            ROLE        GOOD  SLOW  ERROR  EXCLUDED  BAD
shop     pay             own         60    0     40     0         40.0 %
bank     pay-out.charge  dependency  60    0     40     0         40.0 %, WORST
stock    reserve.take    dependency  99    1     0      0         1.0 %
2026-10-15 11:00 +09:00 to 2026-10-15 12:00 +09:00 · bad: slow or failed
`,
    ])
  })

  test('no objective counts them', async () => {
    const { journeys } = await get<Overview>('/journeys')
    expect(journeys[0]?.objectives.map(({ bad, valid }) => ({ bad, valid }))).toEqual([{ bad: 40, valid: 100 }])
  })

  test('an alert names the worst of them', async () => {
    const { alerts } = await get<{ alerts: readonly AlertDetail[] }>('/alerts?level=1')
    expect(alerts[0]?.facts.worstDependencies).toEqual([
      { service: 'bank', step: 'pay-out.charge', bad: 40, valid: 100 },
    ])
  })

  test('a window tells only what was done in it', async () => {
    clock.now += 600_000
    await pass({})
    await pass({ stock: { [done('reserve.take', 'good')]: 3 } })
    const work = await get<JourneyWork>('/journeys/checkout/dependencies?window=5m')
    expect(work).toMatchObject({ journey: 'checkout', window: { ms: 300_000 }, own: [] })
    expect(work.dependencies.map(({ service, counts, bad, valid }) => ({ service, counts, bad, valid }))).toEqual([
      { service: 'stock', counts: [3, 0, 0, 0], bad: 0, valid: 3 },
      { service: 'bank', counts: [0, 0, 0, 0], bad: 0, valid: 0 },
    ])
    expect(work.worst).toEqual([])
  })

  test.each(['0', '1', '30s', '500d', 'month', '-1h', ''])('the window %j is refused', async (window) => {
    const response = await fetch(`${api}/api/v1/journeys/checkout/dependencies?window=${window}`)
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'DEPENDENCIES_WINDOW' } }])
  })

  test('a journey that nobody knows is refused with the known ones', async () => {
    const { exit, stderr } = await run('dependencies', 'chekout')
    expect([exit, stderr]).toEqual([EXIT.no, expect.stringContaining('known: checkout')])
  })
})
