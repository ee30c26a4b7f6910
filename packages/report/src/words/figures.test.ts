import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalsOf, figuresIn } from './figures.ts'

const en = figuresIn('en', 'Asia/Tokyo')
const ja = figuresIn('ja', 'Asia/Tokyo')

describe('a percentage is cut, never rounded up', () => {
  test.each([
    [2, 3, 0, '66 %'],
    [99_999, 100_000, 2, '99.99 %'],
    [1, 1, 2, '100.00 %'],
    [0, 7, 1, '0.0 %'],
    [1, 3, 12, '33.333333333333 %'],
    [12_345, 1, 0, '1,234,500 %'],
  ])('%i of %i with %i decimals is %s', (numerator, denominator, decimals, text) => {
    expect(en.percent(numerator, denominator, decimals)).toBe(text)
  })

  test('whatever the numbers, what is printed is at most the truth, and less than one last digit below it', () => {
    const whole = fc.integer({ min: 0, max: 1_000_000_000 })
    const some = fc.integer({ min: 1, max: 1_000_000_000 })
    fc.assert(
      fc.property(whole, some, fc.integer({ min: 0, max: 6 }), (numerator, denominator, decimals) => {
        const digits = en.percent(numerator, denominator, decimals).replace(/[^\d]/g, '')
        const scaled = BigInt(numerator) * 100n * 10n ** BigInt(decimals)
        expect(BigInt(digits) * BigInt(denominator)).toBeLessThanOrEqual(scaled)
        expect((BigInt(digits) + 1n) * BigInt(denominator)).toBeGreaterThan(scaled)
      }),
    )
  })
})

test.each([
  [999_000, 1, '99.9 %', '99.9%'],
  [990_000, 0, '99 %', '99%'],
  [999_999, 4, '99.9999 %', '99.9999%'],
  [999_950, 3, '99.995 %', '99.995%'],
  [1, 4, '0.0001 %', '0.0001%'],
  [1_000_000, 0, '100 %', '100%'],
])('a target of %i ppm has %i decimals: %s, in Japanese %s', (ppm, decimals, english, japanese) => {
  expect(decimalsOf(ppm)).toBe(decimals)
  expect([en.target(ppm), ja.target(ppm)]).toEqual([english, japanese])
})

test.each([
  [0, '0.0', '0'],
  [412_000, '0.4', '0.412'],
  [9_999_999, '9.9', '9.999999'],
  [10_000_000, '10', '10'],
  [10_500_000, '10', '10.5'],
  [4_812_000_000, '4,812', '4,812'],
  [150_999_500, '150', '150.9995'],
])('%i millionths of an event are %s, exactly %s', (millionths, cut, exact) => {
  expect([en.events(millionths), en.exactEvents(millionths)]).toEqual([cut, exact])
})

test('a month, a moment and a date are written in the zone, whatever offset they came with', () => {
  expect([en.month('2024-02'), ja.month('2024-02')]).toEqual(['February 2024', '2024年2月'])
  expect(en.stamp('2026-10-31T15:30:00Z')).toBe('2026-11-01 00:30')
  expect(en.date('2026-10-31T14:59:59Z')).toBe('2026-10-31')
})

test('a moment in the hour that a clock change repeats is written as the clock on the wall showed it', () => {
  const newYork = figuresIn('en', 'America/New_York')
  expect(newYork.stamp('2026-11-01T01:30:00-04:00')).toBe('2026-11-01 01:30')
  expect(newYork.stamp('2026-11-01T06:30:00Z')).toBe('2026-11-01 01:30')
})

test('a list is joined as the language joins it', () => {
  expect([en.list(['A', 'B', 'C']), ja.list(['あ', 'い', 'う'])]).toEqual(['A, B, and C', 'あ、い、う'])
})
