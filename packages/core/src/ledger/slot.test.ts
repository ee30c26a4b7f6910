import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { edgeAt, type Grid, slotAt, slotsBetween } from './slot.ts'
import { anyGrid, GRID } from './testing/grids.ts'

const HOUR = 3600
const DAY = 24 * HOUR
/** A moment on no boundary: 7 seconds into a slot. */
const NOW = Date.parse('2026-10-10T12:00:07.500Z')
const seconds = (ms: number) => Math.floor(ms / 1000)

describe('the slot that holds an instant', () => {
  test.each([
    ['now', 0, 15, 7],
    ['at an age short of six hours', 6 * HOUR - 60, 15, 7],
    ['at an age of three days and more', 3 * DAY + 600, 300, 7],
    ['six hours old, but in a minute that is not wholly so old', 6 * HOUR, 15, 7],
    ['in the first minute that is wholly six hours old', 6 * HOUR + 60, 60, 7],
  ])('%s', (_, age, width, into) => {
    const at = NOW - age * 1000
    expect(slotAt(GRID, at, NOW)).toEqual({ start: seconds(at) - into, width })
  })

  test('ahead of now is a narrow one', () => {
    expect(slotAt(GRID, NOW + DAY * 1000, NOW).width).toBe(15)
  })
})

describe('a window begins', () => {
  test.each([
    ['5 min', 300, 285, 300],
    ['1 h', HOUR, HOUR - 15, HOUR],
    ['6 h, at a whole minute', 6 * HOUR, 6 * HOUR - 60, 6 * HOUR],
    ['30 d, at whole five minutes', 30 * DAY, 30 * DAY - 300, 30 * DAY],
  ])('%s ago, no longer than asked', (_, length, shortest, longest) => {
    const age = seconds(NOW) - edgeAt(GRID, length * 1000, NOW)
    expect(age).toBeGreaterThan(shortest - 15)
    expect(age).toBeLessThanOrEqual(longest)
  })

  test('with the current slot in it', () => {
    expect(edgeAt(GRID, 15_000, NOW)).toBe(seconds(NOW) - 7)
  })
})

describe('the slots between two readings', () => {
  const starts = (from: number, to: number) =>
    slotsBetween(GRID, NOW + from * 1000, NOW + to * 1000, NOW + to * 1000).map(({ start }) => start - seconds(NOW) + 7)

  test.each([
    ['in one slot are that slot', 0, 5, [0]],
    ['in neighbours are the second', 0, 15, [15]],
    ['with one missed are the two after the first', 0, 30, [15, 30]],
    ['at one moment are its slot', 3, 3, [0]],
  ])('%s', (_, from, to, expected) => expect(starts(from, to)).toEqual(expected))

  test('grow narrower towards now', () => {
    const widths = slotsBetween(GRID, NOW - 4 * DAY * 1000, NOW, NOW).map(({ width }) => width)
    expect(new Set(widths)).toEqual(new Set([300, 60, 15]))
    expect(widths).toEqual(widths.toSorted((a, b) => b - a))
  })
})

const anyNow = fc.integer({ min: 1_700_000_000_000, max: 1_700_100_000_000 })
const anyAge = fc.integer({ min: 0, max: 20_000_000 })

test('for all grids, the slots of an age tile time: each is a multiple of its width and holds its instant', () => {
  fc.assert(
    fc.property(anyGrid, anyNow, anyAge, (grid, now, age) => {
      const at = now - age
      const { start, width } = slotAt(grid, at, now)
      expect(start % width).toBe(0)
      expect(start <= seconds(at) && seconds(at) < start + width).toBe(true)
      expect(slotAt(grid, (start + width - 1) * 1000, now)).toEqual({ start, width })
    }),
  )
})

test('for all grids, the slots between two readings follow each other without gap or overlap', () => {
  fc.assert(
    fc.property(anyGrid, anyNow, anyAge, anyAge, (grid, now, a, b) => {
      const [from, to] = [now - Math.max(a, b), now - Math.min(a, b)]
      const slots = slotsBetween(grid, from, to, now)
      const first = slotAt(grid, from, now)
      const last = slotAt(grid, to, now)
      expect(slots.at(-1)).toEqual(last)
      if (first.start !== last.start) expect(slots[0]?.start).toBe(first.start + first.width)
      slots.forEach((slot, i) => {
        expect(slot).toEqual(slotAt(grid, slot.start * 1000, now))
        if (i > 0) expect(slot.start).toBe((slots[i - 1]?.start ?? 0) + (slots[i - 1]?.width ?? 0))
      })
    }),
    { numRuns: 50 },
  )
})

test('for all grids, no edge that a window ever has lies inside a slot that was booked before', () => {
  const anyWindow = fc.integer({ min: 1, max: 20_000 })
  fc.assert(
    fc.property(anyGrid, anyNow, anyAge, anyAge, anyWindow, (grid, booked, age, later, window) => {
      const slot = slotAt(grid, booked - age, booked)
      const edge = edgeAt(grid, window * 1000, booked + later)
      expect(slot.start < edge && edge < slot.start + slot.width).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

test('for all grids, a window is no longer than asked and shorter by less than its slots are wide', () => {
  fc.assert(
    fc.property(anyGrid, anyNow, fc.integer({ min: 300, max: 20_000 }), (grid, now, window) => {
      const current = slotAt(grid, now, now)
      const length = current.start + current.width - edgeAt(grid, window * 1000, now)
      expect(length).toBeLessThanOrEqual(window)
      expect(length).toBeGreaterThan(window - widestAt(grid, window))
    }),
  )
})

function widestAt(grid: Grid, age: number): number {
  return Math.max(...grid.filter((tier) => tier.fromAgeSeconds <= age).map((tier) => tier.width))
}
