import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, formatDuration, HOUR, MINUTE, parseDuration, roundUnits, SECOND } from './duration.ts'

describe('a duration is read', () => {
  test.each([
    ['1ms', 1],
    ['300ms', 300],
    ['1.5s', 1_500],
    ['5m', 5 * MINUTE],
    ['1h', HOUR],
    ['30d', 30 * DAY],
    ['4w', 28 * DAY],
    [' 90s ', 90 * SECOND],
    ['1.10s', 1_100],
  ])('%s', (text, ms) => expect(parseDuration(text)).toBe(ms))

  test.each([
    ['1.1h', 3_960_000],
    ['2.3h', 8_280_000],
    ['0.29h', 1_044_000],
    ['1.005s', 1_005],
    ['4.35h', 15_660_000],
  ])('%s, though its value in binary fractions is not whole', (text, ms) => expect(parseDuration(text)).toBe(ms))
})

test.each([
  '',
  '5',
  'm',
  '5 m',
  '-5m',
  '+5m',
  '1e3s',
  '.5s',
  '5.s',
  '0s',
  '0.4ms',
  '1.0005s',
  '9007199254740992ms',
  '5M',
])('"%s" is no duration', (text) => expect(parseDuration(text)).toBeUndefined())

test.each([
  [1, '1ms'],
  [1_500, '1500ms'],
  [90_000, '90s'],
  [3_600_000, '1h'],
  [86_400_000, '1d'],
  [28 * DAY, '28d'],
])('%i ms are written as %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

test('for all durations, what is written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 * DAY }), (ms) => {
      expect(parseDuration(formatDuration(ms))).toBe(ms)
    }),
  )
})

test('for all decimal fractions of a unit that are whole milliseconds, they are read exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (thousandths) => {
      const text = `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`
      expect(parseDuration(`${text}h`)).toBe(thousandths * 3_600)
    }),
  )
})

test.each([
  [3 * DAY, 3, 'days'],
  [25 * HOUR, 25, 'hours'],
  [90 * MINUTE, 90, 'minutes'],
  [89_999, 1, 'minutes'],
] as const)('%i ms are said as %i %s', (ms, count, unit) => {
  expect(roundUnits(ms)).toEqual({ count, unit })
})
