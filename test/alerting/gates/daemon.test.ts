import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { type Daemon, runTabiji, startDaemon } from '../../measurement/ledger/testing/daemon.ts'
import { openHouse } from './testing/house.ts'

type House = Awaited<ReturnType<typeof openHouse>>

const PATIENCE = { timeout: 60_000, interval: 50 }
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

async function live(more?: string): Promise<{ readonly house: House; readonly daemon: Daemon }> {
  const house = await openHouse(more)
  endings.push(house.close)
  return { house, daemon: await start(house) }
}

async function start(house: House): Promise<Daemon> {
  const daemon = await startDaemon(house.folder)
  endings.push(daemon.end)
  return daemon
}

const run = (house: House, daemon: Daemon, ...words: readonly string[]) =>
  runTabiji(house.folder, ...words, '--url', daemon.api)
const explain = async (house: House, daemon: Daemon, id: string) =>
  (await run(house, daemon, 'alerts', 'explain', id)).stdout
/** Rules of what was told, in its order. */
const told = (house: House) => house.messages.map(({ type, data }) => `${type} ${String(data['rule'])}`)

const BROKEN = 'alert.triggered checkout/alerts/broken'
const REFUSED = 'alert.triggered checkout/alerts/refused'

describe('a real daemon', () => {
  test('tells of a silenced page when the silence ends early, though it was killed in between', async () => {
    const { house, daemon } = await live()
    const added = await run(
      ...[
        house,
        daemon,
        'silence',
        'add',
        'journey=checkout',
        '--for',
        '2h',
        '--owner',
        'suzuki',
        '--reason',
        'rebuild',
      ],
    )
    expect(added.stdout).toContain('SIL-0001 is in force from ')
    house.counts.error = 11
    await expect
      .poll(() => explain(house, daemon, 'A-0001'), PATIENCE)
      .toContain('waits for the silence SIL-0001 until')
    expect(await explain(house, daemon, 'A-0001')).toMatch(/silence: defer until .* \(SIL-0001 of suzuki: rebuild\)/)
    expect((await run(house, daemon, 'status')).stdout).toContain('NOBODY IS PAGED for A-0001')
    daemon.child.kill('SIGKILL')
    await once(daemon.child, 'close')

    const again = await start(house)
    expect((await run(house, again, 'silence', 'list')).stdout).toMatch(/SIL-0001 +ACTIVE .*suzuki +journey=checkout/)
    expect(house.messages).toEqual([])
    await run(house, again, 'silence', 'end', 'SIL-0001', '--reason', 'done')
    await expect.poll(() => told(house), PATIENCE).toEqual([BROKEN])
    await expect.poll(() => explain(house, again, 'A-0001'), PATIENCE).toMatch(/gates: let go .*\n.*tried: delivered/)
    expect((await run(house, again, 'status')).stdout).not.toContain('NOBODY IS PAGED')
  }, 180_000)

  test('keeps a notice quiet while a page is open, by a rule of its own', async () => {
    const { house, daemon } = await live(`inhibit: [{ source: [level=1], target: ['level=~2|3'], equal: [journey] }]`)
    Object.assign(house.counts, { error: 11, excluded: 6 })
    await expect.poll(() => told(house), PATIENCE).toEqual([BROKEN])
    const explained = await explain(house, daemon, 'A-0002')
    expect(explained).toMatch(/inhibition: defer \(A-0001 is open, checkout\/alerts\/broken\)/)
    expect(explained).toContain('waits for the end of A-0001; then it is told if the alert is still open')
    expect(told(house)).toEqual([BROKEN])
  }, 120_000)

  test('tells of what still rings when announced work is ended', async () => {
    const { house, daemon } = await live()
    const times = [
      '--from',
      new Date(Date.now() - 60_000).toISOString(),
      '--to',
      new Date(Date.now() + 3_600_000).toISOString(),
    ]
    const added = await run(house, daemon, 'maintenance', 'add', ...times, '--journey', 'checkout', '--reason', 'disks')
    expect(added.stdout).toContain('MNT-0001: nobody is told of alerts of checkout from ')
    expect(added.stderr).toContain('next: tabiji correction add --from ')
    house.counts.excluded = 6
    await expect.poll(() => explain(house, daemon, 'A-0001'), PATIENCE).toContain('waits for the maintenance MNT-0001')
    expect(house.messages).toEqual([])
    await run(house, daemon, 'maintenance', 'end', 'MNT-0001')
    await expect.poll(() => told(house), PATIENCE).toEqual([REFUSED])
  }, 120_000)
})
