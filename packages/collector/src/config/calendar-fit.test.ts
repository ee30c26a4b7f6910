import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { locateProblems } from '@tabiji/core/problem'
import { afterAll, expect, test } from 'vitest'
import { AVAILABILITY, definitionOf } from '../jobs/testing/books.ts'
import { calendarProblems } from './calendar-fit.ts'
import { readConfig } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'tabiji-fit-'))
afterAll(() => rmSync(folder, { recursive: true }))
const NOW = Date.parse('2026-11-28T12:00:00Z')

/** What is told of the desks of a configuration whose last lines these are. */
function told(text: string, ics: readonly string[] = []): readonly string[] {
  const file = join(folder, 'tabiji.yaml')
  writeFileSync(file, `journeys: j.yaml\nstore: s.db\n${text}`)
  const events = ics.map((date, i) => `BEGIN:VEVENT\r\nUID:${i}\r\nDTSTART;VALUE=DATE:${date}\r\nEND:VEVENT\r\n`)
  writeFileSync(join(folder, 'c.ics'), `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.join('')}END:VCALENDAR\r\n`)
  const read = readConfig(file, {}, () => false)
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { journeys, ...rest } = definitionOf(AVAILABILITY)
  const definition = { ...rest, journeys: journeys.map((journey) => ({ ...journey, owner: 'shop-team' })) }
  return locateProblems(calendarProblems(read.config, definition, NOW), read.locate).map(
    ({ at, severity, message }) => `${at?.line}:${at?.column} ${severity}: ${message}`,
  )
}

test('a desk that opens, of an owner that there is, with a calendar that goes on, is fine', () => {
  expect(told('holidays: [jp, c.ics]\nteams: { shop-team: {} }\n', ['20270401'])).toEqual([])
})

test('a desk that never opens is an error, whatever the reason', () => {
  const past = 'timeIntervals: [{ name: old, time_intervals: [{ years: [2020], location: Asia/Tokyo }] }]\n'
  expect(told(`hours: old\n${past}`)).toEqual([
    '3:8 error: Expected the desk of `hours` to open within 400 days; it never does',
  ])
  const never =
    'timeIntervals: [{ name: n, time_intervals: [{ days_of_month: [31], months: [2], location: Asia/Tokyo }] }]\n'
  expect(told(`teams: { shop-team: { hours: n } }\n${never}`)).toEqual([
    '3:10 error: Expected the desk of `teams.shop-team` to open within 400 days; it never does',
  ])
  expect(told('closures: [2026-11-01..2027-10-31, 2027-11-01..2028-10-30]\n')[0]).toContain('it never does')
})

test('what could be better is a warning', () => {
  expect(told('teams: { shopteam: {} }\n')).toEqual([
    '3:10 warning: No journey has the owner shopteam, so its hours and routes are used for nothing',
  ])
  expect(told('holidays: [c.ics]\n', ['20261123', '20261220'])).toEqual([
    '3:12 warning: The calendar c.ics holds nothing later than 30 days from now',
  ])
  expect(
    told("hours: office\ntimeIntervals: [{ name: office, time_intervals: [{ weekdays: ['monday:friday'] }] }]\n"),
  ).toEqual([
    '3:8 warning: The desk of `hours` is in Asia/Tokyo, and its time interval is in UTC, because it has no location',
  ])
})
