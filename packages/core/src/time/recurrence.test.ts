import { describe, expect, test } from 'vitest'
import { isoIn } from './calendar.ts'
import { DAY } from './duration.ts'
import { recurrenceMistake, recurrencesOf } from './recurrence.ts'

const NEW_YORK = 'America/New_York'
const TOKYO = 'Asia/Tokyo'

function times(rule: string, first: string, zone: string, days: number, after = 0): string[] {
  const from = Date.parse(first)
  const within = { from: from + after * DAY, to: from + (after + days) * DAY }
  return recurrencesOf(rule, from, zone, within).map((at) => isoIn(at, zone).slice(0, 16) + isoIn(at, zone).slice(19))
}

describe('a rule gives', () => {
  test('every Sunday at the same wall time, in winter and in summer', () => {
    expect(times('FREQ=WEEKLY;BYDAY=SU', '2026-03-01T03:00:00-05:00', NEW_YORK, 15)).toEqual([
      '2026-03-01T03:00-05:00',
      '2026-03-08T03:00-04:00',
      '2026-03-15T03:00-04:00',
    ])
  })

  test('nothing on the day whose clocks skip the time, and does not count it', () => {
    expect(times('FREQ=DAILY;COUNT=3', '2026-03-07T02:30:00-05:00', NEW_YORK, 9)).toEqual([
      '2026-03-07T02:30-05:00',
      '2026-03-09T02:30-04:00',
      '2026-03-10T02:30-04:00',
    ])
  })

  test('the first of two times that the clocks show twice', () => {
    expect(times('FREQ=DAILY;COUNT=2', '2026-10-31T01:30:00-04:00', NEW_YORK, 9)).toEqual([
      '2026-10-31T01:30-04:00',
      '2026-11-01T01:30-04:00',
    ])
  })

  test.each([
    ['FREQ=MONTHLY;BYDAY=1SU', ['2026-10-04', '2026-11-01', '2026-12-06']],
    ['FREQ=WEEKLY;INTERVAL=4;BYDAY=SU', ['2026-10-04', '2026-11-01', '2026-11-29', '2026-12-27']],
    ['FREQ=WEEKLY;BYDAY=SU;COUNT=2', ['2026-10-04', '2026-10-11']],
    ['FREQ=WEEKLY;BYDAY=SU;UNTIL=20261010T180000Z', ['2026-10-04', '2026-10-11']],
    ['FREQ=WEEKLY;BYDAY=SU;UNTIL=20261010T175959Z', ['2026-10-04']],
    ['FREQ=MONTHLY;BYMONTHDAY=4', ['2026-10-04', '2026-11-04', '2026-12-04']],
  ])('what %s says', (rule, dates) => {
    expect(times(rule, '2026-10-04T03:00:00+09:00', TOKYO, 88).map((at) => at.slice(0, 10))).toEqual(dates)
  })

  test('only what lies in the stretch that is asked for, its end not included', () => {
    expect(times('FREQ=DAILY', '2026-10-04T03:00:00+09:00', TOKYO, 2, 10)).toEqual([
      '2026-10-14T03:00+09:00',
      '2026-10-15T03:00+09:00',
    ])
    expect(times('FREQ=DAILY', '2026-10-04T03:00:00+09:00', TOKYO, 2, -3)).toEqual([])
  })
})

test.each([
  ['', '"" is no part'],
  ['every sunday', '"every sunday" is no part'],
  ['BYDAY=SU', 'FREQ is missing'],
  ['FREQ=HOURLY', 'FREQ cannot be "HOURLY"'],
  ['FREQ=WEEKLY;BYDAY=SUN', 'BYDAY cannot be "SUN"'],
  ['FREQ=WEEKLY;COUNT=0', 'COUNT cannot be "0"'],
  ['FREQ=WEEKLY;UNTIL=2026-10-10', 'UNTIL cannot be "2026-10-10"'],
  ['FREQ=WEEKLY;UNTIL=20269910T000000Z', ''],
  ['FREQ=WEEKLY;COUNT=2;UNTIL=20261010T000000Z', 'COUNT and UNTIL exclude each other'],
  ['FREQ=WEEKLY;FREQ=DAILY', 'FREQ is there twice'],
  ['FREQ=WEEKLY;WKST=MO', '"WKST=MO" is no part'],
  ['FREQ=WEEKLY;INTERVAL=99999', 'INTERVAL cannot be'],
])('"%s" is no rule, and it is said why', (rule, why) => {
  expect(recurrenceMistake(rule)).toContain(why)
})
