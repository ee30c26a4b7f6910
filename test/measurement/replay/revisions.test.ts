import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog, type Overview } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { startTill } from './testing/till.ts'

const TABIJI = join(import.meta.dirname, '../../../packages/collector/bin/tabiji.js')
const NOON = Date.parse('2026-10-15T12:00:00+09:00')
const SLOT = 15_000

const definitionOf = (target: string, within: string) => {
  const read = readJourneys(
    `timeZone: Asia/Tokyo
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    objectives: { availability: ${target}, experience: { target: ${target}, window: month } }
    steps: { pay: { http: POST /orders, within: ${within} } }
`,
    'journeys.yaml',
  )
  if (!read.ok) throw new Error(`Expected a journeys file, got ${JSON.stringify(read.problems)}`)
  return read.definition
}

/** A running daemon whose promises change; each test goes on where the one before it stopped. */
describe.sequential('a journeys file that changes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-revisions-'))
  const clock = { now: NOON }
  let definition = definitionOf('99', '1s')
  let till: Awaited<ReturnType<typeof startTill>>
  let app: App
  let api: string

  beforeAll(async () => {
    till = await startTill(NOON)
    const targets = [{ service: 'shop', url: till.url, intervalMs: SLOT, timeoutMs: 5_000 }]
    app = createApp(configIn(folder, { targets }), definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    ;({ api } = await app.open())
    await app.turns.read()
  })
  afterAll(async () => {
    await app.stop()
    await till.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const pay = async (good: number, error: number) => {
    till.pay.good += good
    till.pay.error += error
    clock.now += SLOT
    await app.turns.read()
  }
  const tabiji = (...words: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      const all = [TABIJI, ...words, '--url', api]
      execFile(process.execPath, all, (error, stdout) => (error === null ? resolve(stdout) : reject(error)))
    })
  const objectives = async () =>
    ((await (await fetch(`${api}/api/v1/journeys`)).json()) as Overview).journeys[0]?.objectives ?? []

  test('keeps what was promised: a calendar budget adds up the targets, a rolling one takes the present one and says so', async () => {
    await pay(990, 10)
    definition = definitionOf('99.9', '800ms')
    clock.now += 1_000
    expect(app.reload()).toEqual([])
    await pay(1_000, 0)
    const [rolling, monthly] = await objectives()
    // 1 % of 1,000 and 0.1 % of 1,000, in millionths; the rolling window has 0.1 % of all 2,000.
    expect(monthly).toMatchObject({ valid: 2_000, allowedMillionths: 11_000_000 })
    expect(monthly).not.toHaveProperty('targetChanged')
    expect(rolling).toMatchObject({ valid: 2_000, allowedMillionths: 2_000_000 })
    expect(rolling).toMatchObject({ targetChanged: { at: '2026-10-15T12:00:16+09:00', fromPpm: 990_000 } })
    expect(await tabiji('status')).toContain('checkout/availability: 99.00 % was promised until 2026-10-15 12:00')
  })

  test('is listed with what changed, and since when it applies', async () => {
    const shown = await tabiji('revisions')
    expect(shown).toMatch(/2026-10-15 12:00 \+09:00 {2}[0-9a-f]{16} {2}checkout\/availability: 99 % → 99\.9 %\n/)
    expect(shown).toMatch(/ checkout\/pay: 1s → 800ms\n/)
    expect(shown).toMatch(/the first one\n$/)
    const { revisions } = JSON.parse(await tabiji('revisions', '--json')) as { revisions: { appliesFrom: string }[] }
    expect(revisions.map(({ appliesFrom }) => appliesFrom)).toEqual([
      '2026-10-15T12:00:30+09:00',
      '2026-10-15T12:00:00+09:00',
    ])
  })

  test('stands beside raw numbers once time is left out', async () => {
    const body = JSON.stringify({
      from: '2026-10-15T12:00+09:00',
      to: '2026-10-15T12:00:30+09:00',
      reason: 'power cut',
    })
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    expect((await fetch(`${api}/api/v1/corrections`, init)).status).toBe(201)
    expect(await tabiji('status')).toContain('checkout/availability: 99.500 % without corrections')
  })
})
