import { packEntries, unpackEntries } from '@tabiji/core/ledger'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closeBody, openBody } from './body.ts'

/** The body of a service whose steps all have some events. */
function bodyOf(accounts: number): Uint8Array {
  const entries = Array.from({ length: accounts }, (_, account) => ({
    account,
    slot: { start: 0, width: 15 },
    counts: [130 + ((account * 7) % 41), 0, account % 33 === 0 ? 1 : 0, 0] as const,
    covered: true,
    placed: false,
    reversal: false,
  }))
  return packEntries(entries)[0]?.body ?? new Uint8Array()
}

test('a large body is kept in less than half of its size and comes back as it was', () => {
  const packed = bodyOf(100)
  const kept = closeBody(packed)
  expect(kept.length).toBeLessThan(packed.length / 2)
  expect([...openBody(kept)]).toEqual([...packed])
})

test('a body that gains nothing is kept as it is', () => {
  const packed = bodyOf(3)
  expect(closeBody(packed)).toBe(packed)
  expect(openBody(packed)).toBe(packed)
})

test('for all whole numbers, what is kept is never longer, and comes back as it was', () => {
  const anyEntry = fc.record({
    account: fc.nat(100_000),
    slot: fc.constant({ start: 0, width: 15 }),
    counts: fc.tuple(fc.nat(200), fc.maxSafeNat(), fc.nat(3), fc.nat(3)),
    covered: fc.boolean(),
    placed: fc.boolean(),
    reversal: fc.boolean(),
  })
  const anyEntries = fc.uniqueArray(anyEntry, { maxLength: 200, selector: ({ account }) => account })
  fc.assert(
    fc.property(anyEntries, (entries) => {
      for (const { body } of packEntries(entries)) {
        const kept = closeBody(body)
        expect(kept.length).toBeLessThanOrEqual(body.length)
        expect(Buffer.compare(openBody(kept), body)).toBe(0)
      }
    }),
  )
})

test('a deflated body is refused, not misread, by who takes it for a packed one', () => {
  expect(() => unpackEntries(closeBody(bodyOf(100)), () => undefined)).toThrow(RangeError)
})
