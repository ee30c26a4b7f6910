import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AlertDetail, type App, createApp, createLog, type Overview } from '@tabiji/collector'
import { type MonthFacts, parseMonthFacts } from '@tabiji/core/report'
import { journeyRules, ruleText } from '@tabiji/core/ruler'
import { renderMarkdown } from '@tabiji/report'
import { defineJourneys } from '@tabiji/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { SECRET, startReceiver } from '../../road/testing/receiver.ts'
import { type Shop, startShop } from '../../road/testing/shop.ts'
import { runTabiji } from '../ledger/testing/daemon.ts'
import { type Prometheus, startPrometheus, WITHOUT_PROMETHEUS } from './testing/prometheus.ts'

const pairs = [{ level: 1, long: '5m', short: '20s', factor: 5 }] as const

const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { heavy: '20s' },
  policy: { pairs, milestones: [] },
  journeys: {
    checkout: {
      title: { en: 'Check out', ja: '購入' },
      objectives: { availability: { target: 99, window: '5m' }, 'pay.experience': { target: 97, window: 'month' } },
      steps: { cart: { http: 'POST /cart', within: 'heavy' }, pay: { http: 'POST /orders', within: 'heavy' } },
    },
  },
})

const PATIENCE = { timeout: 60_000, interval: 100 }
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9'

type House = { readonly app: App; readonly api: string; readonly told: Awaited<ReturnType<typeof startReceiver>> }

