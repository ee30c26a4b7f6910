import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { FULL, openHouse, random, tellFigures } from './testing/house.ts'
import { lastRequest, post, startTraffic } from './testing/traffic.ts'

const PROGRAM = fileURLToPath(new URL('./testing/cluster-service.mjs', import.meta.url))
const ROUNDS = FULL ? 40 : 2
/** Between two messages of a worker; and how late a busy event loop may be with one. */
const INTERVAL_MS = 250
const LATE_MS = 250
vi.setConfig({ testTimeout: FULL ? 1_200_000 : 120_000 })

async function openCluster() {
  const house = await openHouse()
  await house.startCollector()
  const service = await house.startService(PROGRAM)
  const ask = async (path: string): Promise<unknown> => (await post(`${house.workersUrl}${path}`)).json()
  /** Ends a worker and waits for the one that the primary starts in its place. */
  const replace = async (end: () => Promise<unknown>) => {
    const ready = once(service.child, 'message').then(() => true)
    do await end()
    while (!(await Promise.race([ready, pause(5_000, false)])))
  }
  return { ...house, service, ask, replace }
}

test('a cluster whose workers exit, crash and are disconnected is in the books to the last event, none twice', async () => {
  const { workersUrl, service, happened, settled, untilBooked, doubts, ask, replace } = await openCluster()
  expect(await ask('/welcomed')).toBe(true)
  const traffic = startTraffic(workersUrl)
  for (let round = 0; round < ROUNDS; round++) {
    for (const path of ['/exit', '/crash'] as const) {
      await pause(random(100, 700))
      await replace(() => lastRequest(workersUrl, path))
    }
  }
  await traffic.stop()
  const workers = new Set(happened().map(({ pid }) => pid)).size
  expect(workers).toBeGreaterThan(3)
  const told = await settled()
  expect(await untilBooked(told)).toBe(told)
  await service.end('SIGTERM')
  const truth = happened().length
  expect(await untilBooked(truth)).toBe(truth)
  expect(await doubts('all')).toEqual([])
  tellFigures({ workers, truth, booked: truth })
})

test('a worker that is killed takes at most what it counted since its last message', async () => {
  const { workersUrl, service, happened, booked, ask, replace } = await openCluster()
  const traffic = startTraffic(workersUrl)
  const killed: number[] = []
  for (let kill = 0; kill < ROUNDS; kill++) {
    await pause(random(300, 900))
    await replace(async () => {
      const pid = Number(await ask('/pid'))
      process.kill(pid, 'SIGKILL')
      killed.push(pid)
    })
  }
  await traffic.stop()
  await service.end('SIGTERM')
  const all = happened()
  const mayBeMissing = killed.flatMap((killedPid) => {
    const own = all.filter(({ pid }) => pid === killedPid)
    const last = Math.max(...own.map(({ at }) => at))
    return own.filter(({ at }) => at >= last - INTERVAL_MS - LATE_MS)
  })
  const inBooks = await booked()
  expect(inBooks).toBeLessThanOrEqual(all.length)
  expect(inBooks).toBeGreaterThanOrEqual(all.length - mayBeMissing.length)
  expect(mayBeMissing.length).toBeLessThan(all.length)
  tellFigures({ kills: ROUNDS, truth: all.length, booked: inBooks, missing: all.length - inBooks })
})

test('a worker that counts by other journeys is refused and reported', async () => {
  const { service, booked } = await openCluster()
  const problem = once(service.child, 'message')
  service.child.send('a stranger')
  const [told] = await problem
  expect(told).toMatchObject({
    problem: {
      kind: 'cluster',
      message: expect.stringMatching(
        /^The counters of worker \d+ are not taken: expected the journeys [0-9a-f]+, got [0-9a-f]+; restart the primary too\.$/,
      ),
    },
  })
  await service.end('SIGTERM')
  expect(await booked()).toBe(0)
})
