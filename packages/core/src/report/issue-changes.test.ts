import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from './canonical.ts'
import { issueChanges } from './issue-changes.ts'
import type { MonthFacts } from './month-facts.ts'

const factsOf = (facts: object) => facts as MonthFacts

describe('the canonical text', () => {
  test('is the same whatever the order in which keys were written, and reads as the same document', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, each]) => [key, shuffled(each)]),
      )
    }
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        const plain: unknown = JSON.parse(JSON.stringify(document))
        expect(canonicalJson(shuffled(plain))).toBe(canonicalJson(plain))
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain)
      }),
    )
    expect(canonicalJson({ b: [1, { d: undefined, c: 'ü' }], a: null })).toBe('{"a":null,"b":[1,{"c":"ü"}]}')
  })
})

describe('what differs between two issues', () => {
  const objective = (bad: number) => ({ name: 'availability', bad, days: [{ date: '2026-10-20', bad }] })
  const before = factsOf({
    generatedAt: 'then',
    journeys: [
      { name: 'login', objectives: [objective(3)] },
      { name: 'checkout', objectives: [objective(120)] },
    ],
  })

  test('is found by names, sums before what they are made of', () => {
    const after = factsOf({
      generatedAt: 'later',
      journeys: [
        { name: 'checkout', objectives: [objective(131)], comment: { text: 'late' } },
        { name: 'login', objectives: [objective(3)] },
      ],
    })
    expect(issueChanges(before, after)).toEqual({
      changes: [
        { path: 'journeys.checkout.objectives.availability.bad', before: '120', after: '131' },
        { path: 'journeys.checkout.comment', after: '{"text":"late"}' },
        { path: 'journeys.checkout.objectives.availability.days.2026-10-20.bad', before: '120', after: '131' },
      ],
      more: 0,
    })
  })

  test('is nothing for the same figures in another order, and says how much it leaves out', () => {
    const { journeys } = before
    expect(issueChanges(before, factsOf({ generatedAt: 'x', journeys: journeys.toReversed() })).changes).toEqual([])
    const many = (base: number) =>
      factsOf({ journeys: Array.from({ length: 50 }, (_, i) => ({ name: `j${i}`, tier: base })) })
    const { changes, more } = issueChanges(many(1), many(2), 10)
    expect([changes.length, more]).toEqual([10, 40])
  })

  test('tells what came and what went as a whole, by its beginning', () => {
    const long = factsOf({ headline: { text: 'x'.repeat(1_000) } })
    const { changes } = issueChanges(long, factsOf({}))
    expect(changes).toEqual([{ path: 'headline', before: expect.stringMatching(/^\{"text":"x{191}…$/) }])
  })

  test('finds every change that there is, and only those', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const member = fc.record({ name, bad: fc.nat(3) })
    const facts = fc.record({ journeys: fc.uniqueArray(member, { selector: (one) => one.name }), month: fc.nat(2) })
    fc.assert(
      fc.property(facts, facts, (one, other) => {
        const { changes } = issueChanges(factsOf(one), factsOf(other))
        const sorted = (all: typeof one) => ({
          ...all,
          journeys: all.journeys.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        })
        expect(changes.length === 0).toBe(canonicalJson(sorted(one)) === canonicalJson(sorted(other)))
      }),
    )
  })
})
