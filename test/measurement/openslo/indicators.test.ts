import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Daemon, runTabiji, startDaemon } from '../ledger/testing/daemon.ts'
import { type Prometheus, startPrometheus } from '../ruler/testing/prometheus.ts'
import { OPENSLO, PYRRA, SLOTH } from './testing/files.ts'
import { startMetered } from './testing/metered.ts'

const PATIENCE = { timeout: 120_000, interval: 200 }

const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/checkout
    objectives: { availability: 99 }
    steps: { pay: { http: POST /orders, within: write } }
`

const config = (engine: string) => `journeys: journeys.yaml
store: tabiji.db
evaluation: { interval: 200ms, grace: 1ms }
listen: { api: { port: 0 }, ingest: { port: 0 } }
openslo: { files: [slo.yaml, sloth.yaml, pyrra.yaml], engine: '${engine}', interval: 2s, delay: 2s }
`

type Status = {
  readonly id: string
  readonly bad: number
  readonly valid: number
  readonly fresh: boolean
  readonly estimate?: boolean
  readonly alerts: readonly string[]
}

describe('OpenSLO, Sloth and Pyrra files over a real Prometheus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-openslo-'))
  let service: Awaited<ReturnType<typeof startMetered>>
  let prometheus: Prometheus
  let daemon: Daemon

  beforeAll(async () => {
    service = await startMetered()
    prometheus = await startPrometheus(folder, new URL(service.url).host)
    const files = { 'journeys.yaml': JOURNEYS, 'slo.yaml': OPENSLO, 'sloth.yaml': SLOTH, 'pyrra.yaml': PYRRA }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    writeFileSync(join(folder, 'tabiji.yaml'), config(prometheus.url))
    while ((await scraped('requests_total')) !== 40) await pause(100)
    daemon = await startDaemon(folder)
  }, 180_000)

  afterAll(async () => {
    await Promise.all([daemon?.end(), prometheus?.close(), service?.close()])
    rmSync(folder, { recursive: true, force: true })
  })

  const scraped = async (name: string) => (await prometheus.query(`sum(${name})`))[0]?.value

  async function status(): Promise<Record<string, Status>> {
    const answer = await fetch(`${daemon.api}/api/v1/journeys`)
    const { journeys } = (await answer.json()) as { journeys: readonly { objectives: readonly Status[] }[] }
    return Object.fromEntries(journeys.flatMap(({ objectives }) => objectives).map((each) => [each.id, each]))
  }

  async function exactCounts() {
    const all = await status()
    const of = (id: string) => [all[id]?.bad, all[id]?.valid]
    return {
      fast: of('payments/fast.availability'),
      works: of('payments/works.availability'),
      sloth: of('search/search-errors.availability'),
      pyrra: of('orders/orders.availability'),
    }
  }

  function truth() {
    const { good, bad, slow } = service.counted
    const all = good + bad
    return { fast: [slow, all], works: [bad, all], sloth: [bad, all], pyrra: [bad, all] }
  }

  test('check says of each how it will be measured', async () => {
    const { exit, stdout } = await runTabiji(folder, 'check')
    expect(exit).toBe(0)
    expect(stdout).toContain('fast.availability 95 % over 1d\n    exact: counted from raw samples of its counters')
    expect(stdout).toContain('up.availability 90 % over 1d\n    estimate: each evaluation is one event')
    expect(stdout).toContain('queue.availability 90 % over 1d\n    estimate: each value of an evaluation')
    expect(stdout).toContain('search-errors.availability 99.5 % over 30d\n    exact:')
  })

  test('what counters say is booked exactly: a series born by an error, a restart, a collector that was away', async () => {
    // Where counting begins is known once the first answers are booked.
    await expect.poll(async () => (await status())['orders/orders.availability']?.fresh, PATIENCE).toBe(true)
    expect(await exactCounts()).toEqual({ fast: [0, 0], works: [0, 0], sloth: [0, 0], pyrra: [0, 0] })
    service.serve(300, 2, 7)
    await expect.poll(() => scraped('requests_total'), PATIENCE).toBe(342)
    service.restart()
    service.serve(50, 1, 1)
    await expect.poll(exactCounts, PATIENCE).toEqual(truth())

    await daemon.end()
    service.serve(120, 1, 4)
    await expect.poll(() => scraped('requests_total'), PATIENCE).toBe(172)
    service.restart()
    await expect.poll(() => scraped('requests_seconds_count'), PATIENCE).toBe(0)
    service.serve(30, 0, 0)
    daemon = await startDaemon(folder)
    await expect.poll(exactCounts, PATIENCE).toEqual(truth())
    expect((await runTabiji(folder, 'ledger', 'verify')).exit).toBe(0)
  }, 300_000)

  test('evaluations are events, and are marked as estimates wherever they are shown', async () => {
    const before = await status()
    service.state.up = 0
    service.state.queueSeconds = 11
    const worse = (id: string) => async () => ((await status())[id]?.bad ?? 0) - (before[id]?.bad ?? 0)
    await expect.poll(worse('payments/up.availability'), PATIENCE).toBeGreaterThan(1)
    await expect.poll(worse('payments/queue.availability'), PATIENCE).toBeGreaterThan(1)
    service.state.up = 1
    service.state.queueSeconds = 10
    const now = await status()
    const marked = Object.values(now).filter(({ estimate }) => estimate === true)
    expect(marked.map(({ id }) => id)).toEqual([
      'payments/up.availability',
      'payments/queue.availability',
      'payments/both.availability',
    ])
    const both = now['payments/both.availability']
    const { good, bad } = service.counted
    expect(both?.bad).toBeLessThanOrEqual(bad)
    expect(both?.valid).toBeLessThanOrEqual(good + bad)
    const { stdout } = await runTabiji(folder, 'status', '--url', daemon.api)
    expect(stdout).toMatch(/payments +up\.availability +90\.00 % +≈ /)
    expect(stdout).not.toMatch(/payments +works\.availability +99\.00 % +≈ /)
  }, 300_000)

  test('a burst rings what it hurts, and not where the file switched alerts off', async () => {
    service.serve(100, 900, 0)
    const pages = async () => {
      const answer = await fetch(`${daemon.api}/api/v1/alerts?state=open&level=1`)
      const { alerts } = (await answer.json()) as { alerts: readonly { rule: string }[] }
      return alerts.map(({ rule }) => rule)
    }
    await expect.poll(pages, PATIENCE).toContain('payments/works.availability/level-1')
    await expect.poll(exactCounts, PATIENCE).toEqual(truth())
    expect((await pages()).filter((rule) => /^search|fast|queue|up\./.test(rule))).toEqual([])
  }, 300_000)
})
