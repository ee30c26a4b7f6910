import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { isoIn } from './calendar.ts'
import { DAY, HOUR, MINUTE } from './duration.ts'
import { intervalRanges, type Span, type TimeInterval } from './interval.ts'
import { parseDaysOfMonth, parseMonths, parseTimeOfDay, parseWeekdays, parseYears } from './interval-notation.ts'
import { isInside } from './ranges.ts'

const NEW_YORK = 'America/New_York'
const BERLIN = 'Europe/Berlin'
const ZONES = [NEW_YORK, BERLIN, 'Asia/Tokyo', 'UTC', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Africa/Casablanca']

/** Alertmanager's own question about an instant, asked of the wall. */
function holdsAt(interval: TimeInterval, at: number): boolean {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(interval.location ?? 'UTC')
  const among = (spans: readonly Span[] | undefined, value: number) =>
    spans === undefined || spans.some(({ from, to }) => value >= from && value <= to)
  const minute = wall.hour * 60 + wall.minute
  const counted = (day: number) => (day < 0 ? wall.daysInMonth + day + 1 : day)
  return (
    (interval.times === undefined || interval.times.some(({ from, to }) => minute >= from && minute < to)) &&
    among(interval.weekdays, wall.dayOfWeek % 7) &&
    among(interval.months, wall.month) &&
    among(interval.years, wall.year) &&
    among(
      interval.daysOfMonth?.map(({ from, to }) => ({ from: counted(from), to: counted(to) })),
      wall.day,
    )
  )
}

const spans = (min: number, max: number) =>
  fc.array(
    fc
      .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
      .map(([a, b]): Span => ({ from: Math.min(a, b), to: Math.max(a, b) })),
    { minLength: 1, maxLength: 3 },
  )

const anyInterval: fc.Arbitrary<TimeInterval> = fc.record(
  {
    times: spans(0, 1_440),
    weekdays: spans(0, 6),
    daysOfMonth: fc.oneof(spans(1, 31), spans(-31, -1), fc.constant([{ from: 20, to: -1 }])),
    months: spans(1, 12),
    location: fc.constantFrom(...ZONES),
  },
  { requiredKeys: [] },
)

test('for all intervals and instants, one lies in the ranges just when its wall says so', () => {
  const begin = fc.integer({ min: Date.UTC(2024, 0, 1) / MINUTE, max: Date.UTC(2028, 0, 1) / MINUTE })
  const changes = fc.constantFrom(
    ...['2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-04-04T15:00Z'].map(
      (text) => Date.parse(text) / MINUTE - 600,
    ),
  )
  fc.assert(
    fc.property(anyInterval, fc.oneof(begin, changes), (interval, minute) => {
      const within = { from: minute * MINUTE, to: minute * MINUTE + DAY }
      const ranges = intervalRanges(interval, within)
      for (let at = within.from; at < within.to; at += 10 * MINUTE) {
        expect(isInside(ranges, at), isoIn(at, interval.location ?? 'UTC')).toBe(holdsAt(interval, at))
      }
    }),
  )
})

describe('what an interval holds', () => {
  const ranges = (interval: TimeInterval, from: string, to: string) =>
    intervalRanges(interval, { from: Date.parse(from), to: Date.parse(to) }).map(({ from, to }) =>
      [from, to].map((at) => isoIn(at, interval.location ?? 'UTC').slice(0, 16)),
    )

  test('a night is two times of day, joined at midnight', () => {
    const night = {
      times: [
        { from: 22 * 60, to: 1_440 },
        { from: 0, to: 6 * 60 },
      ],
    }
    expect(ranges(night, '2026-11-02T12:00Z', '2026-11-03T12:00Z')).toEqual([['2026-11-02T22:00', '2026-11-03T06:00']])
  })

  test('days counted from the end of the month, in February too', () => {
    const last = { daysOfMonth: [{ from: -2, to: -1 }] }
    expect(ranges(last, '2028-02-01T00:00Z', '2028-03-01T00:00Z')).toEqual([['2028-02-28T00:00', '2028-03-01T00:00']])
    const beyond = { daysOfMonth: [{ from: 31, to: 31 }], months: [{ from: 2, to: 2 }] }
    expect(ranges(beyond, '2026-01-01T00:00Z', '2029-01-01T00:00Z')).toEqual([])
  })

  test('an hour that the clocks show twice holds twice, one that they skip does not', () => {
    const hour = { times: [{ from: 90, to: 120 }], location: NEW_YORK }
    const hours = intervalRanges(hour, { from: Date.parse('2026-11-01T00:00Z'), to: Date.parse('2026-11-02T00:00Z') })
    expect(hours.map(({ from, to }) => to - from)).toEqual([HOUR / 2, HOUR / 2])
    const skipped = { times: [{ from: 120, to: 180 }], location: NEW_YORK }
    expect(ranges(skipped, '2026-03-08T00:00Z', '2026-03-09T00:00Z')).toEqual([])
  })
})

describe('the notation of Alertmanager', () => {
  test.each([
    ['monday:friday', { from: 1, to: 5 }],
    ['Sunday', { from: 0, to: 0 }],
    ['saturday:sunday', undefined],
    ['mon', undefined],
    ['', undefined],
  ])('weekdays %s', (text, span) => expect(parseWeekdays(text)).toEqual(span))

  test.each([
    ['1', { from: 1, to: 1 }],
    ['-3:-1', { from: -3, to: -1 }],
    ['25:-1', { from: 25, to: -1 }],
    ['-1:-3', undefined],
    ['-3:5', undefined],
    ['0', undefined],
    ['32', undefined],
    ['5:1', undefined],
  ])('days of the month %s', (text, span) => expect(parseDaysOfMonth(text)).toEqual(span))

  test.each([
    ['january:march', { from: 1, to: 3 }],
    ['5', { from: 5, to: 5 }],
    ['may:8', { from: 5, to: 8 }],
    ['13', undefined],
    ['december:january', undefined],
  ])('months %s', (text, span) => expect(parseMonths(text)).toEqual(span))

  test.each([
    ['2026', { from: 2026, to: 2026 }],
    ['2026:2030', { from: 2026, to: 2030 }],
    ['2030:2026', undefined],
    ['26', undefined],
  ])('years %s', (text, span) => expect(parseYears(text)).toEqual(span))

  test.each([
    ['00:00', 0],
    ['24:00', 1_440],
    ['09:05', 545],
    ['9:05', undefined],
    ['24:01', undefined],
  ])('the time %s', (text, minutes) => expect(parseTimeOfDay(text)).toBe(minutes))
})
