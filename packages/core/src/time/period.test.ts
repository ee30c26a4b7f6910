import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateOf, monthOf, monthRange } from './calendar.ts'
import { isDate } from './date.ts'
import { DAY } from './duration.ts'
import { periodRange } from './period.ts'
import { formatPeriodLength, longestPeriod, nominalPeriod, type Period, parsePeriodLength } from './period-length.ts'

/** Clocks that change by an hour or half of one, at midnight, and a zone that left out a whole date. */
const ZONES = [
  'UTC',
  'Asia/Tokyo',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/St_Johns',
] as const
const anyInstant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2040, 0, 1) })
const anyLength = fc.constantFrom('1d', '10d', '1w', '2w', '4w', '1M', '2M', '5M', '1Q', '2Q', '1Y')
const anyPeriod = fc.tuple(anyLength, fc.integer({ min: 0, max: 20_000 })).map(([text, days]): Period => {
  const length = parsePeriodLength(text)
  if (length === undefined) throw new Error(`Expected ${text} to be a length`)
  return { ...length, from: new Date(Date.UTC(1985, 0, 1) + days * DAY).toISOString().slice(0, 10) }
})

test('periods tile time: each instant is in its own, whose neighbours begin where it ends and end where it begins', () => {
  fc.assert(
    fc.property(anyPeriod, anyInstant, fc.constantFrom(...ZONES), (period, at, zone) => {
      const range = periodRange(period, at, zone)
      expect(range.from <= at && at < range.to).toBe(true)
      expect(range.to - range.from).toBeLessThanOrEqual(longestPeriod(period))
      // Every instant of it gives the same one.
      expect(periodRange(period, range.from, zone)).toEqual(range)
      expect(periodRange(period, range.to - 1, zone)).toEqual(range)
      expect(periodRange(period, range.to, zone).from).toBe(range.to)
      expect(periodRange(period, range.from - 1, zone).to).toBe(range.from)
    }),
    { numRuns: 2_000 },
  )
})

test('a month from a first day is the month', () => {
  fc.assert(
    fc.property(anyInstant, fc.constantFrom(...ZONES), (at, zone) => {
      const period = { count: 1, unit: 'M', from: '2026-01-01' } as const
      expect(periodRange(period, at, zone)).toEqual(monthRange(monthOf(at, zone), zone))
    }),
  )
})

const dates = (text: string, from: string, days: readonly string[], zone = 'Asia/Tokyo') => {
  const length = parsePeriodLength(text)
  if (length === undefined) throw new Error(`Expected ${text} to be a length`)
  return days.map((day) => {
    const range = periodRange({ ...length, from }, Date.parse(`${day}T03:00:00Z`), zone)
    return `${dateOf(range.from, zone)} ${dateOf(range.to - 1, zone)}`
  })
}

describe('a period begins', () => {
  test('on the day of the week of its first date', () => {
    expect(dates('1w', '2026-01-05', ['2026-11-28', '2026-11-29', '2026-11-30', '2025-12-30'])).toEqual([
      '2026-11-23 2026-11-29',
      '2026-11-23 2026-11-29',
      '2026-11-30 2026-12-06',
      '2025-12-29 2026-01-04',
    ])
  })

  test('at the end of a month that is too short, and on the 31st again after that', () => {
    expect(dates('1M', '2026-01-31', ['2026-02-15', '2026-03-15', '2026-04-02', '2028-03-01'])).toEqual([
      '2026-01-31 2026-02-27',
      '2026-02-28 2026-03-30',
      '2026-03-31 2026-04-29',
      '2028-02-29 2028-03-30',
    ])
    expect(dates('1Y', '2024-02-29', ['2026-02-28', '2028-02-28', '2028-02-29'])).toEqual([
      '2026-02-28 2027-02-27',
      '2027-02-28 2028-02-28',
      '2028-02-29 2029-02-27',
    ])
  })

  test('with a business year and its quarters', () => {
    expect(dates('1Q', '2026-04-01', ['2026-06-30', '2026-07-01', '2026-02-01'])).toEqual([
      '2026-04-01 2026-06-30',
      '2026-07-01 2026-09-30',
      '2026-01-01 2026-03-31',
    ])
  })

  test('at midnight on the wall, also in a week in which clocks change', () => {
    const week = { count: 1, unit: 'w', from: '2026-01-05' } as const
    const hours = (day: string) => {
      const { from, to } = periodRange(week, Date.parse(`${day}T17:00:00Z`), 'America/New_York')
      return (to - from) / 3_600_000
    }
    expect(['2026-03-05', '2026-10-30', '2026-11-05'].map(hours)).toEqual([167, 169, 168])
  })
})

test('lengths of whole days up to a year are read, and written as they were', () => {
  for (const text of ['1d', '1w', '2w', '52w', '1M', '12M', '1Q', '4Q', '1Y', '366d']) {
    const length = parsePeriodLength(text)
    expect(length && formatPeriodLength(length)).toBe(text)
  }
  for (const text of [
    '',
    '0w',
    '53w',
    '13M',
    '5Q',
    '2Y',
    '367d',
    '1h',
    '5m',
    '1',
    'w',
    '01w',
    '1.5w',
    '1 w',
    'month',
  ]) {
    expect([text, parsePeriodLength(text)]).toEqual([text, undefined])
  }
})

test('a share of a budget refers to 30 days a month, 90 a quarter and 365 a year', () => {
  const days = (text: string) => nominalPeriod(parsePeriodLength(text) ?? { count: 0, unit: 'd' }) / DAY
  expect(['2w', '1M', '1Q', '1Y'].map(days)).toEqual([14, 30, 90, 365])
})

test('a text is a date exactly when a calendar has the day', () => {
  const digits = (least: number, most: number, width: number) =>
    fc.integer({ min: least, max: most }).map((n) => String(n).padStart(width, '0'))
  fc.assert(
    fc.property(digits(1600, 2400, 4), digits(0, 13, 2), digits(0, 32, 2), (year, month, day) => {
      const text = `${year}-${month}-${day}`
      const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
      expect([text, isDate(text)]).toEqual([text, at.toISOString().slice(0, 10) === text])
    }),
  )
})
