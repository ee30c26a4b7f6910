import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { type Daemon, runTabiji, startDaemon } from '../ledger/testing/daemon.ts'
import { openHouse } from './testing/house.ts'

type House = Awaited<ReturnType<typeof openHouse>>
type Alert = {
  readonly id: string
  readonly rule: string
  readonly level: number
  readonly episode: { readonly startedAt: number; readonly state: string }
  readonly facts: { readonly cause: { readonly seen?: object } }
}

const PATIENCE = { timeout: 60_000, interval: 50 }
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

async function live(rules: string): Promise<{ readonly house: House; readonly daemon: Daemon }> {
  const house = await openHouse(rules)
  endings.push(house.close)
  return { house, daemon: await start(house) }
}

async function start(house: House): Promise<Daemon> {
  const daemon = await startDaemon(house.folder)
  endings.push(daemon.end)
  return daemon
}

async function alertsOf({ api }: Daemon): Promise<readonly Alert[]> {
  return ((await (await fetch(`${api}/api/v1/alerts?state=all`)).json()) as { alerts: readonly Alert[] }).alerts
}

/** Waits until what the service says now has been read and judged, twice over. */
async function judged(daemon: Daemon): Promise<void> {
  const evaluations = async () => {
    const text = await (await fetch(`${daemon.api}/metrics`)).text()
    return Number(/^tabiji_evaluation_duration_seconds_count (\d+)/m.exec(text)?.[1] ?? 0)
  }
  const reads = async () => {
    const text = await (await fetch(`${daemon.api}/metrics`)).text()
    return Number(/^tabiji_source_reads_total\{[^}]*"ok"[^}]*\} (\d+)/m.exec(text)?.[1] ?? 0)
  }
  const before = await reads()
  await expect.poll(reads, PATIENCE).toBeGreaterThan(before + 1)
  const then = await evaluations()
  await expect.poll(evaluations, PATIENCE).toBeGreaterThan(then + 1)
}

describe('simple rules on a real daemon', () => {
  test('ring at the eleventh error, are told, listed and explained, and end with their rule', async () => {
    const { house, daemon } = await live('errors > 10 in 1h: { level: 1, note: Is the bank there? }, excluded: false')
    house.counts.error = 10
    await judged(daemon)
    expect(await alertsOf(daemon)).toEqual([])
    house.counts.error = 11
    await expect.poll(() => house.messages.length, PATIENCE).toBe(1)
    expect(house.messages[0]).toMatchObject({
      type: 'alert.triggered',
      data: {
        title: '▲ LEVEL 1 · Check out: 11 failed events in the last 1 h',
        rule: 'checkout/alerts/errors-over-10-in-1h',
        cause: { kind: 'simple', seen: { count: 11, of: 11 } },
        note: 'Is the bank there?',
        runbook: 'https://wiki.example.org/runbooks/checkout',
      },
    })
    const listed = await runTabiji(house.folder, 'alerts', 'list', '--url', daemon.api)
    expect(listed.stdout).toMatch(/A-0001 +1 +FIRING .* checkout +errors-over-10-in-1h/)
    const explained = await runTabiji(house.folder, 'alerts', 'explain', 'A-0001', '--url', daemon.api)
    expect(explained.stdout).toContain('Is the bank there?')
    expect(explained.stdout).toMatch(
      /hook +trigger, delivered +startup_grace: pass; inhibition: pass; silence: pass; maintenance: pass; hours: pass/,
    )

    house.write('excluded: false')
    daemon.child.kill('SIGHUP')
    await expect
      .poll(() => house.messages.map(({ type }) => type), PATIENCE)
      .toEqual(['alert.triggered', 'alert.withdrawn'])
  }, 120_000)

  test('that must last go on counting when the daemon is killed', async () => {
    const { house, daemon } = await live('slow > 5 % in 1h for 15s: { level: 1, name: slow }')
    house.counts.slow = 10
    await judged(daemon)
    daemon.child.kill('SIGKILL')
    await once(daemon.child, 'close')
    const held = house.held()
    expect([...held.keys()]).toEqual(['checkout/alerts/slow'])
    const since = held.get('checkout/alerts/slow') ?? 0

    const again = await start(house)
    await expect.poll(() => house.messages.length, PATIENCE).toBe(1)
    const [alert] = await alertsOf(again)
    expect(alert).toMatchObject({ id: 'A-0001', level: 1, facts: { cause: { seen: { count: 10, of: 10 } } } })
    expect((alert?.episode.startedAt ?? 0) - since).toBeGreaterThanOrEqual(15_000)
    await again.end()
    expect(house.held()).toEqual(held)
  }, 120_000)

  test('make known that everybody is refused, though nobody asked for it', async () => {
    const { house, daemon } = await live('')
    Object.assign(house.counts, { good: 30, excluded: 30 })
    await judged(daemon)
    expect(await alertsOf(daemon)).toEqual([])
    house.counts.excluded = 31
    await expect.poll(() => house.messages.length, PATIENCE).toBe(1)
    expect(house.messages[0]?.data).toMatchObject({
      level: 3,
      title: '● LEVEL 3 · Check out: 50.81 % of events were excluded in the last 15 min (31 of 61)',
    })
  }, 120_000)
})
