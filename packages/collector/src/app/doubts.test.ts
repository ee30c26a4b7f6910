import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HAND_OVER_PATH, HAND_OVER_SCHEMA } from '@tabiji/core/journey'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statusCommand } from '../cli/measure/status.ts'
import { AVAILABILITY, definitionOf, MINUTE, NOON } from '../jobs/testing/books.ts'
import { runCli } from '../testing/captured-io.ts'
import { configIn } from '../testing/config.ts'
import { type Addresses, type App, createApp, createLog } from './app.ts'

const STARTED = new Date(NOON).toISOString()

describe.sequential('a process that is gone without a last word', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-'))
  const clock = { now: NOON }
  const process = { id: 'p-1', good: 0 }
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(
      `journey_step_events_total{journey="checkout",step="pay",outcome="good"} ${process.good}\n` +
        `journey_definition_info{process_id="${process.id}",fingerprint="f",sdk_version="0",started_at="${STARTED}"} 1\n`,
    )
  })
  let app: App
  let doors: Addresses

  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
    const definition = definitionOf(AVAILABILITY)
    const config = configIn(folder, {
      targets: [{ service: 'shop', url, intervalMs: 15_000, timeoutMs: 5_000 }],
    })
    const loadDefinition = () => ({ ok: true, definition }) as const
    app = createApp(config, definition, { now: () => clock.now, log: createLog('silent'), loadDefinition })
    doors = await app.open()
    await app.turns.read()
    await read(60)
    process.id = 'p-2'
    await read(5)
  })

  afterAll(async () => {
    await app.stop()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function read(good: number): Promise<void> {
    clock.now += MINUTE
    process.good = good
    await app.turns.read()
  }

  const get = async (path: string) => (await fetch(`${doors.api}${path}`)).text()
  const doubts = async (state: string) => JSON.parse(await get(`/api/v1/doubts?state=${state}`)) as object
  const handOver = () =>
    fetch(`${doors.ingest}${HAND_OVER_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        schema: HAND_OVER_SCHEMA,
        processId: 'p-1',
        service: 'shop',
        startedAt: STARTED,
        at: new Date(NOON + 90_000).toISOString(),
        sentAt: new Date(clock.now).toISOString(),
        final: true,
        fingerprint: 'f',
        sdkVersion: '0',
        steps: [{ journey: 'checkout', step: 'pay', counts: [72, 0, 3, 0] }],
      }),
    })

  test('is told by the API, by status, by the metrics and in the month, and is in no other figure', async () => {
    const doubt = {
      service: 'shop',
      from: '2026-10-15T12:01:00+09:00',
      to: '2026-10-15T12:02:00+09:00',
      estimate: [60, 0, 0, 0],
    }
    expect(await doubts('open')).toEqual({ doubts: [{ process: 'p-1', ...doubt }] })
    const { stdout } = await runCli([statusCommand], ['status', '--url', doors.api])
    expect(stdout).toContain('in doubt: 1 stretch of the last 30 days, about 60 events (estimate)')
    expect(await get('/metrics')).toContain('tabiji_doubts_unsettled{service="shop"} 1')
    const facts = JSON.parse(await get('/api/v1/months/2026-10/facts')) as { doubts: unknown; journeys: object[] }
    expect(facts.doubts).toEqual([doubt])
    expect(facts.journeys[0]).toMatchObject({ steps: [{}, { name: 'pay', counts: [65, 0, 0, 0] }] })
  })

  test('is in doubt no more once its last word came after all, which is booked where it belongs', async () => {
    expect((await handOver()).status).toBe(200)
    expect(await doubts('open')).toEqual({ doubts: [] })
    expect(await doubts('all')).toMatchObject({ doubts: [{ process: 'p-1', settledAt: '2026-10-15T12:02:00+09:00' }] })
    const { stdout } = await runCli([statusCommand], ['status', '--url', doors.api])
    expect(stdout).not.toContain('in doubt')
    expect(await get('/metrics')).not.toContain('tabiji_doubts_unsettled{')
    const facts = await get('/api/v1/months/2026-10/facts')
    expect(facts).not.toContain('"doubts"')
    expect(facts).toContain('"counts":[77,0,3,0]')
  })
})
