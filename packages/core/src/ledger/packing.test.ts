import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Counts } from '../journey/index.ts'
import type { Entry } from './entry.ts'
import { isCovered, isPlaced, isReversal, packEntries, packNumbers, unpackEntries, unpackNumbers } from './packing.ts'

const anyCount = fc.oneof(fc.nat(3), fc.nat(100_000), fc.integer({ min: 0, max: 2 ** 40 }))
const anyEntry: fc.Arbitrary<Entry> = fc.record({
  account: fc.oneof(fc.nat(4), fc.nat(100_000)),
  slot: fc.constantFrom({ start: 0, width: 15 }, { start: 15, width: 15 }, { start: 0, width: 60 }),
  counts: fc.tuple(anyCount, anyCount, anyCount, anyCount),
  covered: fc.boolean(),
  placed: fc.boolean(),
  reversal: fc.boolean(),
})

function entryOf(account: number, counts: Counts, marks: Partial<Entry> = {}): Entry {
  return { account, slot: { start: 60, width: 15 }, counts, covered: false, placed: false, reversal: false, ...marks }
}

function unpack(body: Uint8Array) {
  const entries: Omit<Entry, 'slot'>[] = []
  unpackEntries(body, (account, good, slow, error, excluded, marks) => {
    const counts: Counts = [good, slow, error, excluded]
    const [covered, placed, reversal] = [isCovered(marks), isPlaced(marks), isReversal(marks)]
    entries.push({ account, counts, covered, placed, reversal })
  })
  return entries
}

describe('entries are packed', () => {
  test('into one body per slot, slots and accounts ascending', () => {
    const early = { start: 45, width: 15 }
    const packed = packEntries([
      entryOf(3, [1, 0, 0, 0]),
      entryOf(1, [0, 2, 0, 0]),
      entryOf(2, [0, 0, 3, 0], { slot: early }),
    ])
    expect(packed.map(({ slot }) => slot.start)).toEqual([45, 60])
    expect(packed.map(({ body }) => unpack(body).map(({ account }) => account))).toEqual([[2], [1, 3]])
  })

  test('in three bytes each when they have one outcome below 128', () => {
    const [packed] = packEntries([entryOf(5, [1, 0, 0, 0]), entryOf(6, [0, 0, 127, 0], { covered: true })])
    expect(packed?.body).toHaveLength(6)
  })

  test('with all processes of one account as one', () => {
    const [packed] = packEntries([
      entryOf(1, [1, 2, 3, 4], { covered: true }),
      entryOf(1, [10, 20, 30, 40], { placed: true }),
    ])
    expect(unpack(packed?.body ?? new Uint8Array())).toEqual([
      { account: 1, counts: [11, 22, 33, 44], covered: true, placed: true, reversal: false },
    ])
  })

  test('with what is taken away kept apart from what is added', () => {
    const [packed] = packEntries([entryOf(1, [5, 0, 0, 0]), entryOf(1, [3, 0, 0, 0], { reversal: true })])
    expect(unpack(packed?.body ?? new Uint8Array()).map(({ counts, reversal }) => [counts[0], reversal])).toEqual([
      [5, false],
      [3, true],
    ])
  })

  test('unless they say nothing', () => {
    expect(packEntries([entryOf(1, [0, 0, 0, 0], { placed: true })])).toEqual([])
    expect(packEntries([entryOf(1, [0, 0, 0, 0], { covered: true })])).toHaveLength(1)
  })

  test.each([-1, 1.5, Number.NaN, 2 ** 53])('never with a count of %d', (count) => {
    expect(() => packEntries([entryOf(1, [count, 0, 0, 0])])).toThrow(RangeError)
  })
})

test('for all entries, packing keeps the sums by slot, account and direction', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 40 }), (entries) => {
      const key = (entry: Omit<Entry, 'slot'>, { start, width }: Entry['slot']) =>
        `${start}/${width} ${entry.account} ${entry.reversal ? 'out' : 'in'}`
      const sums = (list: readonly (readonly [string, Counts])[]) => {
        const found: Record<string, number[]> = {}
        for (const [name, counts] of list) found[name] = counts.map((count, i) => count + (found[name]?.[i] ?? 0))
        return Object.fromEntries(Object.entries(found).filter(([, counts]) => counts.some((count) => count > 0)))
      }
      const before = sums(entries.map((entry) => [key(entry, entry.slot), entry.counts]))
      const after = packEntries(entries).flatMap(({ slot, body }) =>
        unpack(body).map((entry) => [key(entry, slot), entry.counts] as const),
      )
      expect(sums(after)).toEqual(before)
      expect(new Set(after.map(([name]) => name)).size).toBe(after.length)
    }),
  )
})

test('for all whole numbers up to 2^53 - 1, packing them and back changes nothing', () => {
  const anyNumbers = fc.array(fc.oneof(fc.nat(300), fc.maxSafeNat(), fc.constant(Number.MAX_SAFE_INTEGER)))
  fc.assert(
    fc.property(anyNumbers, (numbers) => {
      expect([...unpackNumbers(packNumbers(numbers))]).toEqual(numbers)
    }),
  )
})

describe('a damaged body is told, not guessed at', () => {
  test('when it is cut short anywhere inside an entry', () => {
    const [packed] = packEntries([entryOf(300, [1000, 2000, 3000, 4000])])
    const body = packed?.body ?? new Uint8Array()
    for (let length = 1; length < body.length; length++) {
      expect(() => unpack(body.slice(0, length)), `${length} bytes`).toThrow('the packed body ends')
    }
  })

  test('when a number is beyond 2^53 - 1', () => {
    expect(() => unpackNumbers(Uint8Array.of(128, 128, 128, 128, 128, 128, 128, 16))).toThrow('at most 2^53')
    expect(() => unpackNumbers(new Uint8Array(200).fill(128))).toThrow(RangeError)
  })

  test('when a number takes more bytes than it needs', () => {
    expect(() => unpackNumbers(Uint8Array.of(128, 0))).toThrow('in its fewest bytes')
    expect(() => unpackNumbers(Uint8Array.of(129, 128, 0))).toThrow('in its fewest bytes')
  })
})
