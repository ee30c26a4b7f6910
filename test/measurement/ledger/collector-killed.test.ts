import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { FULL, openHouse, random, tellFigures } from './testing/house.ts'
import { startTraffic } from './testing/traffic.ts'

const KILLS = FULL ? 200 : 10
vi.setConfig({ testTimeout: FULL ? 2_400_000 : 180_000 })

test('the collector, killed at random moments, books exactly what the service counted', async () => {
  const { url, startCollector, startService, happened, booked, untilBooked, doubts } = await openHouse()
  let collector = await startCollector()
  const service = await startService()
  const traffic = startTraffic(url)
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(random(0, FULL ? 1_500 : 800))
    await collector.end('SIGKILL')
    collector = await startCollector()
  }
  await traffic.stop()
  await service.end('SIGTERM')
  const truth = happened().length
  expect(truth).toBeGreaterThan(100)
  expect(await untilBooked(truth)).toBe(truth)
  expect(await doubts('open')).toEqual([])
  await collector.end('SIGKILL')
  await startCollector()
  expect(await booked()).toBe(truth)
  tellFigures({ kills: KILLS, truth, booked: await booked() })
})
