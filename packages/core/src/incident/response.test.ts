import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MINUTE } from '../time/index.ts'
import { responseTimes } from './response.ts'
import { hasMoved, spreadOf } from './spread.ts'
import type { Incident, Origin } from './state.ts'

const MONTH = { from: 1_000 * MINUTE, to: 2_000 * MINUTE }
const BEFORE = { from: 0, to: MONTH.from }

/** Minutes after the beginning of the month; what is not stated is not known. */
function incident(
  key: string,
  at: number,
  times: { readonly [name: string]: number },
  rest: Partial<Incident> = {},
): Incident {
  const origin: Origin = 'books'
  const marks = Object.entries(times).map(([name, minutes]) => [
    name,
    { at: MONTH.from + (at + minutes) * MINUTE, origin },
  ])
  return {
    ...{ key, title: key, level: 1, journeys: [], episodes: [], drill: false, status: 'resolved', roles: {} },
    ...{ openedAt: MONTH.from + at * MINUTE, times: Object.fromEntries(marks), ...rest },
  }
}

describe('the times of a response', () => {
  const full = { impactStarted: 0, detected: 2, delivered: 3, acknowledged: 8, mitigated: 38 }
  const read = (...incidents: readonly Incident[]) => responseTimes(incidents, MONTH, BEFORE)

  test('run between two stated clocks each', () => {
    const { measures } = read(incident('INC-1', 10, full, { resolvedAt: MONTH.from + 50 * MINUTE }))
    expect(Object.entries(measures).map(([measure, { medianMs = -1 }]) => [measure, medianMs / MINUTE])).toEqual([
      ['detect', 2],
      ['notify', 1],
      ['acknowledge', 5],
      ['mitigate', 38],
      ['resolve', 40],
    ])
  })

  test('leave drills out and count them, and say what is not known', () => {
    const told = read(
      incident('INC-1', 10, full),
      incident('INC-2', 20, { impactStarted: 0, mitigated: 5 }),
      incident('INC-3', 30, full, { drill: true }),
      incident('INC-4', -30, full),
    )
    expect(told).toMatchObject({ incidents: 2, drills: 1, open: 2 })
    expect(told.measures.detect).toMatchObject({ count: 1, unknown: 1, list: [{ key: 'INC-1', ms: 2 * MINUTE }] })
    expect(told.measures.resolve).toMatchObject({ count: 0, unknown: 0 })
  })

  test('ask only pages how soon somebody took them, and whoever was quicker than the message took no time', () => {
    const quick = incident('INC-1', 10, { ...full, acknowledged: 1 })
    const { acknowledge } = read(quick, incident('INC-2', 10, full, { level: 2 })).measures
    expect(acknowledge).toMatchObject({ count: 1, medianMs: 0, unknown: 0 })
  })

  test('say who saw it first', () => {
    const told = incident('INC-2', 10, full)
    const byPerson = { ...told, times: { ...told.times, detected: { at: told.openedAt, origin: 'person' as const } } }
    expect(read(incident('INC-1', 10, full), byPerson, incident('INC-3', 10, {})).detectedByUs).toEqual({
      numerator: 1,
      denominator: 2,
    })
  })
})

describe('a spread', () => {
  const timings = (...times: readonly number[]) => times.map((ms, i) => ({ key: `INC-${i}`, ms }))

  test('names members of the list, and lists them while they are few', () => {
    expect(spreadOf(timings(5, 1, 9, 3))).toMatchObject({ count: 4, medianMs: 3, p90Ms: 9 })
    expect(spreadOf(timings(5, 1, 9, 3)).list?.map(({ ms }) => ms)).toEqual([9, 5, 3, 1])
    expect(spreadOf([])).toEqual({ count: 0 })
    expect(spreadOf(timings(...Array.from({ length: 10 }, (_, i) => i + 1)))).toEqual({
      count: 10,
      medianMs: 5,
      p90Ms: 9,
    })
  })

  test('is what counting says: at least half of the times are not above the median, at least nine tenths not above p90', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 40 }), (times) => {
        const { medianMs = -1, p90Ms = -1 } = spreadOf(timings(...times))
        const notAbove = (limit: number) => times.filter((ms) => ms <= limit).length
        const below = (limit: number) => times.filter((ms) => ms < limit).length
        expect(times).toContain(medianMs)
        expect(notAbove(medianMs) * 2).toBeGreaterThanOrEqual(times.length)
        expect(below(medianMs) * 2).toBeLessThan(times.length)
        expect(notAbove(p90Ms) * 10).toBeGreaterThanOrEqual(times.length * 9)
        expect(below(p90Ms) * 10).toBeLessThan(times.length * 9)
      }),
    )
  })

  test('has moved only when chance would seldom do as much', () => {
    const slow = timings(50, 55, 60, 52, 58, 61)
    const quick = timings(5, 6, 4, 7, 5, 6)
    expect(hasMoved(slow, quick)).toBe(true)
    expect(hasMoved(slow.slice(0, 1), quick.slice(0, 2))).toBe(false)
    expect(hasMoved(timings(5, 60, 7), timings(6, 4, 50, 8))).toBe(false)
    expect([hasMoved([], quick), hasMoved(quick, []), hasMoved(quick, quick)]).toEqual([false, false, false])
  })
})
