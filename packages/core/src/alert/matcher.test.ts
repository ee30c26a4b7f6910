import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMatcher, LABELS, labelsOf, type Matcher, matchesAll, parseMatcher } from './matcher.ts'

const PAY = labelsOf({
  rule: 'checkout/pay.latency/level-2',
  level: 2,
  journey: { name: 'checkout', title: { en: 'Check out', ja: '購入' }, owner: 'shop-team', tier: 1 },
  objective: { name: 'pay.latency', step: 'pay' },
  cause: { kind: 'milestone', percent: 50 },
})
const read = (text: string): Matcher => {
  const matcher = parseMatcher(text)
  if ('mistake' in matcher) throw new Error(matcher.mistake)
  return matcher
}
const matches = (...texts: string[]) => matchesAll(texts.map(read), PAY)

describe('a matcher', () => {
  test.each([
    ['journey=checkout', true],
    ['journey = checkout', true],
    ['journey=check', false],
    ['journey!=search', true],
    ['level=2', true],
    ['level!=2', false],
    ['step=pay', true],
    ['owner=~shop-*', true],
    ['owner=~*-team', true],
    ['rule=~checkout/*/level-?', true],
    ['rule=~checkout/*/spent-*', false],
    ['level=~1|2', true],
    ['level=~1|3', false],
    ['cause=milestone', true],
    // The value may hold what looks like an operator.
    ['rule!=a=b', true],
  ])('%s is %s of the alert', (text, is) => {
    expect(matches(text)).toBe(is)
  })

  test('of several all must be true', () => {
    expect(matches('journey=checkout', 'level=2')).toBe(true)
    expect(matches('journey=checkout', 'level=1')).toBe(false)
  })

  test('takes a label that the alert has not as an empty text', () => {
    const simple = labelsOf({
      rule: 'checkout/alerts/quiet',
      level: 1,
      journey: { name: 'checkout', title: { en: 'Check out', ja: '購入' }, tier: 1 },
      cause: { kind: 'simple', condition: { kind: 'absent', forMs: 60_000 } },
    })
    expect(matchesAll([read('objective='), read('owner='), read('step!=pay')], simple)).toBe(true)
  })

  test.each([
    ['checkout', 'is not of the form'],
    ['team=shop', '"team" is no label; the labels are journey,'],
    ['rule=~', 'the pattern of "rule" is empty'],
    [`rule=${'x'.repeat(201)}`, 'is longer than 200 characters'],
  ])('is refused as %s', (text, why) => {
    expect(parseMatcher(text)).toEqual({ mistake: expect.stringContaining(why) })
  })

  test('is written as it is read', () => {
    const value = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text)
    const any = fc.record({ label: fc.constantFrom(...LABELS), operator: fc.constantFrom('!=', '=~'), value })
    fc.assert(
      fc.property(any, (matcher) => {
        expect(parseMatcher(formatMatcher(matcher as Matcher))).toEqual(matcher)
      }),
    )
  })
})

test('a pattern says the same as the regular expression that it stands for, and a hostile one ends', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(pattern, text, (like, rule) => {
      const same = new RegExp(`^${like.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`)
      expect(matchesAll([{ label: 'rule', operator: '=~', value: like }], { ...PAY, rule })).toBe(same.test(rule))
    }),
    { numRuns: 2_000 },
  )
  const hostile: Matcher = { label: 'rule', operator: '=~', value: '*a'.repeat(100) }
  expect(matchesAll([hostile], { ...PAY, rule: `${'a'.repeat(5_000)}b` })).toBe(false)
})
