import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, createApp, createLog } from '../../app/app.ts'
import { folderWith } from '../../config/testing/folder.ts'
import { AVAILABILITY, definitionOf, NOON } from '../../jobs/testing/books.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { alertsCommand } from '../alert/alerts.ts'
import { EXIT } from '../terminal/exit.ts'
import { importCommand } from './import.ts'
import { statusCommand } from './status.ts'

const SLOT = 15_000

/** A target that says what it is told to have counted. */
async function startTarget() {
  const counted = { good: 0, error: 0 }
  const line = (outcome: string, count: number) =>
    `journey_step_events_total{journey="checkout",step="pay",outcome="${outcome}"} ${count}\n`
  const info = `journey_definition_info{process_id="p-1",fingerprint="f",sdk_version="0",started_at="${new Date(NOON).toISOString()}"} 1\n`
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(`${line('good', counted.good)}${line('error', counted.error)}${info}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { counted, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics` }
}

describe.sequential('what the commands say of a real collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-'))
  const clock = { now: NOON }
  let app: App
  let api = ''
  let target: Awaited<ReturnType<typeof startTarget>>
  const run = (...words: string[]) => runCli([statusCommand, alertsCommand], [...words, '--url', api])

  beforeAll(async () => {
    target = await startTarget()
    const definition = definitionOf(AVAILABILITY)
    app = createApp(
      configIn(folder, { targets: [{ service: 'shop', url: target.url, intervalMs: SLOT, timeoutMs: 5_000 }] }),
      definition,
      {
        now: () => clock.now,
        log: createLog('silent'),
        loadDefinition: () => ({ ok: true, definition }),
      },
    )
    ;({ api } = await app.open())
    await app.turns.read()
  })

  afterAll(async () => {
    await app.stop()
    target.server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function pass(good: number, error: number): Promise<void> {
    target.counted.good += good
    target.counted.error += error
    clock.now += SLOT
    await app.turns.read()
    app.turns.evaluate()
    await app.turns.deliver()
  }

  test('a healthy journey', async () => {
    await pass(1_000, 0)
    const { exit, stdout } = await run('status')
    expect(exit).toBe(EXIT.fine)
    expect(stdout).toMatch(/購入 checkout +availability +99\.00 % +100\.000 % +100\.0 % +0\.0x in 1h +HEALTHY/)
    expect(stdout).toContain('no open alerts')
  })

  test('a burning one, with what rings and why', async () => {
    await pass(500, 500)
    const { stdout } = await run('status', 'checkout')
    expect(stdout).toMatch(/75\.000 % +-2400\.0 % +25\.0x in 1h +SPENT, BURNING/)
    expect((await run('alerts', 'list', '--level', '1')).stdout).toMatch(/A-0001 +1 +FIRING +2026-10-15 12:00/)
    const { stdout: page } = await run('alerts', 'explain', 'A-0001')
    expect(page).toContain('receivers  none: nobody is told of this level')
    expect(page).toMatch(/History\n +2026-10-15 12:00.* +fired/)
  })

  test('a script can fail on it', async () => {
    expect((await run('status', '--fail-on', 'spent')).exit).toBe(EXIT.no)
    const { stdout } = await run('status', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ journeys: [{ name: 'checkout', objectives: [{ state: 'spent' }] }] })
  })

  test('a name that nobody knows is refused with the known ones', async () => {
    const { exit, stderr } = await run('status', 'chekout')
    expect([exit, stderr]).toEqual([EXIT.no, expect.stringContaining('known: checkout')])
    expect((await run('alerts', 'explain', 'A-9')).exit).toBe(EXIT.no)
  })
})

describe('tabiji import', () => {
  const files = {
    'tabiji.yaml': 'journeys: journeys.yaml\nstore: tabiji.db\ntargets: []\n',
    'journeys.yaml': `timeZone: Asia/Tokyo
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    objectives: { availability: 99 }
    steps: { pay: { http: 'POST /orders', within: 1s } }
`,
  }
  const line = (at: string, good: number) =>
    JSON.stringify({
      kind: 'reading',
      at,
      process: 'p',
      service: 'shop',
      steps: [{ journey: 'checkout', step: 'pay', counts: [good, 0, 0, 0] }],
    })

  test('says what it brought in', async () => {
    const history = `${line('2026-10-01T00:00:00Z', 5)}\n${line('2026-10-01T00:01:00Z', 25)}\n`
    const folder = folderWith({ ...files, 'history.ndjson': history })
    const words = ['import', join(folder, 'history.ndjson'), '--config', join(folder, 'tabiji.yaml')]
    const { exit, stdout, stderr } = await runCli([importCommand], words)
    expect([exit, stdout]).toEqual([EXIT.fine, '2 readings with 20 events, 0 incidents, 0 fixes\n'])
    // Nobody can know what was promised before the first file that was ever read.
    expect(stderr).toContain('what happened from 2026-10-01T09:00:00+09:00 on is judged by the journeys file of ')
    const again = await runCli([importCommand], [...words, '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ judgedBack: { from: '2026-10-01T09:00:00+09:00' } })
  })

  test('tells each mistake with its line, and changes nothing', async () => {
    const folder = folderWith({
      ...files,
      'history.ndjson': `${line('2026-10-01T00:00:00Z', 5)}\nnonsense\n{"kind":"fix"}\n`,
    })
    const words = ['import', join(folder, 'history.ndjson'), '--config', join(folder, 'tabiji.yaml')]
    const { exit, stderr } = await runCli([importCommand], words)
    expect(exit).toBe(EXIT.no)
    expect(stderr).toMatch(/history\.ndjson:2: [\s\S]*history\.ndjson:3: /)
  })

  test('without a configuration says how to name one', async () => {
    const { exit, stderr } = await runCli([importCommand], ['import', 'x', '--config', '/nowhere/tabiji.yaml'])
    expect([exit, stderr]).toEqual([EXIT.usage, expect.stringContaining('--config FILE')])
  })
})
