import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Daemon, runTabiji, startDaemon } from '../ledger/testing/daemon.ts'
import { openDesk, WHOLE } from './testing/desk.ts'
import { freePort, openStudio } from './testing/studio.ts'

vi.setConfig({ testTimeout: 120_000 })
const KILLS = 4

type Line = { account: { journey: string; step: string; service: string; role: string }; booked: readonly number[] }

async function books(folder: string): Promise<Record<string, readonly number[]>> {
  const { stdout } = await runTabiji(folder, 'ledger', 'accounts', '--json')
  const { accounts } = JSON.parse(stdout) as { accounts: readonly Line[] }
  const name = ({ step, service, role }: Line['account']) => `${service} ${role} ${step}`
  return Object.fromEntries(accounts.map(({ account, booked }) => [name(account), booked.slice(0, 4)]))
}

async function up(folder: string): Promise<Daemon> {
  const daemon = await startDaemon(folder)
  onTestFinished(async () => {
    daemon.child.kill('SIGKILL')
    await daemon.end()
  })
  return daemon
}

type Status = { outcome: string; why?: string; certificates: unknown[] }
const statusOf = async ({ api }: Daemon) => {
  const response = await fetch(`${api}/api/v1/probes/outside`)
  return (await response.json()) as { runs: Record<string, number>; last?: Status; nextAt: string }
}
/** Runs that were events. */
const eventful = ({ runs: { good = 0, slow = 0, error = 0 } }: Awaited<ReturnType<typeof statusOf>>) =>
  good + slow + error

const until = { timeout: 30_000, interval: 50 }

test('what a daemon that is killed again and again booked is never more than happened, and books nothing twice', async () => {
  const studio = await openStudio({ asked: 1 })
  const target = { service: 'studio', url: `${studio.url}/metrics` }
  const desk = openDesk(
    { ...WHOLE(studio.url), interval: '1s', timeout: '1s' },
    {
      more: { targets: [target], scrape: { interval: '200ms', timeout: '200ms' } },
    },
  )
  let told = 0
  for (let n = 0; n < KILLS; n++) {
    const daemon = await up(desk.folder)
    await vi.waitFor(async () => expect(eventful(await statusOf(daemon))).toBeGreaterThanOrEqual(2), until)
    // The last run may not be on disk yet; those before it are.
    told += eventful(await statusOf(daemon)) - 1
    daemon.child.kill('SIGKILL')
    await daemon.end()
  }
  const daemon = await up(desk.folder)
  await vi.waitFor(async () => expect(eventful(await statusOf(daemon))).toBeGreaterThanOrEqual(1), until)
  await daemon.end()
  const booked = await books(desk.folder)
  const happened = (await studio.counts('journey_probe_events_total'))['login good'] ?? 0
  const [good = 0, slow = 0, error = 0] = booked['outside probe login'] ?? []
  // On a busy machine some runs may fail by their time; each is an event all the same.
  expect(good + slow + error).toBeGreaterThanOrEqual(told)
  expect(good).toBeGreaterThan(0)
  expect(good + slow).toBeLessThanOrEqual(happened)
  // The probed service counted them apart, so the books have none of them as its own.
  for (const step of ['login', 'upload', 'result']) expect(booked[`studio own ${step}`]).toEqual([0, 0, 0, 0])
  expect((await runTabiji(desk.folder, 'ledger', 'verify')).exit).toBe(0)
})

const NOISY = `
timeZone: Asia/Tokyo
classes: { read: 2s, write: 3s, heavy: 5s }
journeys:
  measure:
    title: { en: Measure, ja: 計測 }
    owner: studio-team
    runbook: https://wiki.example.org/measure
    policy: { pairs: [{ level: 1, long: 60s, short: 30s, factor: 2 }], guard: { badEvents: 2, confidence: 80 } }
    objectives: { availability: 99, availability.probe: 90 }
    steps:
      login: { http: POST /login, within: read }
`

test('a probe alone pages when the service is not reached at all, and being blind does not', async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  const steps = [{ step: 'login', url: `${url}/login` }]
  const alerts = async ({ api }: Daemon) =>
    ((await (await fetch(`${api}/api/v1/alerts?level=1`)).json()) as { alerts: { rule: string; level: number }[] })
      .alerts
  const probe = { name: 'outside', journey: 'measure', interval: '100ms', steps }
  const blind = openDesk(probe, {
    reference: [`http://127.0.0.1:${await freePort()}/`],
    more: { journeys: 'noisy.yaml' },
  })
  writeFileSync(join(blind.folder, 'noisy.yaml'), NOISY)
  const first = await up(blind.folder)
  await vi.waitFor(async () => expect((await statusOf(first)).runs['inconclusive']).toBeGreaterThan(5), until)
  expect(await alerts(first)).toEqual([])
  const ready = (await (await fetch(`${first.api}/readyz`)).json()) as { checks: { name: string; status: string }[] }
  expect(ready.checks).toContainEqual(expect.objectContaining({ name: 'probes', status: 'degraded' }))
  await first.end()
  expect(await books(blind.folder)).toEqual({})

  const seeing = openDesk(probe, { more: { journeys: 'noisy.yaml' } })
  writeFileSync(join(seeing.folder, 'noisy.yaml'), NOISY)
  const daemon = await up(seeing.folder)
  await vi.waitFor(async () => expect(await alerts(daemon)).not.toEqual([]), until)
  expect(await alerts(daemon)).toMatchObject([{ rule: 'measure/availability.probe/level-1', level: 1 }])
  const { stdout } = await runTabiji(seeing.folder, 'probe', 'list', '--url', daemon.api)
  expect(stdout).toMatch(
    /^PROBE .*\noutside +measure +100ms +error +.* login: The connection failed \(ECONNREFUSED\)\n$/,
  )
  const metrics = await (await fetch(`${daemon.api}/metrics`)).text()
  expect(metrics).toMatch(/tabiji_probe_runs_total\{probe="outside",outcome="error"\} [1-9]/)
})
