import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Daemon, runTabiji, startCounter, startDaemon, writeConfig } from './testing/daemon.ts'
import { cannotMount, fill, smallDisk } from './testing/small-disk.ts'

const WAIT = { timeout: 15_000, interval: 50 }
const SHIFTED_CLOCK = join(import.meta.dirname, 'testing/shifted-clock.mjs')

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-trouble-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const daemons: Daemon[] = []
afterEach(async () => {
  for (const daemon of daemons.splice(0)) await daemon.end()
})

async function start(folder: string, env: Record<string, string> = {}): Promise<Daemon> {
  const daemon = await startDaemon(folder, env)
  daemons.push(daemon)
  return daemon
}

async function counter() {
  const counter = await startCounter()
  onTestFinished(counter.close)
  return counter
}

const becomesReady = (daemon: Daemon) => expect.poll(async () => (await daemon.ready()).failed, WAIT).toEqual([])
const becomesBooked = (daemon: Daemon, count: number) => expect.poll(() => daemon.booked(), WAIT).toBe(count)
/** Until `/readyz` answers 503 and says why. */
const fails = (daemon: Daemon, why: RegExp) =>
  expect
    .poll(async () => {
      const { status, failed } = await daemon.ready()
      return `${status} ${failed.map(({ name, message }) => `${name}: ${message}`).join('; ')}`
    }, WAIT)
    .toMatch(why)
const lives = async (daemon: Daemon) => {
  expect((await fetch(`${daemon.api}/livez`)).status).toBe(200)
  expect(daemon.child.exitCode).toBeNull()
}

describe('a disk without room', () => {
  test.skipIf(cannotMount)(
    'makes the collector say so, and it goes on by itself when there is room, with nothing lost and nothing doubled',
    async () => {
      const folder = smallDisk()
      const shop = await counter()
      writeConfig(folder, shop.url)
      const daemon = await start(folder)
      shop.good = 100
      await becomesBooked(daemon, 100)
      await becomesReady(daemon)

      const filler = fill(folder)
      shop.good = 250
      await fails(daemon, /^503 .*store: .*(full|disk)/)
      await lives(daemon)
      // What was read but not written is in no total either.
      const { booked } = daemon
      expect(await booked()).toBeLessThan(250)
      daemon.child.kill('SIGHUP')
      const copy = await runTabiji(folder, 'backup', join(folder, 'copy.db'), '--json')
      expect(copy).toMatchObject({ exit: 1, stdout: '' })
      expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([])
      await lives(daemon)

      rmSync(filler)
      await becomesReady(daemon)
      await becomesBooked(daemon, 250)
      shop.good = 260
      await becomesBooked(daemon, 260)
      expect(await daemon.end()).toBe(0)
      const again = await start(folder)
      await becomesBooked(again, 260)
    },
  )
})

describe('a file that is damaged', () => {
  /** Writes over a part of a file without changing its length. */
  function damage(file: string, from: number, length: number): void {
    const opened = openSync(file, 'r+')
    writeSync(opened, Buffer.alloc(length, 0x5a), 0, length, from)
    closeSync(opened)
  }

  test('while the collector runs, is told, and a backup puts it right with nothing lost', async () => {
    const folder = newFolder()
    const shop = await counter()
    writeConfig(folder, shop.url)
    const daemon = await start(folder)
    shop.good = 100
    await becomesBooked(daemon, 100)
    expect(await runTabiji(folder, 'backup', 'copy.db')).toMatchObject({ exit: 0 })
    expect(await runTabiji(folder, 'restore', 'copy.db')).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining('another process'),
    })
    shop.good = 180
    await becomesBooked(daemon, 180)
    damage(join(folder, 'tabiji.db'), 0, 8192)
    await fails(daemon, /^503 .*store: .*written over.*tabiji restore/)
    await lives(daemon)
    await daemon.end()

    // Its end wrote the pages back that it still knew of; without it they stay as they are.
    damage(join(folder, 'tabiji.db'), 0, 8192)
    const refused = await start(folder).then(
      () => 'up',
      (error: Error) => error.message,
    )
    expect(refused).toContain('ended with 1')
    expect(refused).toMatch(/not|damaged|another program/)
    const restored = await runTabiji(folder, 'restore', 'copy.db')
    expect(restored).toMatchObject({ exit: 0, stdout: expect.stringContaining('before-restore') })
    // The service tells its counters from its beginning, so what came after the backup is told again.
    shop.good = 200
    const again = await start(folder)
    await becomesBooked(again, 200)
    await becomesReady(again)
  })

  test('in its middle, is refused at the start and left as it is', async () => {
    const folder = newFolder()
    const shop = await counter()
    writeConfig(folder, shop.url)
    const daemon = await start(folder)
    shop.good = 10
    await becomesBooked(daemon, 10)
    await daemon.end()
    const file = join(folder, 'tabiji.db')
    damage(file, 3 * 4096, 8 * 4096)
    const before = readFileSync(file)
    const complaint = await start(folder).then(
      () => 'up',
      (error: Error) => error.message,
    )
    expect(complaint).toMatch(/ended with 1.*damaged/s)
    expect(complaint).toContain('tabiji restore')
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})

describe('a clock', () => {
  test.each([
    ['ahead', 3_600_000],
    ['back', -3_600_000],
  ])('that jumps an hour %s and returns is told, and every event is counted once', async (way, shift) => {
    const folder = newFolder()
    const shop = await counter()
    writeConfig(folder, shop.url)
    const clock = join(folder, 'shift')
    writeFileSync(clock, '0')
    const daemon = await start(folder, { NODE_OPTIONS: `--import=${SHIFTED_CLOCK}`, SHIFTED_CLOCK: clock })
    shop.good = 100
    await becomesBooked(daemon, 100)
    await becomesReady(daemon)

    writeFileSync(clock, String(shift))
    await fails(daemon, new RegExp(`^503 .*clock: the clock jumped 3600 s ${way}`))
    expect(daemon.log.join('\n')).toContain('the clock jumped')
    shop.good = 170
    await expect.poll(() => daemon.booked(), WAIT).toBe(170)
    await lives(daemon)

    writeFileSync(clock, '0')
    await becomesReady(daemon)
    shop.good = 230
    await becomesBooked(daemon, 230)
    expect(await daemon.end()).toBe(0)
    writeFileSync(clock, '0')
    const again = await start(folder, { NODE_OPTIONS: `--import=${SHIFTED_CLOCK}`, SHIFTED_CLOCK: clock })
    shop.good = 231
    await becomesBooked(again, 231)
  })
})
