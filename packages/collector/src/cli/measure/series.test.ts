import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, createApp, createLog } from '../../app/app.ts'
import { AVAILABILITY, definitionOf, NOON } from '../../jobs/testing/books.ts'
import { startReceiver } from '../../notifiers/testing/receiver.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { seriesCommand } from './series.ts'

const SLOT = 15_000
const LATENCY = { ...AVAILABILITY, name: 'latency', indicator: 'latency' } as const

type Document = { readonly points: readonly Readonly<Record<string, unknown>>[]; readonly [key: string]: unknown }

describe('how an objective went, by the API and by the command', () => {
  const counted = { good: 0, slow: 0, error: 0 }
  const clock = { now: NOON }
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-'))
  let app: App
  let api = ''
  let shop: Awaited<ReturnType<typeof startReceiver>>

  const ask = async (query: string, accept = 'application/json') => {
    const answer = await fetch(`${api}/api/v1/journeys/checkout/series?${query}`, { headers: { accept } })
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
  }
  const documentOf = async (query: string) => JSON.parse((await ask(query)).text) as Document
  const run = (...words: string[]) => runCli([seriesCommand], ['series', 'checkout', ...words, '--url', api])
  const turn = async (more: Partial<typeof counted> = {}, ms = SLOT) => {
    clock.now += ms
    for (const each of ['good', 'slow', 'error'] as const) counted[each] += more[each] ?? 0
    await app.turns.read()
  }

  beforeAll(async () => {
    const line = (outcome: string, count: number) =>
      `journey_step_events_total{journey="checkout",step="pay",outcome="${outcome}"} ${count}\n`
    const body = () =>
      Object.entries(counted)
        .map(([outcome, count]) => line(outcome, count))
        .join('')
    shop = await startReceiver(() => ({ status: 200, body: body() }))
    const definition = definitionOf(AVAILABILITY, LATENCY)
    const targets = [{ service: 'shop', url: shop.url, intervalMs: SLOT, timeoutMs: 5_000 }]
    app = createApp(configIn(folder, { targets }), definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    ;({ api } = await app.open())
    await turn()
    for (let i = 0; i < 8; i++) await turn({ good: 80, slow: 10, error: 10 })
    // Nobody reads for ten minutes; what happened meanwhile is told together.
    await turn({ good: 40 }, 40 * SLOT)
    await turn({ good: 9, error: 1 })
    for (let i = 0; i < 2; i++) await turn()
  })
  afterAll(async () => {
    await app.stop()
    await shop.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('each metric tells what was booked, when it was not read, and of which windows', async () => {
    const query = 'o=availability&step=1m&from=2026-10-15T12:00%2B09:00'
    const { points, ...rest } = await documentOf(`${query}&metric=bad`)
    expect(rest).toMatchObject({ objective: 'availability', metric: 'bad', stepMs: 60_000, excluded: [] })
    const sum = (key: string) => points.reduce((total, point) => total + Number(point[key]), 0)
    expect([sum('bad'), sum('valid')]).toEqual([81, 850])
    expect(points.map(({ read }) => (read === true ? 'r' : '-')).join('')).toMatch(/^r{2,3}-{9,10}r{1,2}$/)
    const [first] = points
    expect(first?.['at']).toBe('2026-10-15T12:01:00+09:00')

    const burn = await documentOf(query)
    expect(burn['windowsMs']).toEqual([3_600_000, 21_600_000])
    const last = burn.points.at(-1)?.['windows'] as readonly { bad: number; valid: number; burnMilli: number }[]
    expect(last[0]).toEqual({ bad: 81, valid: 850, burnMilli: Math.floor((81 * 100_000) / 850) })
    const traffic = await documentOf(`${query}&metric=traffic`)
    expect(traffic.points[1]).toMatchObject({ good: 320, slow: 40, error: 40, excluded: 0, read: true })
    const latency = await documentOf(`o=latency&step=1m&from=2026-10-15T12:00%2B09:00&metric=latency`)
    expect(latency.points[1]).toMatchObject({ within: 320, over: 40, overPpm: 111_111 })
  })

  test('the same comes as CSV, by address or by what the client accepts', async () => {
    const query = 'o=availability&metric=bad&step=5m&from=12:00'
    const csv = await ask(`${query}&format=csv`)
    expect(csv.type).toBe('text/csv; charset=utf-8')
    expect(csv.text.split('\n').slice(0, 2)).toEqual([
      'at,read,bad,valid,left_out_bad,left_out_valid',
      expect.stringMatching(/^2026-10-15T12:05:00\+09:00,[01],80,\d+,0,0$/),
    ])
    expect((await ask(query, 'text/csv')).text).toBe(csv.text)
    const burn = (await ask('o=availability&step=5m&from=12:00&format=csv')).text.split('\n')
    expect(burn[0]).toBe('at,read,burn_1h,bad_1h,valid_1h,burn_6h,bad_6h,valid_6h')
    expect(burn[1]).toMatch(/,9\.\d{3},80,8\d\d,/)
  })

  test('whatever is wrong is told at once, with what would do', async () => {
    const refused = async (query: string) => {
      const { status, text } = await ask(query)
      const { error } = JSON.parse(text) as {
        error: { message: string; hint?: string; problems: { path: string[] }[] }
      }
      return [status, error.problems.map(({ path }) => path[0]), error.hint ?? '']
    }
    expect(await refused('o=availability&from=noon&to=tomorrow&step=often')).toEqual([
      400,
      ['from', 'to', 'step'],
      expect.stringContaining('ISO 8601'),
    ])
    expect(await refused('o=availability&from=13:00&to=12:00')).toEqual([400, ['from'], ''])
    expect(await refused('o=availability&from=2020-01-01')).toEqual([400, ['from'], ''])
    expect(await refused('metric=p99&o=availability')).toEqual([400, ['metric'], expect.any(String)])
    expect(await refused('o=availabilty')).toEqual([404, ['o'], 'did you mean availability?'])
    // Of two objectives nobody knows which one is meant.
    expect(await refused('')).toEqual([404, ['o'], 'known: availability, latency'])
    expect(await refused('o=latency&step=1s')).toEqual([422, ['step'], 'step=30s, or step=auto'])
    expect((await fetch(`${api}/api/v1/journeys/search/series?o=x`)).status).toBe(404)
  })

  test('the command shows a line for each point, and hands CSV through as it is', async () => {
    const said = ['--objective', 'availability', '--from', '12:00', '--step', '1m']
    const { exit, stdout } = await run(...said)
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^AT +BURN 1h +BURN 6h/)
    expect(stdout).toMatch(/2026-10-15 12:02 \+09:00 +10\.0x +10\.0x/)
    expect(stdout).toMatch(/– +– +not read\n/)
    expect(stdout).toContain('checkout/availability · 2026-10-15 12:00 +09:00 to')
    const bad = await run(...said, '--metric', 'bad')
    expect(bad.stdout).toMatch(/^AT +BAD +VALID/)
    const csv = await run(...said, '--metric', 'bad', '--csv')
    expect(csv.stdout).toBe((await ask('o=availability&metric=bad&step=1m&from=12:00&format=csv')).text)
    const json = await run(...said, '--json')
    expect(JSON.parse(json.stdout)).toEqual(await documentOf('o=availability&step=1m&from=12:00'))
    expect(await run('--objective', 'speed')).toMatchObject({ exit: 1, stderr: expect.stringContaining('known:') })
  })
})
