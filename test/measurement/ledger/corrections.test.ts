import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog, type Overview } from '@tabiji/collector'
import { type MonthFacts, parseMonthFacts } from '@tabiji/core/report'
import { renderHtml, renderMarkdown } from '@tabiji/report'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { journeys, type Shop, startShop } from '../../road/testing/shop.ts'

const NOON = Date.parse('2026-10-15T12:00:00+09:00')
const SLOT = 15_000
const MINUTE = 4 * SLOT

/** A power cut that was not the shop's doing, told once: each test goes on where the one before it stopped. */
describe.sequential('a stretch of time is excluded from the budgets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-corrections-'))
  const clock = { now: NOON }
  let shop: Shop
  let app: App
  let api: string

  const open = async () => {
    const target = { service: 'shop', url: `${shop.url}/metrics`, intervalMs: SLOT, timeoutMs: 5_000 }
    app = createApp(configIn(folder, { targets: [target] }), journeys, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition: journeys }),
    })
    ;({ api } = await app.open())
  }

  beforeAll(async () => {
    shop = await startShop()
    await open()
  })
  afterAll(async () => {
    await app.stop()
    await shop.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Lets slots pass with ten orders in each. */
  async function pass(slots: number): Promise<void> {
    for (let slot = 0; slot < slots; slot++) {
      const orders = Array.from({ length: 10 }, () => fetch(`${shop.url}/orders`, { method: 'POST' }))
      for (const response of await Promise.all(orders)) await response.text()
      clock.now += SLOT
      await app.turns.read()
      app.turns.evaluate()
    }
  }

  const get = async <Answer>(path: string) => (await (await fetch(`${api}/api/v1${path}`)).json()) as Answer
  const post = async (path: string, body: object) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await fetch(`${api}/api/v1${path}`, init)
    return { status: response.status, document: (await response.json()) as unknown }
  }
  const availability = async () => {
    const { journeys: told } = await get<Overview>('/journeys')
    const { bad, valid, raw, leftPpm } = told[0]?.objectives[0] ?? {}
    return { bad, valid, raw, leftPpm }
  }
  const octoberFacts = async () => {
    const parsed = parseMonthFacts(await get('/months/2026-10/facts'))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    return parsed.facts
  }
  const october = ({ journeys: told }: MonthFacts) => told[0]?.objectives[0]

  const BOOKED = { bad: 80, valid: 240, leftPpm: -32_333_334 }

  test('before: the budget holds all that was booked', async () => {
    await app.turns.read()
    await pass(8)
    shop.broken = true
    await pass(8)
    shop.broken = false
    await pass(8)
    expect(await availability()).toEqual({ ...BOOKED, raw: undefined })
  })

  test('with: the budget leaves the stretch out at once, the raw numbers stand beside it', async () => {
    // Readings are at slot boundaries: the broken ones came in the slots that begin at 12:02:15 to 12:04:00.
    const stretch = { from: '2026-10-15T12:02:15+09:00', to: '2026-10-15T12:04:15+09:00' }
    const said = { ...stretch, journeys: ['checkout'], reason: 'power cut in the data centre', by: 'suzuki' }
    expect(await post('/corrections', said)).toMatchObject({
      status: 201,
      document: { objectives: [{ id: 'checkout/availability', inside: { bad: 80, valid: 80 } }, {}] },
    })
    expect(await availability()).toEqual({ bad: 0, valid: 160, raw: { bad: 80, valid: 240 }, leftPpm: 1_000_000 })
  })

  test('with: events go on being counted, and a restart changes nothing', async () => {
    await pass(4)
    const before = await availability()
    expect(before).toMatchObject({ bad: 0, valid: 200, raw: { bad: 80, valid: 280 } })
    await app.stop()
    await open()
    expect(await availability()).toEqual(before)
  })

  test('with: a planned one excludes what comes, while it comes', async () => {
    const from = new Date(clock.now + MINUTE).toISOString()
    const to = new Date(clock.now + 3 * MINUTE).toISOString()
    await post('/corrections', { from, to, rrule: 'FREQ=WEEKLY', reason: 'weekly maintenance' })
    await pass(3)
    shop.broken = true
    await pass(8)
    shop.broken = false
    await pass(2)
    expect(await availability()).toMatchObject({ bad: 0, valid: 250, raw: { bad: 160, valid: 410 } })
  })

  test('the month keeps both, and a manager reads what was left out, why, and what it changed', async () => {
    clock.now = Date.parse('2026-11-02T12:00:00+09:00')
    await app.turns.read()
    const facts = await octoberFacts()
    expect(october(facts)).toMatchObject({ bad: 0, valid: 250, raw: { bad: 160, valid: 410 } })
    expect(facts.corrections).toMatchObject([
      { key: 'COR-0001', author: 'suzuki', seconds: 120, events: 80 },
      { key: 'COR-0002', seconds: 3 * 120, events: 80, stretches: [{}, {}, {}] },
    ])
    const english = renderMarkdown(facts, 'en')
    expect(english).toContain('What changed in the measuring')
    expect(english).toMatch(/COR-0001.*power cut in the data centre.*2026-10-15 12:02.*2 min.*80.*on record/)
    expect(english).toContain('without corrections the result is 60.97 % (160 bad of 410 events)')
    expect(renderMarkdown(facts, 'ja')).toContain('補正前の実績は60.97%')
    expect(renderHtml(facts, 'en')).toContain('availability (corrected)')
  })

  test('after: withdrawn, everything counts as it was booked, and the list keeps who and why', async () => {
    for (const key of ['COR-0001', 'COR-0002']) {
      const { status } = await post(`/corrections/${key}/withdraw`, { reason: 'it was our own mistake', by: 'tanaka' })
      expect(status).toBe(200)
    }
    expect(await availability()).toMatchObject({ bad: 160, valid: 410, raw: undefined })
    const facts = await octoberFacts()
    expect([facts.corrections, october(facts)?.raw]).toEqual([undefined, undefined])
    expect(october(facts)).toMatchObject({ bad: 160, valid: 410 })
    expect(renderMarkdown(facts, 'en')).not.toContain('orrect')
    const { corrections } = await get<{ corrections: unknown }>('/corrections?state=withdrawn')
    const withdrawn = { by: 'tanaka', reason: 'it was our own mistake' }
    expect(corrections).toMatchObject([
      { key: 'COR-0002', withdrawn },
      { key: 'COR-0001', withdrawn },
    ])
  })
})
