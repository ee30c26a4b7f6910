import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isoIn, nextOpening } from '@tabiji/core/time'
import { afterAll, describe, expect, test } from 'vitest'
import { isForbiddenAddress } from '../wire/address.ts'
import { readConfig } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'tabiji-calendar-'))
afterAll(() => rmSync(folder, { recursive: true }))
const TOKYO = 'Asia/Tokyo'

/** A configuration with the text at its end, beside a calendar file. */
function read(text: string, ics?: string) {
  const file = join(folder, 'tabiji.yaml')
  writeFileSync(
    file,
    `journeys: j.yaml\nstore: s.db\nreceivers: [{ name: chat, kind: slack, urlEnv: URL }]\nroutes: { page: [chat] }\n${text}`,
  )
  if (ics !== undefined) writeFileSync(join(folder, 'company.ics'), ics.replaceAll('\n', '\r\n'))
  return readConfig(file, { URL: 'https://hooks.example.com/x' }, isForbiddenAddress)
}

function calendarOf(text: string, ics?: string) {
  const found = read(text, ics)
  if (!found.ok) throw new Error(found.problems.map(({ message }) => message).join('\n'))
  return found.config.calendar
}

function problemsOf(text: string, ics?: string): readonly string[] {
  const found = read(text, ics)
  if (found.ok) throw new Error('Expected problems')
  return found.problems
    .filter(({ severity }) => severity === 'error')
    .map(({ at, message, hint }) => `${at?.line}:${at?.column} ${message}${hint ? ` | ${hint}` : ''}`)
}

