import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { type Daemon, startDaemon } from '../../measurement/ledger/testing/daemon.ts'
import { cannotMount, fill, smallDisk } from '../../measurement/ledger/testing/small-disk.ts'
import { type Bells, marksOf, openBells } from './testing/bells.ts'
import { hang, take } from './testing/hook.ts'
import { alertsOf, openHouse, owedTo, PATIENCE, untilHeard, untilSettled } from './testing/house.ts'

vi.setConfig({ testTimeout: 300_000 })

const SHIFTED_CLOCK = join(import.meta.dirname, '../../measurement/ledger/testing/shifted-clock.mjs')
const ONE = ['checkout'] as const
const TWO = ['checkout', 'refund'] as const
/** Fires at the first error and goes on. */
const RINGS = () => ({ 'errors > 0 in 1h': { level: 1, name: 'down' } })
const RECEIVERS = ['pager', 'chat', 'hook'] as const

async function openSite(journeys: readonly string[], folder?: string) {
  const bells = await openBells()
  const house = await openHouse({ journeys, receivers: bells.receivers, ...(folder !== undefined && { folder }) })
  house.writeRules(RINGS)
  return { ...bells, ...house }
}

/** Each receiver hears the next requests without answering them. */
function hangAll({ pager, chat, hook }: Bells, count = 1): void {
  for (let i = 0; i < count; i++) {
    pager.script.push('hang')
    chat.script.push('hang')
  }
  hook.manner = (response, n, heard) => (n <= count ? hang : take)(response, n, heard)
}

async function untilAllHeard({ pager, chat, hook }: Bells, count: number): Promise<void> {
  await untilHeard(hook, count)
  await expect.poll(() => Math.min(pager.received.length, chat.received.length), PATIENCE).toBeGreaterThanOrEqual(count)
}

const heardByAll = ({ pager, chat, hook }: Bells) => [pager.received.length, chat.received.length, hook.heard.length]

/** What is owed to each receiver; the same to all, or the test fails. */
async function owedToAll(daemon: Daemon): Promise<readonly string[]> {
  const [first = [], ...rest] = await Promise.all(RECEIVERS.map((name) => owedTo(daemon, name)))
  for (const other of rest) expect(other).toEqual(first)
  return first
}

describe('the daemon, killed', () => {
  test('before the commit: nothing has happened, and it rings after the start, once', async () => {
    const site = await openSite(ONE)
    // It reads and books, and judges in an hour.
    site.writeConfig('1h')
    const daemon = await site.start()
    site.shop.fail('checkout', 1)
    const before = site.shop.reads()
    await expect.poll(site.shop.reads, PATIENCE).toBeGreaterThan(before + 2)
    expect(await alertsOf(daemon)).toEqual([])
    await site.kill(daemon)
    expect(heardByAll(site)).toEqual([0, 0, 0])

    site.writeConfig()
    const again = await site.start()
    await untilAllHeard(site, 1)
    await untilSettled(again)
    expect(await owedToAll(again)).toEqual(['trigger delivered 1'])
    expect(heardByAll(site)).toEqual([1, 1, 1])
  })

  test('after the commit and before the sending: it is sent after the start, once and unmarked', async () => {
    const site = await openSite(TWO)
    hangAll(site)
    const daemon = await site.start()
    site.shop.fail('checkout', 1)
    await untilAllHeard(site, 1)
    // Each receiver is busy with the first alert, so the second one is committed and waits.
    site.shop.fail('refund', 1)
    await expect.poll(() => owedToAll(daemon), PATIENCE).toEqual(['trigger sending 1', 'trigger waiting 0'])
    await site.kill(daemon)
    expect(heardByAll(site)).toEqual([1, 1, 1])

    const again = await site.start()
    await untilSettled(again)
    expect(await owedToAll(again)).toEqual(['trigger delivered 2?', 'trigger delivered 1'])
    expect(heardByAll(site)).toEqual([3, 3, 3])
    expect(marksOf(site)).toEqual([false, true, false])
    expect([...site.pager.calls.values()]).toEqual([1, 1])
    expect(new Set(site.hook.heard.map(({ id }) => id)).size).toBe(2)
  })

  test('after the sending and before it is recorded: one repeat, which every receiver can tell', async () => {
    const site = await openSite(ONE)
    hangAll(site)
    const daemon = await site.start()
    site.shop.fail('checkout', 1)
    await untilAllHeard(site, 1)
    await site.kill(daemon)

    const again = await site.start()
    await untilSettled(again)
    expect(await owedToAll(again)).toEqual(['trigger delivered 2?'])
    expect(heardByAll(site)).toEqual([2, 2, 2])
    expect(marksOf(site)).toEqual([false, true])
    // The pager opens one alert by its key, and the webhook drops by its id what it has had.
    expect([...site.pager.calls.values()]).toEqual([1])
    expect(new Set(site.hook.heard.map(({ id }) => id)).size).toBe(1)
  })

  test('while it waits to try again: it goes on waiting, then delivers, unmarked', async () => {
    const site = await openSite(ONE)
    const busy = { status: 503, headers: { 'retry-after': '3' } }
    site.pager.script.push(busy)
    site.chat.script.push(busy)
    site.hook.manner = (response, n, heard) =>
      n === 1 ? void response.writeHead(503, busy.headers).end() : take(response, n, heard)
    const daemon = await site.start()
    site.shop.fail('checkout', 1)
    await expect.poll(() => owedToAll(daemon), PATIENCE).toEqual(['trigger waiting 1'])
    await site.kill(daemon)

    const again = await site.start()
    await untilSettled(again)
    expect(await owedToAll(again)).toEqual(['trigger delivered 2'])
    expect(heardByAll(site)).toEqual([2, 2, 2])
    expect(marksOf(site)).toEqual([false, false])
  })
})

