import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { FULL, openHouse, random, tellFigures } from '../ledger/testing/house.ts'
import { startTraffic } from '../ledger/testing/traffic.ts'
import { startPrometheus } from '../ruler/testing/prometheus.ts'

const KILLS = FULL ? 100 : 6
vi.setConfig({ testTimeout: FULL ? 2_400_000 : 240_000 })

/** The real service, a real Prometheus that scrapes it every second, and a collector that asks only that one. */
async function openScraped() {
  const house = await openHouse()
  const target = new URL(house.url).host
  let prometheus = await startPrometheus(house.folder, target)
  const { port } = new URL(prometheus.url)
  onTestFinished(() => prometheus.close())
  house.readBy(
    `engines: [{ name: prometheus, url: '${prometheus.url}', services: [shop], interval: 500ms, delay: 200ms }]`,
  )
  return {
    ...house,
    stopPrometheus: () => prometheus.close(),
    restartPrometheus: async () => {
      prometheus = await startPrometheus(house.folder, target, '', Number(port))
    },
    /** Waits until the engine has scraped so many events of a process. */
    untilScraped: async (events: number) => {
      const scraped = () => prometheus.query(`sum(journey_step_events_total) == ${events}`)
      while ((await scraped()).length === 0) await pause(100)
    },
    /** Waits until so many more events have happened. */
    untilHappened: async (more: number) => {
      for (const least = house.happened().length + more; house.happened().length < least; ) await pause(50)
    },
  }
}

/** Whether the books hold something of the service already. */
async function untilHeard(booked: () => Promise<number>): Promise<void> {
  while ((await booked()) === 0) await pause(100)
}

test('through outages of the collector, of the engine and of the service, exactly what happened is booked', async () => {
  const house = await openScraped()
  const { url, startCollector, startService, settled, booked, untilBooked, untilHappened, doubts } = house
  let collector = await startCollector()
  let service = await startService()
  const traffic = startTraffic(url)
  await untilHeard(booked)

  await collector.end('SIGTERM')
  await untilHappened(300)
  collector = await startCollector()
  await untilHappened(100)

  await house.stopPrometheus()
  await untilHappened(300)
  await house.restartPrometheus()
  await untilHappened(100)

  await service.end('SIGTERM')
  service = await startService()
  await untilHappened(100)
  await traffic.stop()

  const truth = await settled()
  expect(await untilBooked(truth)).toBe(truth)
  expect(await doubts('open')).toEqual([])
  // Whoever reads it all again books nothing.
  await collector.end('SIGKILL')
  await startCollector()
  await pause(1_500)
  expect(await booked()).toBe(truth)
})

test('a collector that is killed between questions doubles nothing and loses nothing', async () => {
  const { url, startCollector, startService, settled, untilBooked } = await openScraped()
  let collector = await startCollector()
  await startService()
  const traffic = startTraffic(url)
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(random(0, 900))
    await collector.end('SIGKILL')
    collector = await startCollector()
  }
  await traffic.stop()
  const truth = await settled()
  expect(truth).toBeGreaterThan(100)
  expect(await untilBooked(truth)).toBe(truth)
  tellFigures({ kills: KILLS, truth })
})

test('a collector that begins later is told of the past, whole processes and nothing beyond', async () => {
  const { url, startCollector, startService, settled, untilBooked, untilHappened, untilScraped } = await openScraped()
  let before = 0
  for (let life = 0; life < 2; life++) {
    const service = await startService()
    const traffic = startTraffic(url)
    await untilHappened(200)
    await traffic.stop()
    const truth = await settled()
    await untilScraped(truth - before)
    before = truth
    // Nobody takes its last counts; all of them were scraped.
    await service.end('SIGTERM')
  }
  await startCollector()
  expect(await untilBooked(before)).toBe(before)
})
