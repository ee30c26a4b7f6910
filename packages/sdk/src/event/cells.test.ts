import { OUTCOMES, type Outcome } from '@tabiji/core/journey'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scanJourney, step } from '../testing/journeys.ts'
import { createCells, edgesOf } from './cells.ts'
import { rulesOf } from './rule.ts'

const rules = rulesOf(
  scanJourney(
    step('start', { withinMs: 300 }),
    step('upload', { withinMs: 600 }),
    step('read', { withinMs: 300 }),
    step('process', { withinMs: 2500 }),
  ),
)

describe('edges', () => {
  test('are every promise with its half and its double, once each and in order', () => {
    expect([...edgesOf(rules)]).toEqual([150, 300, 600, 1200, 1250, 2500, 5000])
  })
})

describe('cells', () => {
  test('book an event on an edge below it and one beyond all edges above them', () => {
    const cells = createCells(rules)
    for (const ms of [300, 300.001, 5000, 5001]) cells.record(1, 'good', ms)
    expect([...cells.durations(1).buckets]).toEqual([0, 1, 1, 0, 0, 0, 1, 1])
    expect(cells.durations(1).sumMs).toBeCloseTo(10_601.001)
    expect(cells.counts(0)).toEqual([0, 0, 0, 0])
  })

  test('count an excluded event without timing it', () => {
    const cells = createCells(rules)
    cells.record(0, 'excluded', 10)
    expect(cells.counts(0)).toEqual([0, 0, 0, 1])
    expect(cells.durations(0)).toEqual({ buckets: new Float64Array(8), sumMs: 0 })
  })

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('take a duration of %d as none', (ms) => {
    const cells = createCells(rules)
    cells.record(0, 'good', ms)
    expect(cells.durations(0)).toMatchObject({ sumMs: 0 })
    expect(cells.durations(0).buckets[0]).toBe(1)
  })

  test('hold every event exactly once, and time every valid one', () => {
    const event = fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom(...OUTCOMES),
      fc.double({ min: 0, max: 1e4, noNaN: true }),
    )
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const cells = createCells(rules)
        for (const [at, outcome, ms] of events) cells.record(at, outcome, ms)
        const count = (at: number, ...outcomes: Outcome[]) =>
          events.filter((each) => each[0] === at && outcomes.includes(each[1])).length
        for (const { index } of rules) {
          expect(cells.counts(index)).toEqual(OUTCOMES.map((outcome) => count(index, outcome)))
          const timed = cells.durations(index).buckets.reduce((sum, each) => sum + each, 0)
          expect(timed).toBe(count(index, 'good', 'slow', 'error'))
        }
        expect(cells.total()).toBe(events.length)
      }),
    )
  })
})
