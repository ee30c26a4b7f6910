import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Counts } from '../journey/index.ts'
import { applyRow, COLUMNS, type Edge, type LogRow } from './books.ts'
import { mayWiden, wideningDue, widenRows } from './compaction.ts'
import type { Entry } from './entry.ts'
import { isCovered, isPlaced, isReversal, packEntries, unpackEntries } from './packing.ts'
import { edgeAt, slotAt } from './slot.ts'
import { anyGrid, GRID } from './testing/grids.ts'

const MINUTE = { start: 600, width: 60 }
const quarter = (i: number) => ({ start: 600 + 15 * i, width: 15 })

function entryOf(account: number, slot: Entry['slot'], counts: Counts, marks: Partial<Entry> = {}): Entry {
  return { account, slot, counts, covered: false, placed: false, reversal: false, ...marks }
}

const rowsOf = (entries: readonly Entry[]): LogRow[] =>
  packEntries(entries).map(({ slot, body }) => ({ ...slot, body }))

/** What the rows hold, entry by entry. */
function told(rows: readonly LogRow[]) {
  return rows.flatMap(({ start, width, body }) => {
    const lines: string[] = []
    unpackEntries(body, (account, good, slow, error, excluded, marks) => {
      const signs = [isCovered(marks) && 'covered', isPlaced(marks) && 'placed', isReversal(marks) && 'reversal']
      const words = [`${start}+${width}`, account, [good, slow, error, excluded].join('/'), ...signs.filter(Boolean)]
      lines.push(words.join(' '))
    })
    return lines
  })
}

const widened = (entries: readonly Entry[]) =>
  told(widenRows(MINUTE, rowsOf(entries)).map(({ slot, body }) => ({ ...slot, body })))

describe('rows of a minute become one', () => {
  test('that is covered when all of it was read', () => {
    const entries = [0, 1, 2, 3].map((i) => entryOf(0, quarter(i), [i, 0, 0, 1], { covered: true }))
    expect(widened(entries)).toEqual(['600+60 0 6/0/0/4 covered'])
  })

  test('with a further row for the seconds that were read, when that was a part of it', () => {
    const entries = [entryOf(0, quarter(0), [5, 0, 0, 0], { covered: true }), entryOf(0, quarter(2), [1, 0, 0, 0])]
    expect(widened(entries)).toEqual(['600+15 0 0/0/0/0 covered', '600+60 0 6/0/0/0'])
  })

  test('that is placed when any part of it was', () => {
    const entries = [entryOf(0, quarter(0), [5, 0, 0, 0]), entryOf(0, quarter(1), [1, 0, 0, 0], { placed: true })]
    expect(widened(entries)).toEqual(['600+60 0 6/0/0/0 placed'])
  })

  test('with what was taken away beside what was booked', () => {
    const entries = [entryOf(0, quarter(0), [5, 0, 0, 0]), entryOf(0, quarter(1), [2, 0, 0, 0], { reversal: true })]
    expect(widened(entries)).toEqual(['600+60 0 5/0/0/0', '600+60 0 2/0/0/0 reversal'])
  })

  test('again, and stay what they are', () => {
    const entries = [entryOf(0, quarter(1), [5, 0, 0, 0], { covered: true }), entryOf(1, quarter(2), [1, 0, 0, 0])]
    const once = widenRows(MINUTE, rowsOf(entries)).map(({ slot, body }) => ({ ...slot, body }))
    expect(widenRows(MINUTE, once).map(({ slot, body }) => ({ ...slot, body }))).toEqual(once)
  })
})

test.each([
  ['nothing cut', [], true],
  ['a cut at its beginning', [600], true],
  ['a cut at its end', [660], true],
  ['a cut inside', [0, 615], false],
])('a wide slot with %s: %s', (_, cuts, expected) => {
  expect(mayWiden(MINUTE, cuts)).toBe(expected)
})

test('what is due ends at whole wide slots, a reserve behind the age of the tier', () => {
  const now = Date.parse('2026-10-10T12:00:07Z')
  expect(wideningDue(GRID, now, 3_600)).toEqual([
    { width: 60, before: Date.parse('2026-10-10T05:00:00Z') / 1000 },
    { width: 300, before: Date.parse('2026-10-07T11:00:00Z') / 1000 },
  ])
})

const anySeconds = fc.integer({ min: 0, max: 20_000_000 })

test('for all grids, no slot that is due is wider than the slots of its age, nor holds the edge of any window', () => {
  const anyNow = fc.integer({ min: 1_700_000_000_000, max: 1_700_100_000_000 })
  const anyWindow = fc.integer({ min: 1, max: 20_000 })
  const reserve = 3_600
  fc.assert(
    fc.property(anyGrid, anyNow, anySeconds, anyWindow, fc.integer({ min: -reserve, max: 20_000 }), (...drawn) => {
      const [grid, now, age, window, later] = drawn
      for (const { width, before } of wideningDue(grid, now, reserve)) {
        const start = before - width * (1 + Math.floor(age / width))
        expect(slotAt(grid, start * 1000, now).width).toBeGreaterThanOrEqual(width)
        const edge = edgeAt(grid, window * 1000, now + later * 1000)
        expect(start < edge && edge < start + width).toBe(false)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('for all entries, the sums and the seconds that were read are the same', () => {
  const anyCount = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100_000 }))
  const anyEntry = fc.record({
    account: fc.nat(3),
    slot: fc.oneof(fc.nat(3).map(quarter), fc.constant(MINUTE)),
    counts: fc.tuple(anyCount, anyCount, anyCount, anyCount),
    covered: fc.boolean(),
    placed: fc.boolean(),
    reversal: fc.boolean(),
  })
  const sum = (rows: Iterable<LogRow>) => {
    const edge: Edge = { at: 0, rows: new Float64Array(4 * COLUMNS) }
    for (const row of rows) applyRow(edge, row)
    return [...edge.rows]
  }
  fc.assert(
    fc.property(fc.array(fc.array(anyEntry), { maxLength: 6 }), (commits) => {
      const rows = commits.flatMap(rowsOf)
      const wide = widenRows(MINUTE, rows).map(({ slot, body }) => ({ ...slot, body }))
      expect(sum(wide)).toEqual(sum(rows))
      expect(wide.every(({ start }) => start === MINUTE.start)).toBe(true)
    }),
  )
})
