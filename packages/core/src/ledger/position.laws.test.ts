import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Counts } from '../journey/index.ts'
import { packCounts, unpackCounts } from './packing.ts'
import { type AccountCounts, draftCounts, eachAccount, lookUp, NO_ACCOUNTS, raise } from './position.ts'

const FULL = process.env['TABIJI_FULL'] === '1'

const anyCount = fc.oneof(fc.nat(3), fc.nat(2 ** 31 + 3), fc.maxSafeNat())
/** A reading names accounts in about the same order as the one before; some come, go, change places or are named twice. */
const anyReading = fc.oneof(
  fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 300, 7_000]),
  fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 300, 7_000]),
  fc.array(fc.nat(9), { maxLength: 12 }),
)
const anyTold = anyReading.chain((accounts) =>
  fc.tuple(
    ...accounts.map((account) => fc.tuple(fc.constant(account), fc.tuple(anyCount, anyCount, anyCount, anyCount))),
  ),
)

/** The same by a map of tuples. */
function raised(base: ReadonlyMap<number, Counts>, told: readonly (readonly [number, Counts])[]) {
  const counts = new Map(base)
  for (const [account, of] of told) {
    const before = counts.get(account) ?? [0, 0, 0, 0]
    counts.set(account, of.map((count, i) => Math.max(count, before[i] ?? 0)) as unknown as Counts)
  }
  return counts
}

test('for all readings, columns hold what a map would, and what they began with stays', () => {
  fc.assert(
    fc.property(fc.array(anyTold, { maxLength: 6 }), (readings) => {
      let counts: AccountCounts = NO_ACCOUNTS
      let expected: ReadonlyMap<number, Counts> = new Map()
      for (const told of readings) {
        const before = structuredClone(counts)
        const draft = draftCounts(counts)
        for (const [account, of] of told) {
          const place = draft.placeOf(account)
          for (const [i, count] of of.entries()) raise(draft.counts, place + i, count)
          expect(draft.find(account)).toBe(place)
        }
        expect(counts).toEqual(before)
        counts = draft.done()
        expected = raised(expected, told)
        expect(new Map(eachAccount(counts))).toEqual(expected)
        expect(unpackCounts(packCounts(counts))).toEqual(counts)
        const find = lookUp(counts)
        for (const account of [9, 0, 300, 8]) expect(find(account) === -1).toBe(!expected.has(account))
      }
    }),
    { numRuns: FULL ? 20_000 : 500 },
  )
})

test('the list of accounts is shared until one comes', () => {
  const first = draftCounts(NO_ACCOUNTS)
  for (const account of [4, 2, 9]) first.placeOf(account)
  const second = draftCounts(first.done())
  for (const account of [4, 2, 9]) raise(second.counts, second.placeOf(account), 1)
  expect(second.done().accounts).toBe(first.done().accounts)
  second.placeOf(3)
  expect([first.done().accounts, second.done().accounts]).toEqual([
    [4, 2, 9],
    [4, 2, 9, 3],
  ])
})

test('a count is raised by what is above it, and never lowered', () => {
  const counts = [5, 0, 0, 0]
  expect([raise(counts, 0, 7), raise(counts, 0, 6), raise(counts, 3, 2), counts]).toEqual([2, 0, 2, [7, 0, 0, 2]])
})
