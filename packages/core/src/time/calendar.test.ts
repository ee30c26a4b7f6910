import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, dateOf, dayRange, daysBetween, isMonth, isoIn, monthOf, monthRange } from './calendar.ts'
import { isDate } from './date.ts'
import { DAY, HOUR } from './duration.ts'
import { isTimeZone } from './zone.ts'

const NEW_YORK = 'America/New_York'
const TOKYO = 'Asia/Tokyo'
const ZONES = [NEW_YORK, TOKYO, 'UTC', 'Europe/London', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Sao_Paulo']
const anyInstant = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2040, 0, 1) })

describe('a month begins and ends at midnight on the wall of its zone', () => {
  test.each([
    ['2026-03', NEW_YORK, '2026-03-01T05:00:00Z', 743],
    ['2026-11', NEW_YORK, '2026-11-01T04:00:00Z', 721],
    ['2026-07', NEW_YORK, '2026-07-01T04:00:00Z', 744],
    ['2026-10', TOKYO, '2026-09-30T15:00:00Z', 744],
    ['2026-11', TOKYO, '2026-10-31T15:00:00Z', 720],
    ['2028-02', TOKYO, '2028-01-31T15:00:00Z', 29 * 24],
    ['2028-02', NEW_YORK, '2028-02-01T05:00:00Z', 29 * 24],
    ['2026-02', 'UTC', '2026-02-01T00:00:00Z', 28 * 24],
    ['2026-12', 'UTC', '2026-12-01T00:00:00Z', 744],
  ])('%s in %s begins at %s and has %i hours', (month, zone, begins, hours) => {
    const { from, to } = monthRange(month, zone)
    expect(new Date(from).toISOString()).toBe(begins.replace('Z', '.000Z'))
    expect((to - from) / HOUR).toBe(hours)
  })

  test('February 29, 2028 is a day of 24 hours in February', () => {
    const { from, to } = dayRange('2028-02-29', TOKYO)
    expect(to - from).toBe(DAY)
    expect([monthOf(from, TOKYO), monthOf(to - 1, TOKYO), monthOf(to, TOKYO)]).toEqual([
      '2028-02',
      '2028-02',
      '2028-03',
    ])
    expect([dateOf(from, TOKYO), dateOf(to, TOKYO)]).toEqual(['2028-02-29', '2028-03-01'])
  })

  test.each([
    ['2026-03-08', 23],
    ['2026-11-01', 25],
    ['2026-11-02', 24],
  ])('%s in New York has %i hours', (date, hours) => {
    const { from, to } = dayRange(date, NEW_YORK)
    expect((to - from) / HOUR).toBe(hours)
  })

  test('one instant is in two months on two sides of the world', () => {
    const at = Date.parse('2026-10-31T23:30:00Z')
    expect([monthOf(at, TOKYO), monthOf(at, NEW_YORK)]).toEqual(['2026-11', '2026-10'])
  })
})

test('for all instants and zones, an instant lies in its month and its day, and months join without a gap', () => {
  fc.assert(
    fc.property(anyInstant, fc.constantFrom(...ZONES), (at, zone) => {
      const month = monthRange(monthOf(at, zone), zone)
      const day = dayRange(dateOf(at, zone), zone)
      expect(month.from <= at && at < month.to).toBe(true)
      expect(day.from <= at && at < day.to).toBe(true)
      expect(month.to).toBe(monthRange(addMonths(monthOf(at, zone), 1), zone).from)
      expect(monthOf(month.from - 1, zone)).toBe(addMonths(monthOf(at, zone), -1))
    }),
  )
})

describe('dates', () => {
  test.each([
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
  ])('%s and %i days is %s', (date, days, other) => {
    expect(addDays(date, days)).toBe(other)
    expect(daysBetween(date, other)).toBe(days)
  })

  test.each(['2026-02-29', '2026-13-01', '2026-1-1', '2026-04-31', 'today', '2026-10-01T00:00'])('%s is none', (text) =>
    expect(isDate(text)).toBe(false),
  )

  test('February 29 exists in a leap year only', () => {
    expect([isDate('2028-02-29'), isDate('2100-02-29'), isDate('2000-02-29')]).toEqual([true, false, true])
  })

  test('a month is two digits from 01 to 12', () => {
    expect(['2026-10', '2026-00', '2026-13', '2026-1', '2026-10-01'].map(isMonth)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })

  test('a zone is a name of the IANA database, not an offset', () => {
    expect(['Asia/Tokyo', 'UTC', 'Mars/Base', '+09:00', ''].map(isTimeZone)).toEqual([true, true, false, false, false])
  })

  test('an instant is written with the offset of its zone, cut to the second', () => {
    expect(isoIn(Date.parse('2026-11-05T01:12:00.999Z'), TOKYO)).toBe('2026-11-05T10:12:00+09:00')
    expect(isoIn(Date.parse('2026-11-01T05:30:00Z'), NEW_YORK)).toBe('2026-11-01T01:30:00-04:00')
    expect(isoIn(Date.parse('2026-11-01T06:30:00Z'), NEW_YORK)).toBe('2026-11-01T01:30:00-05:00')
  })
})
