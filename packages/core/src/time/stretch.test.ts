import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { dateOf, isoIn, monthOf } from './calendar.ts'

const ZONES = Intl.supportedValuesOf('timeZone')
const farthest = { min: Date.UTC(1800, 0, 1), max: Date.UTC(2300, 0, 1) }

/** What the library says without anything that is kept. */
function asked(at: number, zone: string) {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const iso = moment.toString({ timeZoneName: 'never', smallestUnit: 'second' })
  return [iso, moment.toPlainDate().toString(), moment.toPlainDate().toPlainYearMonth().toString()]
}

function told(at: number, zone: string) {
  return [isoIn(at, zone), dateOf(at, zone), monthOf(at, zone)]
}

test('any instant in any zone of the world is told as the library tells it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.array(fc.integer(farthest), { minLength: 1, maxLength: 4 }),
      (zone, all) => {
        for (const at of all) expect(told(at, zone), `${at} in ${zone}`).toEqual(asked(at, zone))
      },
    ),
  )
})

test('around each change of the clocks, to the millisecond, whichever side was asked for first', () => {
  const zone = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Asia/Tokyo',
  )
  fc.assert(
    fc.property(
      zone,
      fc.integer({ min: Date.UTC(1930, 0, 1), max: Date.UTC(2035, 0, 1) }),
      fc.boolean(),
      (name, near, isAfter) => {
        const change = Temporal.Instant.fromEpochMilliseconds(near)
          .toZonedDateTimeISO(name)
          .getTimeZoneTransition('next')
        if (change === null) return
        const at = change.epochMilliseconds
        for (const each of isAfter ? [at, at - 1] : [at - 1, at]) expect(told(each, name)).toEqual(asked(each, name))
      },
    ),
  )
})

test('years of five digits and those before Christ have their sign', () => {
  for (const at of [Date.UTC(12_026, 0, 1), Date.UTC(-5, 5, 5)])
    expect(told(at, 'Asia/Tokyo')).toEqual(asked(at, 'Asia/Tokyo'))
})

test.each([
  [Number.NaN, 'UTC'],
  [0.5, 'UTC'],
  [1e18, 'UTC'],
  [0, 'Nowhere/Town'],
])('%s in %s is refused', (at, zone) => {
  expect(() => isoIn(at, zone)).toThrow(RangeError)
})
