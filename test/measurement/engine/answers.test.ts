import { createApp, createLog } from '@tabiji/collector'
import type { MonthFacts } from '@tabiji/core/report'
import { expect, onTestFinished, test } from 'vitest'
import { AVAILABILITY, definitionOf } from '../../../packages/collector/src/jobs/testing/books.ts'
import { temporaryFolder } from '../../../packages/collector/src/store/testing/temporary-folder.ts'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { scriptedEngine } from './testing/scripted-engine.ts'

const BIRTH = Date.parse('2026-10-15T12:00:00+09:00')
const SECOND = 1_000
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** What is judged reaches back two days, and so does what is asked for. */
const definition = definitionOf({ ...AVAILABILITY, window: { kind: 'rolling', ms: 2 * DAY } })

/** A collector that asks the engine only, and whose clock stands until a test moves it. */
async function openAsking() {
  const engine = await scriptedEngine()
  const folder = temporaryFolder()
  const clock = { now: BIRTH }
  const place = { name: 'prometheus', url: engine.url, services: ['shop'], serviceLabel: 'job', match: {} }
  const config = configIn(folder, {
    engines: [{ ...place, intervalMs: 15 * SECOND, delayMs: 10 * SECOND, timeoutMs: 5 * SECOND }],
  })
  const open = async () => {
    const app = createApp(config, definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    const { api } = await app.open()
    return { app, api }
  }
  let running = await open()
  onTestFinished(() => running.app.stop())
  const get = async (path: string) => (await fetch(`${running.api}${path}`)).text()
  return {
    engine,
    clock,
    /** Asks once. @returns the good events in the books of the month */
    ask: async () => {
      await running.app.turns.read()
      const { journeys } = JSON.parse(await get('/api/v1/months/2026-10/facts')) as MonthFacts
      return journeys[0]?.steps.find(({ name }) => name === 'pay')?.counts[0]
    },
    restart: async () => {
      await running.app.stop()
      running = await open()
    },
    targets: async () => {
      const { checks } = JSON.parse(await get('/readyz')) as {
        checks: { name: string; status: string; message: string }[]
      }
      return checks.find(({ name }) => name === 'targets')
    },
    metric: async (line: string) =>
      (await get('/metrics'))
        .split('\n')
        .find((each) => each.startsWith(`${line} `))
        ?.slice(line.length + 1),
  }
}

test('what the past of an engine holds is booked whole for who began in it, and from the first sample for who did not', async () => {
  const { engine, clock, ask } = await openAsking()
  engine.scraped(BIRTH - 20 * HOUR, 100, 'p-old', BIRTH - 70 * HOUR)
  engine.scraped(BIRTH - 20 * HOUR + 15 * SECOND, 103, 'p-old', BIRTH - 70 * HOUR)
  engine.scraped(BIRTH - 10 * HOUR, 20, 'p-new', BIRTH - 10 * HOUR - 5 * SECOND)
  engine.scraped(BIRTH - 60 * HOUR, 7, 'p-out', BIRTH - 60 * HOUR - 5 * SECOND)
  clock.now += SECOND
  expect(await ask()).toBe(3 + 20)
  const longest = engine.asked.reduce((most, { from, to }) => Math.max(most, to - from), 0)
  expect([engine.asked[0]?.from, longest]).toEqual([
    BIRTH + SECOND - 10 * SECOND - 2 * DAY - 60 * SECOND,
    HOUR + 60 * SECOND,
  ])
  const before = engine.asked.length
  expect(await ask()).toBe(23)
  // The silence of an engine is believed after an hour: that hour is asked for again, and nothing before it.
  expect(engine.asked.length - before).toBeLessThanOrEqual(1)
})

test.each([
  ['warns', 'partial', 'Expected a whole answer of the engine: store gateway of last week is gone'],
  ['isPartial', 'partial', 'Expected a whole answer of the engine: it says so itself'],
  ['refuses', 'refused', 'The engine refused the query (internal): no store'],
  ['cuts', 'unreachable', 'The connection failed'],
] as const)('an engine that %s moves nothing; what was missed is asked for again', async (mood, failure, message) => {
  const { engine, clock, ask, targets, metric } = await openAsking()
  engine.scraped(BIRTH, 5, 'p-1', BIRTH)
  clock.now = BIRTH + 15 * SECOND
  expect(await ask()).toBe(5)
  expect(await targets()).toMatchObject({ status: 'ok' })
  engine.scraped(BIRTH + 15 * SECOND, 9, 'p-1', BIRTH)
  engine.mood = mood
  clock.now = BIRTH + 30 * SECOND
  expect(await ask()).toBe(5)
  expect(await targets()).toMatchObject({ status: 'degraded', message: expect.stringContaining(message) })
  expect(await metric(`tabiji_source_reads_total{source="engine prometheus",result="${failure}"}`)).toBe('1')
  engine.mood = 'well'
  clock.now = BIRTH + 2 * HOUR
  expect(await ask()).toBe(9)
  expect(await targets()).toMatchObject({ status: 'ok' })
  expect(await metric('tabiji_engine_booked_timestamp_seconds{source="engine prometheus"}')).toBe(
    String((clock.now - 10 * SECOND) / SECOND),
  )
})

test('a sample is waited for until all of its moment may have come, and one that comes late is made good', async () => {
  const { engine, clock, ask } = await openAsking()
  engine.scraped(BIRTH + 5 * SECOND, 5, 'p-1', BIRTH)
  clock.now = BIRTH + 14 * SECOND
  expect(await ask()).toBe(0)
  clock.now = BIRTH + 15 * SECOND
  expect(await ask()).toBe(5)
  engine.scraped(BIRTH + 35 * SECOND, 9, 'p-1', BIRTH)
  clock.now = BIRTH + 45 * SECOND
  expect(await ask()).toBe(9)
  // In the engine only now, with the last counts of a process that is gone, and older than what was read.
  engine.scraped(BIRTH + 22 * SECOND, 4, 'p-2', BIRTH + 10 * SECOND)
  engine.scraped(BIRTH + 20 * SECOND, 7, 'p-1', BIRTH)
  clock.now = BIRTH + 60 * SECOND
  expect(await ask()).toBe(9 + 4)
})

test('a source without an id may start again, and being told everything twice changes nothing', async () => {
  const { engine, clock, ask, restart } = await openAsking()
  for (const [second, good] of [
    [0, 50],
    [15, 53],
    [30, 2],
    [45, 4],
  ] as const)
    engine.scraped(BIRTH + second * SECOND, good)
  clock.now = BIRTH + 60 * SECOND
  expect(await ask()).toBe(3 + 4)
  await restart()
  expect(await ask()).toBe(7)
  engine.scraped(BIRTH + 75 * SECOND, 6)
  clock.now = BIRTH + 90 * SECOND
  expect(await ask()).toBe(9)
})

test('what is too much for one answer is asked for in shorter parts', async () => {
  const { engine, clock, ask, targets } = await openAsking()
  engine.scraped(BIRTH, 5, 'p-1', BIRTH)
  clock.now = BIRTH + 15 * SECOND
  expect(await ask()).toBe(5)
  engine.longestMs = 25 * 60 * SECOND
  clock.now += HOUR
  engine.scraped(clock.now - 20 * SECOND, 8, 'p-1', BIRTH)
  const before = engine.asked.length
  expect(await ask()).toBe(8)
  expect(engine.asked.length - before).toBeGreaterThan(3)
  expect(await targets()).toMatchObject({ status: 'ok' })
  engine.longestMs = 0
  clock.now += HOUR
  engine.scraped(clock.now - 20 * SECOND, 9, 'p-1', BIRTH)
  expect(await ask()).toBe(8)
  expect(await targets()).toMatchObject({
    status: 'degraded',
    message: expect.stringContaining('at most 1000000 bytes'),
  })
})
