import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Range } from './calendar.ts'
import { clipRanges, isInside, subtractRanges, uniteRanges } from './ranges.ts'

const anyRanges = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -2, max: 15 }))
    .map(([from, length]) => ({ from, to: from + length })),
  { maxLength: 8 },
)
const INSTANTS = Array.from({ length: 80 }, (_, at) => at)
const holds = (ranges: readonly Range[], at: number) => ranges.some(({ from, to }) => from <= at && at < to)
const instantsOf = (ranges: readonly Range[]) => INSTANTS.filter((at) => holds(ranges, at))

test('united ranges hold the same instants, ascend, and do not touch', () => {
  fc.assert(
    fc.property(anyRanges, (ranges) => {
      const united = uniteRanges(ranges)
      expect(instantsOf(united)).toEqual(instantsOf(ranges))
      for (const [i, { from, to }] of united.entries()) {
        expect(from).toBeLessThan(to)
        expect(from).toBeGreaterThan(united[i - 1]?.to ?? -1)
      }
    }),
  )
})

test('an instant is found inside exactly when a range holds it', () => {
  fc.assert(
    fc.property(anyRanges, (ranges) => {
      const united = uniteRanges(ranges)
      expect(INSTANTS.filter((at) => isInside(united, at))).toEqual(instantsOf(ranges))
    }),
  )
})

test('what is subtracted is gone and nothing else', () => {
  fc.assert(
    fc.property(anyRanges, anyRanges, (some, others) => {
      const left = subtractRanges(uniteRanges(some), uniteRanges(others))
      expect(instantsOf(left)).toEqual(INSTANTS.filter((at) => holds(some, at) && !holds(others, at)))
      expect(left).toEqual(uniteRanges(left))
    }),
  )
})

test('clipping keeps what lies within', () => {
  fc.assert(
    fc.property(anyRanges, fc.nat(40), fc.nat(40), (ranges, from, length) => {
      const within = { from, to: from + length }
      const clipped = clipRanges(uniteRanges(ranges), within)
      expect(instantsOf(clipped)).toEqual(INSTANTS.filter((at) => holds(ranges, at) && holds([within], at)))
    }),
  )
})
