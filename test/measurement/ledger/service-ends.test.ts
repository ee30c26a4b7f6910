import { readdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { FULL, openHouse, random, tellFigures } from './testing/house.ts'
import type { Running } from './testing/processes.ts'
import { lastRequest, startTraffic } from './testing/traffic.ts'

const ROUNDS = FULL ? 20 : 1
const SERVICE_KILLS = FULL ? 40 : 3
vi.setConfig({ testTimeout: FULL ? 2_400_000 : 180_000 })

test('a service that ends and crashes, with the collector up or down, is in the books to the last event', async () => {
  const { url, spool, startCollector, startService, settled, untilBooked, doubts } = await openHouse()
  const ends = {
    terminated: (service: Running) => service.end('SIGTERM'),
    crashed: async (service: Running) => {
      await lastRequest(url, '/crash')
      await service.end('SIGKILL')
      expect(service.child.exitCode).toBe(1)
    },
    exited: async (service: Running) => {
      await lastRequest(url, '/exit')
      await service.end('SIGKILL')
      expect(service.child.exitCode).toBe(3)
    },
  }
  let collector = await startCollector()
  let service = await startService()
  const traffic = startTraffic(url)
  let lives = 1
  for (let round = 0; round < ROUNDS; round++) {
    for (const end of Object.values(ends)) {
      for (const collectorIsUp of [true, false]) {
        await pause(random(300, 1_800))
        if (!collectorIsUp) await collector.end('SIGKILL')
        await end(service)
        service = await startService()
        if (!collectorIsUp) collector = await startCollector()
        lives++
      }
    }
  }
  await traffic.stop()
  const truth = await settled()
  expect(truth).toBeGreaterThan(100)
  expect(await untilBooked(truth)).toBe(truth)
  await vi.waitFor(() => expect(readdirSync(spool)).toEqual([]), { timeout: 10_000 })
  await service.end('SIGTERM')
  expect(await settled()).toBe(truth)
  expect(await untilBooked(truth)).toBe(truth)
  expect(await doubts('open')).toEqual([])
  tellFigures({ lives, truth, booked: truth, settled: (await doubts('all')).length })
})

test('a service that is killed is never in the books with more than the truth, and a doubt covers every event that is missing', async () => {
  const { url, startCollector, startService, happened, settled, booked, untilBooked, doubts } = await openHouse()
  const collector = await startCollector()
  let service = await startService()
  const traffic = startTraffic(url)
  await vi.waitFor(async () => expect(await booked()).toBeGreaterThan(0), { timeout: 15_000, interval: 100 })
  for (let kill = 0; kill < SERVICE_KILLS; kill++) {
    await pause(random(300, 2_500))
    await service.end('SIGKILL')
    service = await startService()
  }
  // Only the process that lives can add to the books, so it has been read when they grow: all others are known to be gone.
  const before = await booked()
  await vi.waitFor(async () => expect(await booked()).toBeGreaterThan(before), { timeout: 20_000, interval: 100 })
  const ends = async () => (await doubts('open')).map(({ to }) => to)
  await vi.waitFor(async () => expect(await ends()).not.toContain(undefined), { timeout: 5_000 })
  await traffic.stop()
  const last = await settled()
  await service.end('SIGTERM')
  const all = happened()
  expect(all).toHaveLength(last)
  // The last life was read or handed over to its end, so from here on nothing more can come.
  const stretches = (await doubts('open')).map(({ from, to = '' }) => [Date.parse(from), Date.parse(to)] as const)
  const doubted = all.filter(({ at }) => stretches.some(([from = 0, to = 0]) => at >= from && at <= to)).length
  const inBooks = await booked()
  expect(inBooks).toBeLessThanOrEqual(all.length)
  expect(inBooks).toBeGreaterThanOrEqual(all.length - doubted)
  expect(all.length - inBooks).toBeGreaterThan(0)
  await collector.end('SIGKILL')
  await startCollector()
  expect(await untilBooked(inBooks)).toBe(inBooks)
  expect(await doubts('open')).toHaveLength(stretches.length)
  tellFigures({ kills: SERVICE_KILLS, truth: all.length, booked: inBooks, missing: all.length - inBooks, doubted })
})
