import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  emptyMemory,
  forgetBefore,
  type Interval,
  increases,
  NotACount,
  remember,
  type Series,
  split,
} from './increase.ts'

const series = (
  labels: Record<string, string>,
  ...samples: readonly (readonly [at: number, value: number])[]
): Series => ({
  labels: new Map(Object.entries(labels)),
  samples: samples.map(([at, value]) => ({ at, value })),
})
const A = { job: 'shop', instance: 'a:1' }
const B = { job: 'shop', instance: 'b:1' }
const NOBODY = Number.POSITIVE_INFINITY
const FIRST: Interval = { from: 0, to: 10 }
const SECOND: Interval = { from: 10, to: 20 }

function totals(before: readonly Series[], told: readonly Series[], starts: readonly Series[] = [], since = NOBODY) {
  const memory = emptyMemory()
  remember(memory, { part: [], total: before, starts })
  const found = increases(memory, { part: [], total: told, starts }, [FIRST, SECOND], since)
  return [FIRST, SECOND].map((interval) => found.get(interval)?.total)
}

describe('what counters grew by', () => {
  test('is placed by the time of the sample', () => {
    expect(totals([series(A, [0, 5])], [series(A, [4, 7], [10, 8], [11, 20])])).toEqual([3, 12])
  })

  test('begins again after a restart', () => {
    expect(totals([series(A, [0, 5])], [series(A, [4, 2], [15, 1])])).toEqual([2, 1])
  })

  test('holds nothing of what was there before anybody looked', () => {
    expect(totals([], [series(A, [4, 100], [15, 101])])).toEqual([0, 1])
  })

  test('holds all of a series that is born on a known target', () => {
    expect(totals([series(A, [0, 5])], [series(A, [4, 5]), series({ ...A, code: '500' }, [4, 3])])).toEqual([
      3,
      undefined,
    ])
  })

  test('holds nothing of a new target, unless it began since', () => {
    const told = [series(A, [4, 5]), series(B, [4, 7], [15, 9])]
    expect(totals([series(A, [0, 5])], told)).toEqual([0, 2])
    const starts = [series(B, [4, 0.003], [15, 0.003])]
    expect(totals([series(A, [0, 5])], told, starts, 3)).toEqual([7, 2])
    expect(totals([series(A, [0, 5])], told, starts, 4)).toEqual([0, 2])
  })

  test('holds all of a series that was gone and came back higher in another life, and none of that twice in the same one', () => {
    const before = [series(A, [0, 5]), series({ ...A, code: '500' }, [0, 2])]
    const told = [series(A, [4, 6], [15, 6]), series({ ...A, code: '500' }, [15, 9])]
    const lives = (start: number) => [series(A, [0, 1e-3], [4, start], [15, start])]
    expect(totals(before, told, lives(1e-3))).toEqual([1, 7])
    expect(totals(before, told, lives(5))).toEqual([6, 9])
  })

  test('a start that is only corrected is no restart', () => {
    const starts = [series(A, [0, -9], [4, -1])]
    expect(totals([series(A, [0, 5])], [series(A, [4, 6])], starts)).toEqual([1, undefined])
  })

  test('does not know an interval in which nothing was sampled, and finds it later', () => {
    expect(totals([series(A, [0, 5])], [series(A, [15, 9])])).toEqual([undefined, 4])
  })

  test('counts a sample that came late in the first interval, once', () => {
    const memory = emptyMemory()
    remember(memory, { part: [], total: [series(A, [0, 5])], starts: [] })
    increases(memory, { part: [], total: [series(A, [4, 6])], starts: [] }, [FIRST], NOBODY)
    const late = { part: [], total: [series(A, [4, 6], [9, 8], [12, 9])], starts: [] }
    expect(increases(memory, late, [SECOND], NOBODY).get(SECOND)?.total).toBe(3)
    expect(increases(memory, late, [SECOND], NOBODY).size).toBe(0)
  })

  test.each([1.5, -1, Number.NaN, 2 ** 53])('is told when %s is no count of events', (value) => {
    expect(() => totals([], [series(A, [4, value])])).toThrow(NotACount)
  })

  test('starts anew with what was forgotten', () => {
    const memory = emptyMemory()
    remember(memory, { part: [], total: [series(A, [0, 5])], starts: [] })
    forgetBefore(memory, 1)
    expect(
      increases(memory, { part: [], total: [series(A, [4, 9])], starts: [] }, [FIRST], NOBODY).get(FIRST)?.total,
    ).toBe(0)
  })
})

/** What a process counts between two scrapes, whether it restarts before, and whether the scrape fails. */
const step = fc.record({ added: fc.nat(50), restarts: fc.boolean(), isMissed: fc.boolean() })

const SCRAPE_MS = 10_000
const processes = fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 })

test('is never more than the truth, and the truth where every life was scraped after its last event and says when it began', () => {
  fc.assert(
    fc.property(processes, fc.boolean(), (all, areTold) => {
      const memory = emptyMemory()
      const [before, told, starts]: [Series[], Series[], Series[]] = [[], [], []]
      let [happened, lost] = [0, 0]
      all.forEach((steps, i) => {
        const labels = { job: 'shop', instance: `${i}` }
        before.push(series(labels, [0, 0]))
        let [value, unread, startedAt] = [0, 0, -1]
        const samples: [number, number][] = []
        const lives: [number, number][] = [[0, startedAt]]
        steps.forEach(({ added, restarts, isMissed }, nth) => {
          const at = (nth + 1) * SCRAPE_MS
          if (restarts) {
            lost += unread
            ;[value, unread, startedAt] = [0, 0, (at - SCRAPE_MS / 2) / 1000]
          }
          value += added
          unread += added
          happened += added
          if (isMissed) return
          samples.push([at, value])
          lives.push([at, startedAt])
          unread = 0
        })
        lost += unread
        told.push(series(labels, ...samples))
        if (areTold) starts.push(series(labels, ...lives))
      })
      remember(memory, { part: [], total: before, starts })
      const intervals = [4, 8, 12].map((to) => ({ from: (to - 4) * SCRAPE_MS, to: to * SCRAPE_MS }))
      const found = [...increases(memory, { part: [], total: told, starts }, intervals, NOBODY).values()]
      const counted = found.reduce((sum, { total }) => sum + total, 0)
      expect(counted).toBeLessThanOrEqual(happened)
      if (areTold) expect(counted).toBe(happened - lost)
    }),
  )
})

test('a part that is ahead of its total is paid by the next total', () => {
  expect(split('good', 9, 8, 0)).toEqual({ good: 9, bad: 0, debt: 1 })
  expect(split('good', 4, 6, 1)).toEqual({ good: 4, bad: 1, debt: 0 })
  expect(split('bad', 1, 10, 0)).toEqual({ good: 9, bad: 1, debt: 0 })
})
