import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Level } from '../journey/index.ts'
import type { AlertFacts } from './facts.ts'
import { askGrouping, companionsOf, countMessages, GROUPING_MS } from './grouping.ts'

const notice = (id: string, journey: string, changes: Partial<AlertFacts> = {}) => ({
  id,
  facts: {
    kind: 'trigger',
    level: 3,
    episode: id,
    journey: { name: journey, title: { en: journey, ja: journey }, tier: 1 },
    ...changes,
  } as AlertFacts,
})
const ids = (told: readonly { readonly id: string }[]) => told.map(({ id }) => id)

describe('a notice', () => {
  test('is told with the others of its journey', () => {
    const ready = [notice('a', 'checkout'), notice('b', 'search'), notice('c', 'checkout')]
    expect(ids(companionsOf(notice('a', 'checkout'), ready))).toEqual(['c'])
  })

  test('is told with all that wait when these are more than people read one by one', () => {
    const ready = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => notice(id, id))
    expect(companionsOf(notice('a', 'a'), ready.slice(0, 5))).toEqual([])
    expect(ids(companionsOf(notice('a', 'a'), ready))).toEqual(['b', 'c', 'd', 'e', 'f'])
  })

  test('waits a quarter of a minute from the first of its journey on', () => {
    expect(askGrouping(1_000, 1_000)).toEqual({ gate: 'grouping', verdict: 'defer', until: 1_000 + GROUPING_MS })
    expect(askGrouping(1_000, 1_000 + GROUPING_MS)).toEqual({ gate: 'grouping', verdict: 'pass' })
    expect(askGrouping(undefined, 0)).toEqual({ gate: 'grouping', verdict: 'pass' })
  })
})

const anyNotice = fc
  .record({
    id: fc.string({ minLength: 1, maxLength: 3 }),
    journey: fc.constantFrom('checkout', 'search'),
    level: fc.constantFrom<Level>(1, 2, 3),
    kind: fc.constantFrom('trigger', 'resolve', 'withdraw'),
    drill: fc.option(fc.constant('D-0001'), { nil: undefined }),
  })
  .map(({ id, journey, drill, ...rest }) => notice(id, journey, { ...rest, ...(drill !== undefined && { drill }) }))

test('a page, a ticket, an end and practice are told by themselves, whatever else waits', () => {
  fc.assert(
    fc.property(anyNotice, fc.array(anyNotice, { maxLength: 80 }), (one, ready) => {
      const told = companionsOf(one, ready)
      const apart = ({ facts }: typeof one) =>
        facts.level !== 3 || facts.kind !== 'trigger' || facts.drill !== undefined
      if (apart(one)) expect(told).toEqual([])
      expect(told.some(apart)).toBe(false)
      expect(told.length).toBeLessThan(50)
      expect(told.some(({ id }) => id === one.id)).toBe(false)
    }),
  )
})

describe('the number of messages', () => {
  const send = (notices: readonly ReturnType<typeof notice>[]) => {
    let messages = 0
    for (let rest = notices; rest.length > 0; messages++) {
      const [first] = rest
      if (first === undefined) break
      const told = new Set([first, ...companionsOf(first, rest)])
      expect(told.size).toBeLessThanOrEqual(50)
      rest = rest.filter((each) => !told.has(each))
    }
    return messages
  }
  const journeys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 160, size: 'max' })

  test('is counted as they are sent, and what joins them never makes it more than both by themselves', () => {
    fc.assert(
      fc.property(journeys, journeys, (some, others) => {
        const both = [...some, ...others].map((journey, i) => notice(`${i}`, journey))
        expect(countMessages([...some, ...others])).toBe(send(both))
        expect(send(both)).toBeLessThanOrEqual(countMessages(some) + countMessages(others))
      }),
    )
  })

  test('is one for each fifty of a crowd, whose rest is not told one by one', () => {
    const different = (length: number) => Array.from({ length }, (_, i) => `j${i}`)
    expect([5, 6, 50, 51, 55, 56, 101].map((length) => countMessages(different(length)))).toEqual([5, 1, 1, 2, 2, 2, 3])
  })
})
