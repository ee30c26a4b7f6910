import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Daemon, runTabiji, startDaemon } from '../ledger/testing/daemon.ts'
import { type Prometheus, startPrometheus } from '../ruler/testing/prometheus.ts'
import { startMetered } from './testing/metered.ts'
import { SLICE_MS, SLICED, truthOfSlices } from './testing/sliced.ts'

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

type Status = {
  readonly name: string
  readonly bad: number
  readonly valid: number
  readonly alerts: readonly string[]
}

describe('slices and composites of OpenSLO over a real Prometheus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-slices-'))
  let service: Awaited<ReturnType<typeof startMetered>>
  let prometheus: Prometheus
  let daemon: Daemon

  beforeAll(async () => {
    service = await startMetered()
    prometheus = await startPrometheus(folder, new URL(service.url).host)
    writeFileSync(join(folder, 'journeys.yaml'), JOURNEYS)
    writeFileSync(join(folder, 'slo.yaml'), SLICED)
    writeFileSync(
      join(folder, 'tabiji.yaml'),
      `journeys: journeys.yaml
store: tabiji.db
ledger: { slots: [{ width: 15s }] }
evaluation: { interval: 200ms, grace: 1ms }
listen: { api: { port: 0 }, ingest: { port: 0 } }
openslo: { files: [slo.yaml], engine: '${prometheus.url}', interval: 3s, delay: 2s }
`,
    )
    while ((await prometheus.query('sum(requests_total)'))[0]?.value !== 40) await pause(100)
    daemon = await startDaemon(folder)
  }, 180_000)

  afterAll(async () => {
    await Promise.all([daemon?.end(), prometheus?.close(), service?.close()])
    rmSync(folder, { recursive: true, force: true })
  })

  type Answer = {
    readonly at: string
    readonly journeys: readonly {
      readonly name: string
      readonly objectives: readonly Status[]
      readonly composites?: readonly object[]
    }[]
  }
  const answered = async () => (await (await fetch(`${daemon.api}/api/v1/journeys`)).json()) as Answer
  const journeys = async () => (await answered()).journeys

  async function status() {
    const answer = await answered()
    const all = answer.journeys.flatMap(({ objectives }) => objectives)
    const of = (name: string) => all.find((each) => each.name === name) ?? { name, bad: 0, valid: 0, alerts: [] }
    return { at: Date.parse(answer.at), times: of('times.availability'), mean: of('mean.availability') }
  }

  /** What is booked, and what a plain walk over the samples of the same slices comes to. */
  async function compared() {
    const { at, times, mean } = await status()
    const truth = await truthOfSlices(prometheus.url, at, times.valid)
    return {
      enough: times.valid >= 4 && times.bad >= 1 && times.bad < times.valid,
      times: [times.bad, times.valid].join(' of ') === [truth.times.bad, truth.times.valid].join(' of '),
      mean: [mean.bad, mean.valid].join(' of ') === [truth.mean.bad, truth.mean.valid].join(' of '),
    }
  }

  test('are those of a plain walk over its samples, for both methods, and ring', async () => {
    await expect.poll(async () => (await status()).times.valid, PATIENCE).toBeGreaterThan(0)
    service.serve(100, 5, 0)
    const before = (await status()).times.valid
    await expect.poll(async () => (await status()).times.valid, PATIENCE).toBeGreaterThan(before)
    service.serve(30, 70, 0)
    await expect.poll(async () => (await status()).times.bad, PATIENCE).toBeGreaterThan(0)
    service.serve(50, 0, 0)
    await expect.poll(compared, PATIENCE).toEqual({ enough: true, times: true, mean: true })
    const rings = async () => {
      service.serve(10, 40, 0)
      return (await status()).times.alerts.length
    }
    // One bad slice of four proves nothing; two do.
    await expect.poll(rings, PATIENCE).toBeGreaterThan(0)
  }, 300_000)

  test('a composite stands as its worst member, which has a name on every surface', async () => {
    const { payments } = Object.fromEntries((await journeys()).map((journey) => [journey.name, journey]))
    const works = payments?.objectives.find(({ name }) => name === 'whole-works.availability')
    expect(payments?.composites).toEqual([
      {
        name: 'whole',
        members: ['payments/whole-fast.availability', 'payments/whole-works.availability'],
        worst: 'payments/whole-works.availability',
        state: 'spent',
        leftPpm: expect.any(Number),
        burning: [],
        unknown: [],
      },
    ])
    expect(works?.bad).toBeGreaterThan(0)
    const { stdout } = await runTabiji(folder, 'status', '--url', daemon.api)
    expect(stdout).toMatch(/payments\/whole: SPENT as payments\/whole-works\.availability, the worst of 2, -/)
    const metrics = await (await fetch(`${daemon.api}/metrics`)).text()
    const worst = 'tabiji_composite_worst{composite="payments/whole",journey="payments",objective='
    expect(metrics).toContain(`${worst}"whole-works.availability"} 1`)
    expect(metrics).toContain(`${worst}"whole-fast.availability"} 0`)
  })

  test('`tabiji check` says how they are kept, and what cannot be or has no effect', async () => {
    const { exit, stdout, stderr } = await runTabiji(folder, 'check')
    expect(exit).toBe(0)
    expect(stdout + stderr).toContain('times.availability 90 % over 1d')
    expect(stdout + stderr).toContain(
      `ready is not measured: its ratio comes without a number of events, so a slice (${SLICE_MS / 1000}s) must be as long as the interval in which the engine is asked (3s)`,
    )
    expect(stdout + stderr).toContain(
      'The weight of a member of whole has no effect: a composite stands as its worst member',
    )
  })
})
