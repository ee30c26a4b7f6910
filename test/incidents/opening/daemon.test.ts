import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { runTabiji, TOKENS } from '../../alerting/episodes/testing/house.ts'
import { type Daemon, startDaemon } from '../../measurement/ledger/testing/daemon.ts'
import { openHouse } from './testing/house.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

type House = Awaited<ReturnType<typeof openHouse>>
type Listed = {
  readonly incidents: readonly {
    readonly key: string
    readonly title: string
    readonly episodes: readonly string[]
    readonly journeys: readonly string[]
  }[]
}
type Shown = {
  readonly incident: {
    readonly status: string
    readonly times: Record<string, { readonly at: string; readonly origin: string }>
  }
  readonly timeline: readonly { readonly type: string }[]
}
type Cost = {
  readonly journeys: readonly { readonly objective: string; readonly bad: number; readonly valid: number }[]
}

async function start(house: House): Promise<Daemon> {
  const daemon = await startDaemon(house.folder, TOKENS)
  endings.push(daemon.end)
  return daemon
}

async function kill({ child }: Daemon): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'close')
}

async function api<Answer>(daemon: Daemon, path: string): Promise<Answer> {
  const response = await fetch(`${daemon.api}/api/v1${path}`, {
    headers: { authorization: `Bearer ${TOKENS.TABIJI_AOI}` },
  })
  return (await response.json()) as Answer
}

async function open(more = '') {
  const house = await openHouse(more)
  endings.push(house.close)
  return { house, daemon: await start(house) }
}

const incidents = async (daemon: Daemon) => (await api<Listed>(daemon, '/incidents')).incidents

describe('a page on a real daemon', () => {
  test('opens one incident with its times and its impact, and no second one though the daemon is killed', async () => {
    const { house, daemon } = await open()
    house.counts.good = 9
    house.counts.error = 11
    await expect.poll(async () => (await incidents(daemon)).length, PATIENCE).toBe(1)
    await expect.poll(() => house.pager.length, PATIENCE).toBe(1)
    expect(house.pager[0]?.data).toMatchObject({
      incident: { key: 'INC-0001', first: [{ en: 'Take the alert' }, { en: 'Say that you lead' }, {}] },
      text: expect.stringContaining('インシデント: INC-0001。まず行うこと: 1. '),
    })
    await kill(daemon)
    const again = await start(house)
    // Judged again, and more than once: the count of readings goes on only after evaluations.
    house.counts.error = 15
    await expect
      .poll(async () => (await api<Cost>(again, '/incidents/INC-0001/impact')).journeys, PATIENCE)
      .toEqual([expect.objectContaining({ objective: 'checkout/availability', bad: 15, valid: 24 })])
    expect(await incidents(again)).toMatchObject([
      { key: 'INC-0001', title: '購入：失敗しています', episodes: ['A-0001'] },
    ])
    const times = async () => (await api<Shown>(again, '/incidents/INC-0001')).incident.times
    await expect.poll(times, PATIENCE).toMatchObject({
      impactStarted: { origin: 'books' },
      detected: { origin: 'alert' },
      delivered: { origin: 'alert' },
    })
    const { impactStarted, detected, delivered } = await times()
    const order = [impactStarted, detected, delivered].map((mark) => Date.parse(mark?.at ?? ''))
    expect(order.toSorted((a, b) => a - b)).toEqual(order)
  }, 120_000)

  test('is led, followed and shown by people, and what they took or said outlives the daemon', async () => {
    const { house, daemon } = await open()
    house.counts.error = 11
    await expect.poll(async () => (await incidents(daemon)).length, PATIENCE).toBe(1)
    const run = (to: Daemon, ...words: readonly string[]) =>
      runTabiji(house.folder, { TABIJI_TOKEN: TOKENS.TABIJI_AOI }, 'incident', ...words, '--url', to.api)
    expect(await run(daemon, 'lead', 'INC-0001')).toMatchObject({ exit: 0, stdout: 'INC-0001: aoi has lead\n' })
    expect(await run(daemon, 'status', 'INC-0001', 'identified')).toMatchObject({ exit: 0 })
    await kill(daemon)
    const again = await start(house)
    const shown = await run(again, 'show', 'INC-0001')
    expect(shown.stdout).toMatch(/status +identified/)
    expect(shown.stdout).toMatch(/lead +aoi, since /)
    expect(shown.stdout).toMatch(/acknowledged .*\(person\)/)
    expect(shown.stdout).toMatch(/Impact from .* going on\n +checkout\/availability +11 of 11 bad +100\.00 %/)
    expect(shown.stdout).toMatch(/Other journeys\n +browse +ok/)
  }, 120_000)

  test('of another journey soon after joins; where nobody wants incidents, none is opened', async () => {
    const { house, daemon } = await open()
    house.counts.error = 11
    await expect.poll(async () => (await incidents(daemon)).length, PATIENCE).toBe(1)
    house.other.error = 11
    await expect
      .poll(async () => (await incidents(daemon)).map(({ journeys }) => journeys), PATIENCE)
      .toEqual([['checkout', 'browse']])
    expect(await incidents(daemon)).toMatchObject([
      { key: 'INC-0001', episodes: [expect.anything(), expect.anything()] },
    ])

    const run = (...words: readonly string[]) =>
      runTabiji(house.folder, { TABIJI_TOKEN: TOKENS.TABIJI_AOI }, 'incident', ...words, '--url', daemon.api)
    const [, second = ''] = (await incidents(daemon))[0]?.episodes ?? []
    const left = await run('leave', 'INC-0001', second, '--reason', 'another cause')
    expect(left).toMatchObject({ exit: 0, stdout: 'INC-0001 is about A-0001\n' })
    expect(await run('join', 'INC-0001', 'A-9999')).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining('There is no alert A-9999'),
    })
    const joined = await run('join', 'INC-0001', second.toLowerCase())
    expect(joined).toMatchObject({ exit: 0, stdout: `INC-0001 is about A-0001, ${second}\n` })

    const quiet = await open('incidents: { openOn: never }')
    quiet.house.counts.error = 11
    await expect.poll(() => quiet.house.pager.length, PATIENCE).toBe(1)
    expect(await incidents(quiet.daemon)).toEqual([])
  }, 120_000)
})