test('a daemon that is asked to end waits for the answer, and tells no end of what still fires', async () => {
  const site = await openSite(ONE)
  let answer = () => {}
  site.hook.manner = (response, n, heard) => {
    answer = () => take(response, n, heard)
  }
  const daemon = await site.start()
  site.shop.fail('checkout', 1)
  await untilHeard(site.hook, 1)
  const ended = daemon.end()
  await expect.poll(() => daemon.log.join('\n'), PATIENCE).toContain('is stopping')
  answer()
  expect(await ended).toBe(0)

  const again = await site.start()
  await untilSettled(again)
  expect(await owedTo(again, 'hook')).toEqual(['trigger delivered 1'])
  expect(site.hook.told()).toEqual(['alert.triggered'])
})

test('a receiver that never answers holds the end up for ten seconds at most, and leaves a doubt', async () => {
  const site = await openSite(ONE)
  site.hook.manner = hang
  const daemon = await site.start()
  site.shop.fail('checkout', 1)
  await untilHeard(site.hook, 1)
  expect(await daemon.end()).toBe(0)
  site.hook.manner = take
  const again = await site.start()
  await untilSettled(again)
  expect(await owedTo(again, 'hook')).toEqual(['trigger delivered 2?'])
  expect(site.hook.told()).toEqual(['alert.triggered', 'alert.triggered'])
})

test('a second daemon on the same store is refused, while the first goes on with what it sends', async () => {
  const site = await openSite(ONE)
  let answer = () => {}
  site.hook.manner = (response, n, heard) => {
    answer = () => take(response, n, heard)
  }
  const daemon = await site.start()
  site.shop.fail('checkout', 1)
  await untilHeard(site.hook, 1)
  const second = await startDaemon(site.folder).then(
    () => 'up',
    (error: Error) => error.message,
  )
  expect(second).toMatch(/ended with 1.*another process has it open/s)
  answer()
  await untilSettled(daemon)
  expect(await owedTo(daemon, 'hook')).toEqual(['trigger delivered 1'])
  expect(site.hook.heard).toHaveLength(1)
})

describe.skipIf(cannotMount)('a disk without room', () => {
  const fails = (daemon: Daemon) =>
    expect
      .poll(async () => {
        const { status, failed } = await daemon.ready()
        return `${status} ${failed.map(({ name }) => name).join(' ')}`
      }, PATIENCE)
      .toMatch(/^503 .*store/)

  test('rings once there is room, once', async () => {
    const site = await openSite(ONE, smallDisk())
    const daemon = await site.start()
    const filler = fill(site.folder)
    await fails(daemon)
    site.shop.fail('checkout', 1)
    await fails(daemon)
    expect(heardByAll(site)).toEqual([0, 0, 0])
    rmSync(filler)
    await untilAllHeard(site, 1)
    await untilSettled(daemon)
    expect(await owedToAll(daemon)).toEqual(['trigger delivered 1'])
    expect(heardByAll(site)).toEqual([1, 1, 1])
  })

  test('while something is being sent: what was delivered is recorded once there is room, and not sent again', async () => {
    const site = await openSite(ONE, smallDisk())
    let answer = () => {}
    site.hook.manner = (response, n, heard) => {
      answer = () => take(response, n, heard)
    }
    const daemon = await site.start()
    site.shop.fail('checkout', 1)
    await untilHeard(site.hook, 1)
    const filler = fill(site.folder)
    site.shop.fail('checkout', 1)
    await fails(daemon)
    answer()
    await fails(daemon)
    rmSync(filler)
    await untilSettled(daemon)
    expect(await owedTo(daemon, 'hook')).toEqual(['trigger delivered 1'])
    expect(site.hook.heard).toHaveLength(1)
  })
})

test.each([
  ['ahead', 3_600_000],
  ['back', -3_600_000],
])('a clock that jumps an hour %s while something waits brings it forward, and doubles nothing', async (_, shift) => {
  const site = await openSite(ONE)
  const clock = join(site.folder, 'shift')
  writeFileSync(clock, '0')
  site.hook.manner = (response, n, heard) =>
    n === 1 ? void response.writeHead(503, { 'retry-after': '1800' }).end() : take(response, n, heard)
  const daemon = await site.start({ NODE_OPTIONS: `--import=${SHIFTED_CLOCK}`, SHIFTED_CLOCK: clock })
  site.shop.fail('checkout', 1)
  await expect.poll(() => owedTo(daemon, 'hook'), PATIENCE).toEqual(['trigger waiting 1'])
  writeFileSync(clock, String(shift))
  await expect.poll(() => owedTo(daemon, 'hook'), PATIENCE).toContain('trigger delivered 2')
  // By its new clock nobody has taken the page for long, so reminders may be owed as well.
  const begun = async (name: string) => (await owedTo(daemon, name)).filter((row) => row.startsWith('trigger'))
  expect([await begun('hook'), await begun('chat')]).toEqual([['trigger delivered 2'], ['trigger delivered 1']])
  expect(site.hook.told().filter((type) => type === 'alert.triggered')).toHaveLength(2)
})