const events = (...lines: string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...lines.flatMap((each) => ['BEGIN:VEVENT', ...each.split('|'), 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\n')

/** When the desk of a team, or everybody's, opens next. */
function opening(text: string, at: string, team?: string, ics?: string): string {
  const calendar = calendarOf(text, ics)
  const desk = ((team === undefined ? undefined : calendar.teams.get(team)?.desk) ?? calendar.desk)(TOKYO)
  return isoIn(nextOpening(Date.parse(at), desk) ?? 0, desk.timeZone).slice(0, 16)
}

describe('the next business day', () => {
  test.each([
    ['after a Friday night', '2026-11-06T22:00+09:00', '2026-11-09T10:00'],
    ['after the holiday of November 23', '2026-11-20T22:00+09:00', '2026-11-24T10:00'],
    [
      'after Golden Week, of which the 3rd is a Sunday and moves to the 6th',
      '2026-05-01T22:00+09:00',
      '2026-05-07T10:00',
    ],
    ['after a day between two holidays', '2026-09-18T22:00+09:00', '2026-09-24T10:00'],
    ['after an equinox on a Sunday', '2027-03-19T22:00+09:00', '2027-03-23T10:00'],
    ['after the end of the year, with the company closed', '2026-12-28T22:00+09:00', '2027-01-04T10:00'],
  ])('in Japan %s', (_, at, opens) => {
    expect(opening('holidays: [jp]\nclosures: [2026-12-29..2027-01-03]\n', at)).toBe(opens)
  })

  test.each([
    ['de', '2026-10-30T22:00+09:00', '2026-11-02T10:00'],
    ['de-by', '2026-06-03T22:00+09:00', '2026-06-05T10:00'],
    ['de-be', '2026-06-03T22:00+09:00', '2026-06-04T10:00'],
    ['us', '2026-07-02T22:00+09:00', '2026-07-06T10:00'],
  ])('in %s', (country, at, opens) => expect(opening(`holidays: [${country}]\n`, at)).toBe(opens))

  test('of a team in another zone, with its own hours, holidays and receivers; the rest is everybody’s', () => {
    const text = `closures: [2026-12-24]
teams:
  berlin: { timeZone: Europe/Berlin, hours: { opens: '09:00', closes: '17:00' }, holidays: [de-be], routes: { ticket: [chat] } }
`
    expect(opening(text, '2026-12-23T20:00+01:00', 'berlin')).toBe('2026-12-28T09:00')
    const berlin = calendarOf(text).teams.get('berlin')
    expect(berlin?.routes).toEqual({ 2: ['chat'] })
  })

  test('by time intervals pasted from an Alertmanager', () => {
    const text = `timeIntervals:
  - name: office
    time_intervals:
      - times: [{ start_time: 08:30, end_time: '17:00' }]
        weekdays: ['monday:thursday']
        location: Asia/Tokyo
      - times: [{ start_time: '07:00', end_time: '12:00' }]
        weekdays: [friday]
        days_of_month: [1, '-7:-1']
        months: ['january:november', 12]
        years: [2026, '2027:2030']
        location: Asia/Tokyo
hours: office
`
    expect(opening(text, '2026-11-19T18:00+09:00')).toBe('2026-11-23T08:30')
    expect(opening(text, '2026-11-26T18:00+09:00')).toBe('2026-11-27T07:00')
  })
})

test.each([
  ['', {}],
  ['weekly: false\n', undefined],
  ["weekly: { day: fri, at: '16:00' }\n", { weekday: 5, minutes: 960 }],
])('a week is looked back on: %s', (text, weekly) => expect(calendarOf(text).weekly).toEqual(weekly))

test.each([
  ['', undefined],
  ['selfTest: {}\n', {}],
  ["selfTest: { day: wed, at: '10:30' }\n", { weekday: 3, minutes: 630 }],
])('pages are tested each week: %s', (text, time) => expect(calendarOf(text).selfTest).toEqual(time))

describe('a calendar file', () => {
  const closedIn = (ics: string, date: string, zone = TOKYO) =>
    calendarOf('holidays: [company.ics]\n', ics).desk(zone).closings[0]?.dayOff(date)
  const hoursIn = (ics: string, date: string, zone: string) => {
    const from = Date.parse(`${date}T00:00Z`)
    const stretches = calendarOf('holidays: [company.ics]\n', ics).desk(zone).closings[0]?.stretches
    return (stretches?.({ from, to: from + 86_400_000 }) ?? []).map(({ from, to }) =>
      [from, to].map((at) => new Date(at).toISOString().slice(0, 16)),
    )
  }

  test('closes whole dates, the end not included, and says why', () => {
    const ics = events('UID:1|DTSTART;VALUE=DATE:20261229|DTEND;VALUE=DATE:20270104|SUMMARY:年末年始')
    expect(['2026-12-28', '2026-12-29', '2027-01-03', '2027-01-04'].map((date) => closedIn(ics, date))).toEqual([
      undefined,
      '年末年始',
      '年末年始',
      undefined,
    ])
  })

  test('repeats, leaves out and moves', () => {
    const ics = events(
      'UID:1|DTSTART;VALUE=DATE:20200615|RRULE:FREQ=YEARLY|EXDATE;VALUE=DATE:20270615|SUMMARY:Foundation',
      'UID:1|RECURRENCE-ID;VALUE=DATE:20280615|DTSTART;VALUE=DATE:20280616|SUMMARY:Foundation, moved',
      'UID:2|DTSTART;VALUE=DATE:20261101|STATUS:CANCELLED|SUMMARY:no',
    )
    const dates = ['2026-06-15', '2027-06-15', '2028-06-15', '2028-06-16', '2026-11-01']
    expect(dates.map((date) => closedIn(ics, date))).toEqual([
      'Foundation',
      undefined,
      undefined,
      'Foundation, moved',
      undefined,
    ])
  })

  test('closes hours: in a zone by name, in UTC, and on the desk’s wall where it says nothing', () => {
    const one = (line: string) => events(`UID:1|${line}|DURATION:PT2H|SUMMARY:all hands`)
    expect(hoursIn(one('DTSTART;TZID=Europe/Berlin:20261026T090000'), '2026-10-26', TOKYO)).toEqual([
      ['2026-10-26T08:00', '2026-10-26T10:00'],
    ])
    expect(hoursIn(one('DTSTART:20261026T090000Z'), '2026-10-26', TOKYO)).toEqual([
      ['2026-10-26T09:00', '2026-10-26T11:00'],
    ])
    expect(hoursIn(one('DTSTART:20261026T090000'), '2026-10-26', TOKYO)).toEqual([
      ['2026-10-26T00:00', '2026-10-26T02:00'],
    ])
    expect(
      opening('holidays: [company.ics]\n', '2026-10-25T12:00+09:00', undefined, one('DTSTART:20261026T093000')),
    ).toBe('2026-10-26T11:30')
  })

  test('by its own description of a zone that nobody else knows', () => {
    const zone =
      'BEGIN:VTIMEZONE\nTZID:Office\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0900\nTZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE\n'
    const ics = events('UID:1|DTSTART;TZID=Office:20261026T090000|DURATION:PT1H')
    const described = ics.replace('VERSION:2.0\n', `VERSION:2.0\n${zone}`)
    expect(hoursIn(described, '2026-10-26', 'UTC')).toEqual([['2026-10-26T00:00', '2026-10-26T01:00']])
    expect(problemsOf('holidays: [company.ics]\n', ics)).toEqual([
      '5:12 Expected company.ics to be a calendar with events (the event "" is in the zone "Office", which is neither described in the file nor an IANA one)',
    ])
  })

  test.each([
    ['BEGIN:VCALENDAR\nEND:VCALENDAR\n', 'it holds no event'],
    ['hello', 'invalid line'],
    ['', 'no event'],
    [events('UID:1|SUMMARY:when?'), 'the event "when?" has no beginning'],
    [events('UID:1|DTSTART:20261026T090000|RRULE:FREQ=MINUTELY'), 'comes again more often than daily'],
    [events('UID:1|DTSTART:gone'), 'invalid date'],
  ])('that is none is refused with the reason (%#)', (ics, why) => {
    const [problem = ''] = problemsOf('holidays: [company.ics]\n', ics)
    expect(problem).toMatch(/^5:12 Expected company.ics to be a calendar with events/)
    expect(problem).toContain(why)
  })
})

test.each([
  [
    'hours: ofice\ntimeIntervals: [{ name: office, time_intervals: [{}] }]\n',
    '5:8 Expected `hours` to be the name of one of `timeIntervals`, got "ofice" | did you mean "office"?',
  ],
  ['teams: { everybody: {} }\n', '5:10 Expected a team not to be called everybody'],
  ['weekly: { day: friday }\n', 'Expected `weekly.day` to be "mon" or "tue"'],
  ['holidays: [jq]\n', '5:12 Expected `holidays[0]` to be a country such as jp or de-by'],
  ['holidays: [de-zz]\n', '5:12 Expected `holidays[0]` to be a country such as jp or de-by'],
  [
    'teams: { a: { holidays: [japan] } }\n',
    '5:26 Expected `teams.a.holidays[0]` to be a country such as jp or de-by, or a calendar file that ends in .ics, got "japan"',
  ],
  ['holidays: [gone.ics]\n', '5:12 Expected gone.ics to be a calendar with events (ENOENT)'],
  [
    'closures: [2026-12-29..2026-12-01]\n',
    '5:12 Expected `closures[0]` to be a date such as 2026-12-29, or dates such as 2026-12-29..2027-01-03',
  ],
  ["hours: { opens: '18:00', closes: '09:00' }\n", '5:1 Expected `hours` to be hours that open before they close'],
  [
    'teams: { a: { timeZone: Mars/Base } }\n',
    '5:25 Expected `teams.a.timeZone` to be a time zone such as Asia/Tokyo, got "Mars/Base"',
  ],
  [
    'teams: { a: { routes: { ticket: [chatt] } } }\n',
    '5:34 Expected `teams.a.routes.ticket[0]` to be the name of a receiver, got "chatt" | did you mean "chat"?',
  ],
  [
    "timeIntervals: [{ name: n, time_intervals: [{ times: [{ start_time: '22:00', end_time: '06:00' }] }] }]\n",
    'a night is two of them',
  ],
  [
    'timeIntervals: [{ name: n, time_intervals: [{ weekdays: [mon] }] }]\n',
    "a weekday such as monday, or 'monday:friday'",
  ],
  [
    'timeIntervals: [{ name: n, time_intervals: [{}] }, { name: n, time_intervals: [{}] }]\n',
    'a name that no other time interval has',
  ],
])('%s', (text, told) => {
  expect(problemsOf(text).join('\n')).toContain(told)
})

test('a pager for level 2 is refused with the reason, of everybody and of a team', () => {
  const file = join(folder, 'pager.yaml')
  const receivers = 'receivers: [{ name: pager, kind: pagerduty, routingKeyEnv: KEY }]'
  const routes = 'routes: { page: [pager], ticket: [pager] }\nteams: { a: { routes: { ticket: [pager] } } }'
  writeFileSync(file, `journeys: j.yaml\nstore: s.db\n${receivers}\n${routes}\n`)
  const found = readConfig(file, { KEY: 'a'.repeat(32) }, isForbiddenAddress)
  const told = found.ok ? [] : found.problems.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`)
  const why = 'Expected a chat or a program for level 2, got the pager pager: a digest is read, it calls nobody'
  expect(told).toEqual([`4:35 ${why}`, `5:34 ${why}`])
})

test('a calendar file is read again while the daemon runs, and one with a mistake leaves its days in force', () => {
  const day = (date: string) => events(`UID:1|DTSTART;VALUE=DATE:${date}|SUMMARY:創立記念日`)
  const found = read('holidays: [company.ics]\n', day('20261201'))
  if (!found.ok) throw new Error('Expected a configuration')
  const { desk } = found.config.calendar
  const open = () => isoIn(nextOpening(Date.parse('2026-12-01T00:00+09:00'), desk(TOKYO)) ?? 0, TOKYO).slice(0, 10)
  expect([open(), found.rotate().taken]).toEqual(['2026-12-02', []])
  const write = (text: string) => writeFileSync(join(folder, 'company.ics'), text.replaceAll('\n', '\r\n'))

  write(day('20261202'))
  expect(found.rotate().taken).toEqual(['holidays[0]'])
  expect(open()).toBe('2026-12-01')

  write('BEGIN:VCALENDAR')
  const { refused, broken } = found.rotate()
  expect(refused).toMatchObject([{ code: 'CONFIG_CALENDAR', at: { line: 5 } }])
  expect(refused[0]?.message).toContain('Expected company.ics to be a calendar with events')
  expect([broken.length, open()]).toEqual([1, '2026-12-01'])
  rmSync(join(folder, 'company.ics'))
  expect(found.rotate().refused[0]?.message).toContain('ENOENT')

  write(day('20261201'))
  expect([found.rotate().broken, open()]).toEqual([[], '2026-12-02'])
})
