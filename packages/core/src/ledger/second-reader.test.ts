import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Counts } from '../journey/index.ts'
import type { Entry } from './entry.ts'
import { isCovered, isPlaced, isReversal, packEntries, packNumbers, unpackEntries } from './packing.ts'
import { type ReadEntry, readEntries, readNumbers } from './second-reader.ts'

const SLOT = { start: 900, width: 15 }

const anyCount = fc.oneof(fc.constant(0), fc.nat(200), fc.maxSafeNat())
const anyEntry: fc.Arbitrary<Entry> = fc.record({
  account: fc.nat(400),
  slot: fc.constant(SLOT),
  counts: fc.tuple(anyCount, anyCount, anyCount, anyCount) as fc.Arbitrary<Counts>,
  covered: fc.boolean(),
  placed: fc.boolean(),
  reversal: fc.boolean(),
})
/** One entry for each account and direction, so that no sum of two goes beyond what can be counted. */
const anyEntries = fc.uniqueArray(anyEntry, { selector: ({ account, reversal }) => `${account} ${reversal}` })

test('both readers find in every body what was packed', () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      for (const { body } of packEntries(entries)) {
        const first: ReadEntry[] = []
        unpackEntries(body, (account, good, slow, error, excluded, marks) => {
          const says = { covered: isCovered(marks), placed: isPlaced(marks), reversal: isReversal(marks) }
          first.push({ account, counts: [good, slow, error, excluded], ...says })
        })
        expect(readEntries(body)).toEqual({ ok: true, items: first })
      }
    }),
  )
})

test('both find the same numbers', () => {
  fc.assert(
    fc.property(fc.array(anyCount), (numbers) => {
      expect(readNumbers(packNumbers(numbers))).toEqual({ ok: true, items: numbers })
    }),
  )
})

describe('what nobody writes is damage:', () => {
  test.each([
    ['nothing at all', [], 'it is empty'],
    ['half a number', [0, 1, 200], 'it ends inside a number'],
    ['half an entry', [0], 'it ends inside an entry'],
    ['an outcome without its count', [0, 1 + 16], 'it ends inside an entry'],
    ['unknown marks', [0, 129, 1], 'an entry has the marks 129, which nobody writes'],
    ['a count of zero', [0, 1, 0], 'an entry states a count of zero'],
    ['an entry without count or mark', [0, 0], 'an entry says nothing'],
    ['an account twice', [3, 1, 1, 0, 1, 1], 'account 3 is in it twice'],
    ['a number in too many bytes', [0, 1, 129, 0], 'the number at byte 2 is longer than it need be'],
    [
      'a number that is too large',
      [0, 1, ...new Array<number>(8).fill(255), 1],
      'the number at byte 2 is beyond 2^53 - 1',
    ],
  ])('%s', (_, bytes, reason) => {
    expect(readEntries(Uint8Array.from(bytes))).toEqual({ ok: false, reason })
  })
})
