import type { Ask } from '@tabiji/core/openslo'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Asked, createIndicators } from '../jobs/ledger/indicators.ts'
import { createIngest } from '../jobs/ledger/ingest.ts'
import { AVAILABILITY, definitionOf, MINUTE, NOON, openBooks } from '../jobs/testing/books.ts'
import { createEngine } from '../wire/engine.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { startScriptedEngine } from './testing/scripted-engine.ts'

const COUNTERS: Ask = { kind: 'counters', side: 'bad', part: 'errors', total: 'requests' }
const RATIO: Ask = { kind: 'ratio', side: 'good', query: 'up', targetPpm: 990_000 }

async function openDesk(ask: Ask) {
  const server = await startScriptedEngine()
  const books = openBooks(definitionOf(AVAILABILITY))
  const outgoing = createOutgoing()
  onTestFinished(async () => {
    outgoing.close()
    await server.close()
    books.close()
  })
  const clock = { now: NOON }
  const asked: Asked[] = []
  const ingest = createIngest(
    books.ledger,
    () => clock.now,
    () => {},
  )
  const access = { url: server.url, headers: () => ({}), timeoutMs: 30_000 }
  const engine = createEngine(access, outgoing, { maxBytes: 1_000_000, maxSeries: 100 })
  const rules = { questions: [{ journey: 'pay', step: 'works', ask }], intervalMs: MINUTE, delayMs: 0 }
  const restart = () =>
    createIndicators(
      rules,
      engine,
      books.ledger,
      ingest,
      () => clock.now,
      (one) => asked.push(one),
    )
  let indicators = restart()
  return {
    ...server,
    asked,
    /** Moves the clock, asks until there is nothing more to ask, and tells what is booked: good, error. */
    at: async (minutes: number) => {
      clock.now = NOON + minutes * MINUTE
      // What was missed is asked for piece by piece; an engine that refuses is asked once.
      for (let before = -1; before !== asked.length; ) {
        before = asked.length
        await indicators.turn(new AbortController().signal)
        const { result } = asked.at(-1) ?? {}
        if (result?.ok === false && result.failure !== 'no_data') break
      }
      const { rows } = books.ledger.books.total
      return [rows[0] ?? 0, rows[2] ?? 0]
    },
    restart: () => {
      indicators = restart()
    },
    /** Minutes that were really read. */
    covered: () => (books.ledger.books.total.rows[4] ?? 0) / 60,
  }
}

/** Samples in minutes after noon. */
const scraped = (...samples: readonly (readonly [minutes: number, value: number])[]) =>
  samples.map(([minutes, value]) => [NOON + minutes * MINUTE, value] as const)

describe('counters of an engine', () => {
  test('are booked once, whatever is asked again, and where they stood is known after a restart', async () => {
    const { state, at, restart } = await openDesk(COUNTERS)
    state.samples.set('requests', scraped([-1, 50], [1, 60], [2, 75], [3, 90]))
    state.samples.set('errors', scraped([1, 2], [2, 2], [3, 7]))
    expect(await at(1)).toEqual([8, 2])
    expect(await at(1.5)).toEqual([8, 2])
    restart()
    expect(await at(2)).toEqual([23, 2])
    restart()
    expect(await at(3)).toEqual([33, 7])
  })

  test.each(['gone', 'partial'] as const)(
    'wait when the engine is %s, and come in their own time afterwards',
    async (trouble) => {
      const { state, at, asked, covered } = await openDesk(COUNTERS)
      state.samples.set('requests', scraped(...Array.from({ length: 200 }, (_, i) => [i, i * 10] as const)))
      state.samples.set('errors', scraped([0, 0]))
      expect(await at(1)).toEqual([10, 0])
      state.trouble = trouble
      expect(await at(150)).toEqual([10, 0])
      expect(asked.at(-1)).toMatchObject({
        booked: false,
        result: { ok: false, failure: trouble === 'gone' ? 'status' : 'partial' },
      })
      state.trouble = undefined
      expect(await at(150)).toEqual([1_500, 0])
      expect(covered()).toBeGreaterThan(148)
    },
  )

  test('of an hour without samples are found when there are some again', async () => {
    const { state, at, asked, covered } = await openDesk(COUNTERS)
    state.samples.set('requests', scraped([-1, 50], [1, 60], [130, 160]))
    state.samples.set('errors', scraped([-1, 3], [1, 3], [130, 4]))
    await at(1)
    expect(await at(129)).toEqual([10, 0])
    expect(asked.at(-1)?.result).toMatchObject({ ok: false, failure: 'no_data' })
    expect(covered()).toBeLessThan(2)
    expect(await at(130)).toEqual([109, 1])
  })

  test('that count no events are told, and book nothing', async () => {
    const { state, at, asked } = await openDesk(COUNTERS)
    state.samples.set('requests', scraped([-1, 1], [1, 1.5]))
    expect(await at(1)).toEqual([0, 0])
    expect(asked.at(-1)?.result).toMatchObject({ failure: 'malformed', message: expect.stringContaining('1.5') })
  })
})

describe('evaluations of an engine', () => {
  test('are one event each, where there is a number', async () => {
    const { state, at, covered } = await openDesk(RATIO)
    state.samples.set('up', scraped([1, 1], [2, 0.98], [3, Number.NaN], [5, 1]))
    expect(await at(5)).toEqual([2, 1])
    expect(covered()).toBe(3)
  })

  test('go on after more than an hour without a number', async () => {
    const { state, at, asked } = await openDesk(RATIO)
    state.samples.set('up', scraped([1, 1], [90, 0]))
    await at(1)
    expect(await at(90)).toEqual([1, 1])
    expect(asked.map(({ result }) => result.ok)).toEqual([true, false, true])
  })
})
