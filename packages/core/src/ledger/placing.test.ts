import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { place } from './placing.ts'
import type { Slot } from './slot.ts'

const slotsOf = (...widths: number[]): readonly Slot[] => widths.map((width) => ({ start: 0, width }))

describe('events of a missed stretch are placed', () => {
  test.each([
    ['all into one slot', 7, [15], [7]],
    ['evenly', 6, [15, 15, 15], [2, 2, 2]],
    ['the rest as late as the share allows', 7, [15, 15, 15], [2, 2, 3]],
    ['one into the last of three', 1, [15, 15, 15], [0, 0, 1]],
    ['by width', 10, [300, 60, 15, 15, 10], [7, 2, 0, 0, 1]],
    ['none', 0, [15, 15], [0, 0]],
  ])('%s', (_, count, widths, parts) => expect(place(count, slotsOf(...widths))).toEqual(parts))

  test('exactly where count times width is beyond 2^53', () => {
    const count = Number.MAX_SAFE_INTEGER
    expect(place(count, slotsOf(60, 60, 60))).toEqual([3002399751580330, 3002399751580330, 3002399751580331])
  })
})

test('for all counts and slots nothing is lost or made, and each share up to a slot is the floor of its width', () => {
  const anyWidths = fc.array(fc.constantFrom(1, 15, 60, 300), { minLength: 1, maxLength: 60 })
  const anyCount = fc.oneof(fc.nat(1000), fc.maxSafeNat())
  fc.assert(
    fc.property(anyCount, anyWidths, (count, widths) => {
      const parts = place(count, slotsOf(...widths))
      const whole = BigInt(widths.reduce((sum, width) => sum + width, 0))
      let width = 0n
      let placed = 0n
      parts.forEach((part, i) => {
        expect(part).toBeGreaterThanOrEqual(0)
        width += BigInt(widths[i] ?? 0)
        placed += BigInt(part)
        expect(placed).toBe((BigInt(count) * width) / whole)
      })
      expect(placed).toBe(BigInt(count))
    }),
  )
})