describe
  .skipIf(WITHOUT_PROMETHEUS)
  .sequential('the results of a real ruler beside exact books of the same traffic', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tabiji-beside-'))
    let shop: Shop
    let prometheus: Prometheus
    /** One whose rules Prometheus evaluates, and one whose engine is gone. */
    let ruled: House
    let alone: House
    let sent = 0

    async function startHouse(name: string, url: string): Promise<House> {
      mkdirSync(join(folder, name))
      const told = await startReceiver()
      const config = configIn(join(folder, name), {
        targets: [{ service: 'shop', url: `${shop.url}/metrics`, intervalMs: 1_000, timeoutMs: 30_000 }],
        ledger: { grid: [{ fromAgeSeconds: 0, width: 1 }], clockSkewMs: 5_000 },
        ruler: { url, intervalMs: 30_000, timeoutMs: 10_000 },
        receivers: [{ name: 'hook', kind: 'webhook', url: () => told.url, secret: () => SECRET }],
        routes: { 1: ['hook'], 2: ['hook'], 3: ['hook'] },
      })
      const log = createLog('silent')
      const app = createApp(config, journeys, {
        now: Date.now,
        log,
        loadDefinition: () => ({ ok: true, definition: journeys }),
      })
      const { api } = await app.open()
      await app.turns.read()
      return { app, api, told }
    }

    beforeAll(async () => {
      mkdirSync(join(folder, 'rules'))
      const origin = { file: 'journeys.yaml', fingerprint: journeys.fingerprint, notes: [] }
      for (const journey of journeys.journeys) {
        writeFileSync(join(folder, 'rules', `${journey.name}.rules.yaml`), ruleText(journeyRules(journey), origin))
      }
      shop = await startShop(journeys)
      prometheus = await startPrometheus(folder, new URL(shop.url).host)
      ;[ruled, alone] = await Promise.all([startHouse('ruled', prometheus.url), startHouse('alone', NOWHERE)])
    }, 120_000)

    afterAll(async () => {
      await Promise.all([ruled?.app.stop(), alone?.app.stop()])
      await Promise.all([shop?.close(), prometheus?.close(), ruled?.told.close(), alone?.told.close()])
      rmSync(folder, { recursive: true, force: true })
    })

    const get = async <Answer>(house: House, path: string) =>
      (await (await fetch(`${house.api}${path}`)).json()) as Answer
    const objectivesOf = async (house: House) =>
      (await get<Overview>(house, '/api/v1/journeys')).journeys[0]?.objectives ?? []
    const first = async (expr: string) => (await prometheus.query(expr))[0]?.value

    /** Sends orders; when Prometheus has recorded them, both collectors read, ask, judge and tell. */
    async function pass(good: number, bad: number) {
      for (const [broken, orders] of [
        [false, good],
        [true, bad],
      ] as const) {
        shop.broken = broken
        const answers = Array.from({ length: orders }, () => fetch(`${shop.url}/orders`, { method: 'POST' }))
        await Promise.all(answers.map(async (answer) => (await answer).text()))
        sent += orders
      }
      await expect.poll(() => first('sum(journey_step_events_total)'), PATIENCE).toBe(sent)
      const scraped = (await first('max(timestamp(journey_step_events_total))')) ?? 0
      await expect.poll(() => first('max(timestamp(slo:objective:ratio))'), PATIENCE).toBeGreaterThan(scraped)
      for (const { app } of [ruled, alone]) {
        await app.turns.read()
        await app.turns.askRuler()
        app.turns.evaluate()
        await app.turns.deliver()
      }
    }

    test('each stands beside the other, marked as what it is', async () => {
      // A counter that Prometheus has hardly seen makes up to twice as many.
      const samples = () => first('min(count_over_time(journey_step_events_total[1m]))')
      await expect.poll(samples, PATIENCE).toBeGreaterThan(10)
      await pass(60, 0)
      await pass(50, 10)
      const [availability, experience] = await objectivesOf(ruled)
      expect(availability).toMatchObject({ bad: 10, valid: 120 })
      expect(availability?.ruler).toMatchObject({ estimate: true, engine: 'prometheus', state: 'spent' })
      const { bad = 0, valid = 0, windows = [] } = availability?.ruler ?? {}
      expect([valid, bad].every(Number.isInteger)).toBe(true)
      expect(valid / 120).toBeGreaterThan(0.7)
      expect(valid / 120).toBeLessThan(1.5)
      expect(bad / 10).toBeGreaterThan(0.5)
      expect(bad / 10).toBeLessThan(1.6)
      expect(windows.map(({ ms }) => ms)).toEqual([20_000, 300_000])
      // A ruler cannot cut a calendar month.
      expect(experience).toMatchObject({ bad: 10, valid: 120, ruler: { state: 'unjudged' } })
      expect(experience?.ruler?.valid).toBeUndefined()
      expect((await objectivesOf(alone)).map(({ bad, valid, ruler }) => [bad, valid, ruler])).toEqual([
        [10, 120, undefined],
        [10, 120, undefined],
      ])
    }, 180_000)

    test('what rings is told once, by whoever evaluates the rule', async () => {
      const rule = 'checkout/availability/level-1'
      const ringing = async () => (await prometheus.alerts()).map(({ labels }) => labels['rule'])
      await expect
        .poll(async () => {
          await pass(3, 7)
          return ringing()
        }, PATIENCE)
        .toContain(rule)
      await pass(0, 5)
      const { alerts } = await get<{ alerts: AlertDetail[] }>(ruled, '/api/v1/alerts?state=open&level=1')
      const episode = alerts.find((alert) => alert.rule === rule)
      expect(await get(ruled, `/api/v1/alerts/${episode?.id}`)).toMatchObject({
        toldBy: 'prometheus',
        notifications: [],
      })
      expect(ruled.told.messages).toEqual([])
      expect((await objectivesOf(ruled))[0]?.ruler?.alerts).toEqual([{ rule, level: 1, state: 'firing' }])
      // Without an engine somebody must tell all the same.
      const told = alone.told.messages.map(({ type, data }) => [type, data['rule']])
      expect(told).toContainEqual(['alert.triggered', rule])
    }, 180_000)

    test('readiness says who tells', async () => {
      const checks = async (house: House) =>
        (await get<{ checks: { name: string; status: string; message: string }[] }>(house, '/readyz')).checks
      expect(await checks(ruled)).toContainEqual({
        name: 'engine',
        status: 'ok',
        message: 'prometheus evaluates the rules of 2 objective(s) and tells of them',
      })
      expect(await checks(alone)).toContainEqual({
        name: 'engine',
        status: 'degraded',
        message: expect.stringMatching(/^prometheus: no results .*this collector tells of alerts itself meanwhile$/),
      })
    })

    test('people see which figure is an estimate: in the terminal, and in the report in both languages', async () => {
      const { stdout } = await runTabiji(folder, 'status', '--url', ruled.api)
      expect(stdout).toMatch(/^ {2}≈ by prometheus .*≈ [\d.]+ %.*ESTIMATE, SPENT, FIRING/m)
      const { exit } = await runTabiji(folder, 'status', '--url', alone.api, '--plain')
      expect(exit).toBe(0)

      const month = (await get<Overview>(ruled, '/api/v1/journeys')).at.slice(0, 7)
      const facts = () => get<MonthFacts>(ruled, `/api/v1/months/${month}/facts`)
      // A month is asked for once in several turns.
      await expect
        .poll(async () => {
          await ruled.app.turns.askRuler()
          return (await facts()).journeys[0]?.objectives[0]?.ruler?.valid ?? 0
        }, PATIENCE)
        .toBeGreaterThan(0)
      const read = parseMonthFacts(await facts())
      if (!read.ok) throw new Error(JSON.stringify(read.problems))
      const [objective] = read.facts.journeys[0]?.objectives ?? []
      expect(objective?.valid).toBe(sent)
      expect(renderMarkdown(read.facts, 'en')).toMatch(
        /Estimate: by the rules in prometheus availability is ≈ [\d.]+ % \(≈ \d+ bad of ≈ \d+ events\); in no figure/,
      )
      expect(renderMarkdown(read.facts, 'ja')).toMatch(/推定値：prometheusのルールによるavailabilityは≈/)
    }, 60_000)
  })
