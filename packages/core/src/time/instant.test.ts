import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isoIn, parseInstant } from './index.ts'

const ZONE = 'Asia/Tokyo'
const NOW = Date.parse('2026-10-20T23:30:00+09:00')

describe('a typed time', () => {
  test.each([
    ['13:02', '2026-10-20T13:02:00+09:00'],
    ['9:05', '2026-10-20T09:05:00+09:00'],
    [' 13:02 ', '2026-10-20T13:02:00+09:00'],
    ['2026-10-19T13:02', '2026-10-19T13:02:00+09:00'],
    ['2026-10-19 13:02:30', '2026-10-19T13:02:30+09:00'],
    ['2026-10-19T13:02:30Z', '2026-10-19T22:02:30+09:00'],
    ['2026-10-19T13:02-04:00', '2026-10-20T02:02:00+09:00'],
  ])('%s means %s', (text, expected) => {
    expect(isoIn(parseInstant(text, NOW, ZONE) ?? Number.NaN, ZONE)).toBe(expected)
  })

  test('of today means the date of the zone, not of Greenwich', () => {
    const justAfterMidnight = Date.parse('2026-10-21T00:10:00+09:00')
    expect(parseInstant('00:05', justAfterMidnight, ZONE)).toBe(Date.parse('2026-10-21T00:05:00+09:00'))
  })

  test.each([
    '',
    'noon',
    '24:00',
    '13:60',
    '13',
    '2026-02-29T10:00',
    '2026-10-20',
    '2026-10-20T13:02+9',
    '1760000000000',
  ])('"%s" is refused', (text) => {
    expect(parseInstant(text, NOW, ZONE)).toBeUndefined()
  })

  test.each([
    ['2026-11-01T01:30', 'shown twice, when the clocks go back'],
    ['2026-03-08T02:30', 'never shown, when the clocks go forward'],
  ])('%s is refused in New York without an offset: %s', (text) => {
    expect(parseInstant(text, NOW, 'America/New_York')).toBeUndefined()
    expect(parseInstant(`${text}-05:00`, NOW, 'America/New_York')).toBe(Date.parse(`${text}-05:00`))
  })

  test('reads back what isoIn writes', () => {
    const instants = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000)
    fc.assert(
      fc.property(instants, fc.constantFrom(ZONE, 'America/New_York', 'UTC', 'Asia/Kathmandu'), (at, zone) => {
        expect(parseInstant(isoIn(at, zone), NOW, zone)).toBe(at)
      }),
    )
  })
})
