import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog } from '@tabiji/collector'
import { journeyRules, ruleText } from '@tabiji/core/ruler'
import { defineJourneys } from '@tabiji/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { type Shop, startShop } from '../../road/testing/shop.ts'
import { type Prometheus, startPrometheus, WITHOUT_PROMETHEUS } from './testing/prometheus.ts'

const pairs = [
  { level: 1, long: '60s', short: '20s', factor: 10 },
  { level: 2, long: '2m', short: '40s', factor: 3 },
] as const

const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { read: '300ms', write: '1s', heavy: '20s' },
  policy: { pairs, milestones: [] },
  journeys: {
    checkout: {
      title: { en: 'Check out', ja: '購入' },
      owner: 'shop-team',
      runbook: 'https://wiki.example.org/runbooks/checkout',
      objectives: { availability: 99, 'pay.experience': 96, 'cart.availability': 99 },
      alerts: { 'errors > 20 in 60s': { level: 1, name: 'many' }, excluded: false },
      steps: {
        cart: {
          http: 'POST /cart',
          within: 'write',
          alerts: { 'slow > 50 % in 60s for 4s': { level: 2, name: 'slow' }, 'errors > 0 in 60s': 3 },
        },
        pay: { http: 'POST /orders', within: 'heavy' },
      },
    },
  },
})

const PATIENCE = { timeout: 60_000, interval: 50 }

/** What rang after each step of the traffic, by rule: `checkout/availability/level-1`. */
type Ringing = { readonly prometheus: readonly string[]; readonly collector: readonly string[] }

describe.skipIf(WITHOUT_PROMETHEUS)('a real Prometheus with the written rules, beside the collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-ruler-'))
  let shop: Shop
  let prometheus: Prometheus
  let app: App
  let api: string
  let sent = 0

  beforeAll(async () => {
    mkdirSync(join(folder, 'rules'))
    const origin = { file: 'journeys.yaml', fingerprint: journeys.fingerprint, notes: [] }
    for (const journey of journeys.journeys) {
      writeFileSync(join(folder, 'rules', `${journey.name}.rules.yaml`), ruleText(journeyRules(journey), origin))
    }
    shop = await startShop(journeys)
    prometheus = await startPrometheus(folder, new URL(shop.url).host)
    const config = configIn(folder, {
      targets: [{ service: 'shop', url: `${shop.url}/metrics`, intervalMs: 1_000, timeoutMs: 30_000 }],
      ledger: { grid: [{ fromAgeSeconds: 0, width: 1 }], clockSkewMs: 5_000 },
    })
    app = createApp(config, journeys, {
      now: Date.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition: journeys }),
    })
    ;({ api } = await app.open())
    await app.turns.read()
  }, 120_000)

  afterAll(async () => {
    await app?.stop()
    await Promise.all([shop?.close(), prometheus?.close()])
    rmSync(folder, { recursive: true, force: true })
  })

  const counted = async () => (await prometheus.query('sum(journey_step_events_total)'))[0]?.value
  const samples = async () => (await prometheus.query('min(count_over_time(journey_step_events_total[1m]))'))[0]?.value
  const latest = async (series: string) => (await prometheus.query(`max(timestamp(${series}))`))[0]?.value ?? 0

  async function send(path: string, count: number): Promise<void> {
    const answers = Array.from({ length: count }, () => fetch(`${shop.url}${path}`, { method: 'POST' }))
    await Promise.all(answers.map(async (answer) => (await answer).text()))
    sent += count
  }

  /** Sends orders and slow carts; when both have read them, both evaluate once. What passes between two steps is up to the machine. */
  async function pass(good: number, bad: number, carts = 0): Promise<Ringing> {
    for (const [broken, orders] of [
      [false, good],
      [true, bad],
    ] as const) {
      shop.broken = broken
      await send('/orders', orders)
    }
    shop.cartMs = 1_100
    await send('/cart', carts)
    await expect.poll(() => counted(), PATIENCE).toBe(sent)
    const scraped = await latest('journey_step_events_total')
    await app.turns.read()
    await expect.poll(() => latest('slo:objective:ratio'), PATIENCE).toBeGreaterThan(scraped)
    app.turns.evaluate()
    const { alerts } = (await (await fetch(`${api}/api/v1/alerts?state=open`)).json()) as { alerts: { rule: string }[] }
    const ringing = await prometheus.alerts()
    return {
      prometheus: ringing.map(({ labels }) => labels['rule'] ?? '').sort(),
      collector: alerts.map(({ rule }) => rule).sort(),
    }
  }

  async function passes(steps: number, good: number, bad: number, carts = 0): Promise<readonly Ringing[]> {
    const seen: Ringing[] = []
    for (let step = 0; step < steps; step++) seen.push(await pass(good, bad, carts))
    return seen
  }

  test('the same alerts fire, at the same evaluation or the one beside it, and no others', async () => {
    // A counter that Prometheus has never seen at zero hides its first events from it; of one that it has hardly seen it
    // makes up to twice as many.
    await expect.poll(() => samples(), PATIENCE).toBeGreaterThan(10)
    const few = await passes(1, 0, 2)
    const healthy = await passes(6, 20, 0)
    expect([...few, ...healthy]).toEqual(Array(7).fill({ prometheus: [], collector: [] }))

    const burst = await passes(9, 14, 6, 3)
    const began = (side: keyof Ringing) => {
      const rules = new Set(burst.flatMap((each) => each[side]))
      return Object.fromEntries([...rules].map((rule) => [rule, burst.findIndex((each) => each[side].includes(rule))]))
    }
    const [theirs, ours] = [began('prometheus'), began('collector')]
    expect(Object.keys(ours).sort()).toEqual([
      'checkout/alerts/many',
      'checkout/availability/level-1',
      'checkout/availability/level-2',
      'checkout/cart.alerts/slow',
      'checkout/pay.experience/level-2',
    ])
    expect(Object.keys(theirs).sort()).toEqual(Object.keys(ours).sort())
    const apart = Object.entries(ours).map(([rule, step]) => [rule, Math.abs(step - (theirs[rule] ?? Number.NaN))])
    expect(apart.filter(([, steps]) => !(Number(steps) <= 1))).toEqual([])

    const page = (await prometheus.alerts()).find(({ labels }) => labels['rule'] === 'checkout/availability/level-1')
    expect(page).toMatchObject({
      labels: { journey: 'checkout', level: '1', severity: 'page', owner: 'shop-team', sloth_severity: 'page' },
      annotations: {
        summary: 'Check out: availability burns its error budget (level 1, act now)',
        summary_ja: expect.stringMatching(/^購入：/),
        description: expect.stringMatching(/^[\d.]+% of events failed; the target is 99 %\.$/),
        runbook_url: 'https://wiki.example.org/runbooks/checkout',
      },
    })

    const many = (await prometheus.alerts()).find(({ labels }) => labels['rule'] === 'checkout/alerts/many')
    expect(many).toMatchObject({
      labels: { journey: 'checkout', level: '1', severity: 'page', owner: 'shop-team' },
      annotations: { summary: 'Check out: errors > 20 in 1m (level 1, act now)' },
    })
  }, 300_000)
})
