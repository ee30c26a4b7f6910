import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startReceiver } from '../../../packages/collector/src/notifiers/testing/receiver.ts'
import type { Daemon } from '../../measurement/ledger/testing/daemon.ts'
import { cannotMount, fill, smallDisk } from '../../measurement/ledger/testing/small-disk.ts'
import { hang, startHook, take } from '../delivery/testing/hook.ts'
import { openHouse, PATIENCE, untilHeard } from '../delivery/testing/house.ts'

vi.setConfig({ testTimeout: 300_000 })

const SHIFTED_CLOCK = join(import.meta.dirname, '../../measurement/ledger/testing/shifted-clock.mjs')
const PING = 'ping/planted-secret-5f1'

async function openWatched(folder?: string) {
  const watcher = await startReceiver(() => ({ status: 200, body: 'OK' }))
  const hook = await startHook()
  onTestFinished(async () => void (await Promise.all([watcher.close(), hook.close()])))
  const house = await openHouse({
    journeys: ['checkout'],
    receivers: { hook: hook.receiver },
    ...(folder !== undefined && { folder }),
    config: { heartbeat: { urlEnv: 'PING', interval: '300ms' } },
  })
  house.writeRules(() => ({ 'errors > 0 in 1h': { level: 1, name: 'down' } }))
  const start = (env: Record<string, string> = {}) => house.start({ PING: `${watcher.url}/${PING}`, ...env })
  return { ...house, start, watcher, hook }
}

const beats = async (daemon: Daemon, result: string) => {
  const text = await (await fetch(`${daemon.api}/metrics`)).text()
  return Number(new RegExp(`^tabiji_heartbeats_total\\{result="${result}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0)
}

/** Until several turns in a row were withheld. On a busy machine single ones are, because no evaluation was finished between two. */
async function untilMissed(daemon: Daemon, { received }: { readonly received: readonly unknown[] }): Promise<void> {
  const heardMeanwhile = async () => {
    const [heard, then] = [received.length, await beats(daemon, 'withheld')]
    await expect.poll(() => beats(daemon, 'withheld'), PATIENCE).toBeGreaterThan(then + 3)
    return received.length - heard
  }
  await expect.poll(heardMeanwhile, PATIENCE).toBe(0)
}

async function untilBeating({ received }: { readonly received: readonly unknown[] }): Promise<void> {
  const before = received.length
  await expect.poll(() => received.length, PATIENCE).toBeGreaterThan(before + 1)
}

test('a daemon that is well beats, a page that nobody takes for two minutes ends that, and it begins again', async () => {
  const { start, watcher, hook, shop, folder } = await openWatched()
  const clock = join(folder, 'shift')
  writeFileSync(clock, '0')
  const daemon = await start({ NODE_OPTIONS: `--import=${SHIFTED_CLOCK}`, SHIFTED_CLOCK: clock })
  await untilBeating(watcher)
  expect(watcher.received[0]).toMatchObject({ method: 'GET', path: `/${PING}`, body: '' })

  hook.manner = hang
  shop.fail('checkout', 1)
  await untilHeard(hook, 1)
  // In steps that no clock watch takes for a jump.
  for (const shift of [40_000, 80_000, 120_000, 160_000]) {
    const [sent, withheld] = [await beats(daemon, 'sent'), await beats(daemon, 'withheld')]
    writeFileSync(clock, String(shift))
    const turns = async () => (await beats(daemon, 'sent')) + (await beats(daemon, 'withheld'))
    await expect.poll(turns, PATIENCE).toBeGreaterThan(sent + withheld + 2)
  }
  await untilMissed(daemon, watcher)
  expect(daemon.log.join('\n')).toMatch(/delivery: a level 1 notification has been owed for/)

  hook.manner = take
  await untilBeating(watcher)
  expect(daemon.log.join('\n')).not.toContain('planted')
})

test('a daemon that judges nothing does not beat', async () => {
  const { start, writeConfig, watcher } = await openWatched()
  writeConfig('1h')
  const daemon = await start()
  await untilMissed(daemon, watcher)
  expect(watcher.received).toEqual([])
})

test.skipIf(cannotMount)(
  'a disk without room ends the beats and is seen at /healthz, until there is room',
  async () => {
    const { start, watcher, folder } = await openWatched(smallDisk())
    const daemon = await start()
    await untilBeating(watcher)
    const health = async () => (await fetch(`${daemon.api}/healthz`)).status
    await expect.poll(health, PATIENCE).toBe(200)
    const filler = fill(folder)
    await expect.poll(health, PATIENCE).toBe(503)
    await untilMissed(daemon, watcher)
    expect((await fetch(`${daemon.api}/livez`)).status).toBe(200)
    rmSync(filler)
    await untilBeating(watcher)
    await expect.poll(health, PATIENCE).toBe(200)
  },
)

test('a start after a long absence says from when to when nobody was there', async () => {
  const { start, kill, watcher, folder } = await openWatched()
  const clock = join(folder, 'shift')
  writeFileSync(clock, '0')
  const env = { NODE_OPTIONS: `--import=${SHIFTED_CLOCK}`, SHIFTED_CLOCK: clock }
  const daemon = await start(env)
  await untilBeating(watcher)
  await kill(daemon)
  writeFileSync(clock, '600000')
  const again = await start(env)
  await expect.poll(() => again.log.join('\n'), PATIENCE).toContain('nobody served this store for a while')
  const gauges = await (await fetch(`${again.api}/metrics`)).text()
  expect(gauges).toMatch(/^tabiji_evaluation_lag_seconds \d/m)
  // Whether its service is read again by now is a matter of moments.
  expect(gauges).toMatch(/^tabiji_rules_no_data \d+$/m)
})
