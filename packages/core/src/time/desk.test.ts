import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateOf, isoIn } from './calendar.ts'
import { type Closing, type Desk, isOpenAt, lastOpening, lastWeekly, nextOpening, nextWeekly } from './desk.ts'
import { DAY, HOUR } from './duration.ts'

const NEW_YORK = 'America/New_York'
const TOKYO = 'Asia/Tokyo'
const ZONES = [NEW_YORK, TOKYO, 'UTC', 'Europe/London', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Sao_Paulo']
const anyInstant = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2040, 0, 1) })

/** @param weekdays Monday = 1 … Sunday = 7 */
function desk(timeZone: string, opens: number, weekdays: readonly number[], closings: readonly Closing[] = []): Desk {
  const on = weekdays.map((day) => ({ from: day % 7, to: day % 7 }))
  return {
    timeZone,
    closings,
    hours: [{ times: [{ from: opens * 60, to: 1_440 }], weekdays: on, location: timeZone }],
  }
}
const WEEK = [1, 2, 3, 4, 5]
const next = (at: string, of: Desk) => {
  const opening = nextOpening(Date.parse(at), of)
  return opening === undefined ? undefined : isoIn(opening, of.timeZone)
}
const off = (...dates: string[]): Closing => ({ dayOff: (date) => (dates.includes(date) ? 'closed' : undefined) })

describe('the desk opens', () => {
  const office = desk(TOKYO, 9.5, WEEK)

  test.each([
    ['Tuesday night', '2026-11-03T22:00:00+09:00', '2026-11-04T09:30:00+09:00'],
    ['before it opens', '2026-11-04T03:00:00+09:00', '2026-11-04T09:30:00+09:00'],
    ['at that very moment', '2026-11-04T09:30:00+09:00', '2026-11-04T09:30:00+09:00'],
    ['once it is open, next on the day after', '2026-11-04T09:30:00.001+09:00', '2026-11-05T09:30:00+09:00'],
    ['Friday afternoon', '2026-11-06T17:00:00+09:00', '2026-11-09T09:30:00+09:00'],
    ['Saturday', '2026-11-07T12:00:00+09:00', '2026-11-09T09:30:00+09:00'],
  ])('%s', (_, at, opens) => expect(next(at, office)).toBe(opens))

  test('a week later when it opens on one day only and that one has begun', () =>
    expect(next('2026-11-04T10:00:00+09:00', desk(TOKYO, 9, [3]))).toBe('2026-11-11T09:00:00+09:00'))

  test('at the same time on the wall over a weekend in which clocks change', () =>
    expect(next('2026-03-06T17:00:00-05:00', desk(NEW_YORK, 9.5, WEEK))).toBe('2026-03-09T09:30:00-04:00'))

  test('when the clocks jump, if they jump over the opening', () =>
    expect(next('2026-03-08T00:00:00-05:00', desk(NEW_YORK, 2.5, [7]))).toBe('2026-03-08T03:00:00-04:00'))

  test('after the days on which it is closed', () =>
    expect(next('2026-11-06T17:00:00+09:00', desk(TOKYO, 9, WEEK, [off('2026-11-09'), off('2026-11-10')]))).toBe(
      '2026-11-11T09:00:00+09:00',
    ))

  test('when a shorter closing ends', () => {
    const morning = { from: Date.parse('2026-11-09T08:00:00+09:00'), to: Date.parse('2026-11-09T13:00:00+09:00') }
    const closing = { dayOff: () => undefined, stretches: () => [morning] }
    expect(next('2026-11-06T17:00:00+09:00', desk(TOKYO, 9, WEEK, [closing]))).toBe('2026-11-09T13:00:00+09:00')
  })

  test('never, and the search ends, without a day on which it may', () => {
    expect(nextOpening(0, desk('UTC', 9, []))).toBeUndefined()
    expect(lastOpening(0, desk('UTC', 9, []))).toBeUndefined()
    expect(nextOpening(0, desk('UTC', 9, WEEK, [{ dayOff: () => 'closed for good' }]))).toBeUndefined()
  })
})

test('for all instants, the next opening is not before them, within eight days, on a day and at a time that were stated', () => {
  const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
  fc.assert(
    fc.property(
      anyInstant,
      fc.constantFrom(...ZONES),
      weekdays,
      fc.integer({ min: 6, max: 21 }),
      (at, zone, on, hour) => {
        const office = desk(zone, hour, on)
        const opening = nextOpening(at, office) ?? Number.NaN
        const [date = '', time] = isoIn(opening, zone).split('T')
        expect(opening).toBeGreaterThanOrEqual(at)
        expect(opening - at).toBeLessThanOrEqual(7 * DAY + 2 * HOUR)
        expect(time?.slice(0, 5)).toBe(`${String(hour).padStart(2, '0')}:00`)
        expect(on).toContain(new Date(`${date}T12:00:00Z`).getUTCDay() || 7)
        expect(isOpenAt(office, opening)).toBe(true)
        expect(isOpenAt(office, opening - 1)).toBe(false)
        // Looking back from an opening finds it, and from just before it one of an earlier day.
        expect(lastOpening(opening, office)).toBe(opening)
        expect(lastOpening(opening - 1, office)).toBeLessThan(opening)
      },
    ),
  )
})

describe('a week is looked back on', () => {
  const weekly = (at: string, of: Desk, time = {}) =>
    [lastWeekly(Date.parse(at), of, time), nextWeekly(Date.parse(at), of, time)].map((each) =>
      each === undefined ? undefined : isoIn(each, of.timeZone).slice(0, 16),
    )

  test('when its first business day begins', () =>
    expect(weekly('2026-11-11T12:00:00+09:00', desk(TOKYO, 10, WEEK))).toEqual([
      '2026-11-09T10:00',
      '2026-11-16T10:00',
    ]))

  test('a day later when Monday is a holiday', () =>
    expect(weekly('2026-11-23T12:00:00+09:00', desk(TOKYO, 10, WEEK, [off('2026-11-23')]))).toEqual([
      '2026-11-16T10:00',
      '2026-11-24T10:00',
    ]))

  test('at the chosen day and time', () =>
    expect(weekly('2026-11-11T12:00:00+09:00', desk(TOKYO, 10, WEEK), { weekday: 5, minutes: 16 * 60 })).toEqual([
      '2026-11-06T16:00',
      '2026-11-13T16:00',
    ]))

  test('once for two weeks when one of them was all holidays', () => {
    const holiday = off('2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13')
    const office = desk(TOKYO, 10, WEEK, [holiday])
    expect(weekly('2026-11-12T12:00:00+09:00', office)).toEqual(['2026-11-02T10:00', '2026-11-16T10:00'])
    expect(weekly('2026-11-16T10:00:00+09:00', office)).toEqual(['2026-11-16T10:00', '2026-11-23T10:00'])
  })

  test('for all instants, the last one is not after and the next one after them, and nothing lies in between', () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...ZONES), fc.integer({ min: 1, max: 7 }), (at, zone, weekday) => {
        const office = desk(zone, 10, WEEK)
        const [last, next] = [lastWeekly(at, office, { weekday }), nextWeekly(at, office, { weekday })]
        expect(last).toBeLessThanOrEqual(at)
        expect(next).toBeGreaterThan(at)
        expect(nextWeekly(last ?? Number.NaN, office, { weekday })).toBe(next)
        expect(dateOf(next ?? 0, zone)).not.toBe(dateOf(last ?? 0, zone))
      }),
    )
  })
})
