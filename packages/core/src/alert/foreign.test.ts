import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ForeignClaim, foreignSignal, laterClaim } from './foreign.ts'

const CLAIM: ForeignClaim = {
  ...{ fingerprint: 'f1', journey: 'checkout', level: 1, name: 'HighErrors' },
  ...{ startsAt: 1_000, isFiring: true, toldAt: 2_000 },
}

test('told in any order and more than once, an alert is what it came to', () => {
  const told = fc
    .array(fc.record({ startsAt: fc.integer({ min: 0, max: 5 }), isFiring: fc.boolean() }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((all) => all.map((each, i): ForeignClaim => ({ ...CLAIM, ...each, toldAt: i })))
  fc.assert(
    fc.property(
      told.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
      ),
      ([all, shuffled]) => {
        const known = ({ startsAt, isFiring }: ForeignClaim) => ({ startsAt, isFiring })
        const came = known(shuffled.reduce(laterClaim))
        expect(came).toEqual(known(all.reduce(laterClaim)))
        const last = all.filter(({ startsAt }) => startsAt === Math.max(...all.map((each) => each.startsAt)))
        expect(came).toEqual({ startsAt: last[0]?.startsAt, isFiring: last.every((each) => each.isFiring) })
      },
    ),
  )
})

test('a repetition says that it still is so, and how it is put now', () => {
  const again = laterClaim(CLAIM, { ...CLAIM, toldAt: 9_000, summary: 'worse' })
  expect(again).toMatchObject({ isFiring: true, toldAt: 9_000, summary: 'worse' })
  expect(laterClaim(again, CLAIM)).toEqual(again)
})

test.each<[string, Partial<ForeignClaim>, number, ReturnType<typeof foreignSignal>]>([
  ['fires', {}, 12_000, { read: true, holds: true, calm: false, now: 12_000, keepMs: 0 }],
  ['is over at once', { isFiring: false }, 12_000, { read: true, holds: false, calm: true, now: 12_000, keepMs: 0 }],
  ['is not known when it is not told again', {}, 12_001, { read: false, now: 12_001 }],
  [
    'stays over however long ago that was',
    { isFiring: false },
    99_000,
    { read: true, holds: false, calm: true, now: 99_000, keepMs: 0 },
  ],
])('an alert of somebody else %s', (_, changes, now, signal) => {
  expect(foreignSignal({ ...CLAIM, ...changes }, now, 5_000)).toEqual(signal)
})
