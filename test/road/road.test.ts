import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AlertDetail, type App, createApp, createLog, type Overview } from '@tabiji/collector'
import { type MonthFacts, parseMonthFacts } from '@tabiji/core/report'
import { renderHtml, renderMarkdown } from '@tabiji/report'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../packages/collector/src/testing/config.ts'
import { SECRET, startReceiver } from './testing/receiver.ts'
import { journeys, type Shop, startShop } from './testing/shop.ts'

const NOON = Date.parse('2026-10-15T12:00:00+09:00')
const SLOT = 15_000

/** One road, walked once: each test goes on where the one before it stopped. */
describe.sequential('the road of a request to a line in the monthly report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-road-'))
  const clock = { now: NOON }
  let shop: Shop
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  let app: App
  let api: string

  beforeAll(async () => {
    shop = await startShop()
    receiver = await startReceiver()
    app = createApp(configWith(shop.url, receiver.url), journeys, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition: journeys }),
    })
    ;({ api } = await app.open())
  })

  afterAll(async () => {
    await app.stop()
    await Promise.all([shop.close(), receiver.close()])
    rmSync(folder, { recursive: true, force: true })
  })

  const configWith = (shopUrl: string, receiverUrl: string) =>
    configIn(folder, {
      targets: [{ service: 'shop', url: `${shopUrl}/metrics`, intervalMs: SLOT, timeoutMs: 5_000 }],
      receivers: [{ name: 'local', kind: 'webhook', url: () => receiverUrl, secret: () => SECRET }],
      routes: { 1: ['local'], 2: ['local'], 3: [] },
    })

  /** Sends requests, lets a slot pass, and takes the three turns that the loops take. */
  async function pass(orders: number, query = ''): Promise<void> {
    await Promise.all(
      Array.from({ length: orders }, () =>
        fetch(`${shop.url}/orders${query}`, { method: 'POST' }).then((r) => r.text()),
      ),
    )
    clock.now += SLOT
    await app.turns.read()
    app.turns.evaluate()
    await app.turns.deliver()
  }

  /** The API's answer; what it holds is the contract that the tests state. */
  const get = async <Answer>(path: string) => (await (await fetch(`${api}/api/v1${path}`)).json()) as Answer
  const alertsOf = async (query: string) => (await get<{ alerts: readonly AlertDetail[] }>(`/alerts?${query}`)).alerts
  const post = async (path: string, body: object) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return (await (await fetch(`${api}/api/v1${path}`, init)).json()) as unknown
  }

  test('a healthy service rings nothing', async () => {
    await app.turns.read()
    for (let slot = 0; slot < 20; slot++) await pass(10)
    await pass(3, '?card=none')
    expect(receiver.messages).toEqual([])
    expect(shop.paid).toEqual({ good: 200, error: 0, excluded: 3 })
  })

  test('the books hold what the service knows to have happened', async () => {
    const { journeys: told } = await get<Overview>('/journeys')
    expect(told[0]?.objectives[0]).toMatchObject({ name: 'availability', bad: 0, valid: 200, leftPpm: 1_000_000 })
  })

  test('a broken payment becomes a signed level 1 message with journey, burn rate, budget and runbook', async () => {
    shop.broken = true
    for (let slot = 0; slot < 20; slot++) await pass(10)
    const page = receiver.messages.find(({ data }) => data['level'] === 1)
    expect(page).toMatchObject({
      type: 'alert.triggered',
      data: {
        level: 1,
        journey: { name: 'checkout', title: { en: 'Check out', ja: '購入' }, owner: 'shop-team' },
        objective: { name: 'availability', targetPpm: 990_000 },
        cause: { kind: 'burn' },
        runbook: 'https://wiki.example.org/runbooks/checkout',
        worstStep: { name: 'pay' },
        sample: false,
      },
    })
    expect(receiver.messages.filter(({ data }) => data['level'] === 1)).toHaveLength(1)
  })

  test('the alert explains who was told, when, and by which gates', async () => {
    const [open] = await alertsOf('state=open&level=1')
    const detail = await get<AlertDetail>(`/alerts/${open?.id}`)
    // Its ticket rang before and became this page.
    expect(detail.timeline.map(({ transition }) => transition)).toEqual(['fired', 'raised'])
    expect(detail.notifications).toMatchObject([
      {
        receiver: 'local',
        kind: 'trigger',
        state: 'delivered',
        attempts: 1,
        verdicts: [
          { gate: 'startup_grace', verdict: 'pass' },
          { gate: 'inhibition', verdict: 'pass' },
          { gate: 'silence', verdict: 'pass' },
          { gate: 'maintenance', verdict: 'pass' },
          { gate: 'hours', verdict: 'pass' },
          { gate: 'grouping', verdict: 'pass' },
        ],
      },
    ])
  })

  test('the mended service resolves it, once the windows are calm', async () => {
    shop.broken = false
    for (let slot = 0; slot < 20 * 7; slot++) await pass(10)
    expect(await alertsOf('state=open&level=1')).toEqual([])
    const resolved = receiver.messages.filter(({ type, data }) => type === 'alert.resolved' && data['level'] === 1)
    expect(resolved).toHaveLength(1)
  })

  test('people work on it: the incident that the page opened, and a fix that came of it', async () => {
    const [alert] = await alertsOf('state=all&level=1')
    const opened = await get<object>('/incidents/INC-0001')
    expect(opened).toMatchObject({
      incident: {
        title: 'Check out: requests fail',
        status: 'monitoring',
        episodes: expect.arrayContaining([alert?.id]),
      },
      impact: { ended: true, journeys: [{ objective: 'checkout/availability', bad: shop.paid.error }, { bad: 0 }] },
    })
    await post('/incidents/INC-0001/edit', { title: 'Payments fail' })
    await post('/fixes', { title: 'Retry the bank once', kind: 'prevent', incident: 'INC-0001', due: '2026-10-20' })
    await post('/incidents/INC-0001/resolve', {})
    clock.now = Date.parse('2026-10-19T12:00:00+09:00')
    const done = await post('/fixes/FIX-0001/done', {})
    expect(done).toMatchObject({ fix: { key: 'FIX-0001', state: 'done' } })
  })

  test('the month is one snapshot whose figures follow from the ledger', async () => {
    clock.now = Date.parse('2026-11-02T12:00:00+09:00')
    await app.turns.read()
    app.turns.evaluate()
    const facts = await get<MonthFacts>('/months/2026-10/facts')
    expect(parseMonthFacts(facts)).toMatchObject({ ok: true })
    const pay = facts.journeys[0]?.steps.find(({ name }) => name === 'pay')
    expect(pay?.counts).toEqual([shop.paid.good, 0, shop.paid.error, shop.paid.excluded])
    expect(facts.alerts.find(({ level }) => level === 1)).toMatchObject({ fired: 1, resolved: 1 })
    expect(facts.fixes.onTime.share).toEqual({ numerator: 1, denominator: 1 })
  })

  test('a manager reads it in English and in Japanese', async () => {
    const parsed = parseMonthFacts(await get('/months/2026-10/facts'))
    if (!parsed.ok) throw new Error('Expected month facts')
    const english = renderMarkdown(parsed.facts, 'en')
    expect(english).toContain('Check out')
    expect(english).toContain(`${shop.paid.error} / `)
    expect(english).toContain('INC-0001')
    expect(renderMarkdown(parsed.facts, 'ja')).toContain('購入')
    expect(renderHtml(parsed.facts, 'en')).toContain('Check out')
  })
})
