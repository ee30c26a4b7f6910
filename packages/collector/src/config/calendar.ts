import { entriesOf, expected, itemsOf, type Path, type Problem, readPart, unknownName } from '@tabiji/core/problem'
import type { Closing, Desk, Span, TimeInterval, WeeklyTime } from '@tabiji/core/time'
import type { z } from 'zod'
import { keepCalendar } from './calendar-file.ts'
import {
  type Closure,
  deskSchema,
  type hoursSchema,
  teamSchema,
  timeIntervalsSchema,
  weeklySchema,
  weeklyTimeSchema,
} from './calendar-schema.ts'
import type { Calendar, CalendarFile, DeskIn, Team } from './config.ts'
import { digestProblems } from './digests.ts'
import { isCountryForm, publicHolidays, unknownCountry } from './holidays.ts'
import { WEEKDAYS } from './notation.ts'
import { resolveRoutes } from './receivers.ts'
import type { Surroundings } from './surroundings.ts'

const OPENS = 10 * 60
const BUSINESS_DAYS = WEEKDAYS.slice(0, 5)

type Intervals = ReadonlyMap<string, readonly TimeInterval[]>
type HoursIn = (zone: string) => readonly TimeInterval[]
type ClosingIn = (zone: string) => Closing
type Parts = { readonly hours: HoursIn; readonly holidays: readonly ClosingIn[]; readonly closures: readonly Closure[] }
type Work = { readonly intervals: Intervals; readonly around: Surroundings; readonly files: CalendarFile[] }

/** When teams are at work. What is wrong with it goes to `problems`. */
export function resolveCalendar(document: unknown, around: Surroundings, problems: Problem[]): Calendar {
  const root = entriesOf(document)
  const work: Work = { intervals: namedIntervals(root.get('timeIntervals'), problems), around, files: [] }
  const common = resolveParts(document, [], undefined, work, problems)
  const teams = [...entriesOf(root.get('teams'))].map(([name, value]): Team => {
    const parts = resolveParts(value, ['teams', name], common, work, problems)
    const timeZone = readPart(teamSchema.shape.timeZone, entriesOf(value).get('timeZone'))
    return { name, desk: deskOf(parts, timeZone), routes: routesOf(entriesOf(value).get('routes')) }
  })
  const weekly = weeklyOf(readPart(weeklySchema, root.get('weekly')) ?? {})
  problems.push(...digestProblems(document))
  return {
    desk: deskOf(common),
    teams: new Map(teams.map((team) => [team.name, team])),
    files: work.files,
    ...(weekly !== undefined && { weekly }),
    ...(root.has('selfTest') && { selfTest: timeOf(readPart(weeklyTimeSchema, root.get('selfTest')) ?? {}) }),
  }
}

function weeklyOf(stated: z.output<typeof weeklySchema>): WeeklyTime | undefined {
  return stated === false ? undefined : timeOf(stated)
}

function timeOf({ day, at }: z.output<typeof weeklyTimeSchema>): WeeklyTime {
  return {
    ...(day !== undefined && { weekday: WEEKDAYS.indexOf(day) + 1 }),
    ...(at !== undefined && { minutes: at }),
  }
}

function namedIntervals(listed: unknown, problems: Problem[]): Intervals {
  const named = new Map<string, readonly TimeInterval[]>()
  itemsOf(listed).forEach((value, i) => {
    const part = readPart(timeIntervalsSchema.element, value)
    if (part === undefined) return
    if (named.has(part.name)) {
      const what = 'a name that no other time interval has'
      problems.push(expected('CONFIG_REPEATED', ['timeIntervals', i, 'name'], what, part.name))
    }
    named.set(part.name, part.time_intervals)
  })
  return named
}

/** @param common what everybody has, for what is not stated here */
function resolveParts(value: unknown, path: Path, common: Parts | undefined, work: Work, problems: Problem[]): Parts {
  const entries = entriesOf(value)
  const stated = <Key extends keyof typeof deskSchema>(key: Key) =>
    readPart(deskSchema[key], entries.get(key)) as z.output<(typeof deskSchema)[Key]> | undefined
  const hours = stated('hours')
  return {
    hours:
      hours === undefined
        ? (common?.hours ?? ownHours({}))
        : resolveHours(hours, [...path, 'hours'], work.intervals, problems),
    holidays: entries.has('holidays')
      ? (stated('holidays') ?? []).flatMap((name, i) =>
          resolveCalendarName(name, [...path, 'holidays', i], work, problems),
        )
      : (common?.holidays ?? []),
    closures: stated('closures') ?? common?.closures ?? [],
  }
}

function resolveHours(
  hours: z.output<typeof hoursSchema>,
  path: Path,
  intervals: Intervals,
  problems: Problem[],
): HoursIn {
  if (typeof hours !== 'string') return ownHours(hours)
  const named = intervals.get(hours)
  if (named === undefined) {
    const what = 'the name of one of `timeIntervals`'
    problems.push(unknownName('CONFIG_UNKNOWN_INTERVAL', path, what, hours, [...intervals.keys()]))
  }
  return () => named ?? []
}

function ownHours(hours: Exclude<z.output<typeof hoursSchema>, string>): HoursIn {
  const { opens = OPENS, closes = 1_440, weekdays = BUSINESS_DAYS } = hours
  // Monday is the first of ours and the second of an interval's.
  const days = weekdays.map((day): Span => {
    const number = (WEEKDAYS.indexOf(day) + 1) % 7
    return { from: number, to: number }
  })
  return (location) => [{ times: [{ from: opens, to: closes }], weekdays: days, location }]
}

function resolveCalendarName(
  name: string,
  path: Path,
  { around, files }: Work,
  problems: Problem[],
): readonly ClosingIn[] {
  if (name.endsWith('.ics')) {
    const closingIn = keepCalendar(name, path, around, problems)
    if (closingIn === undefined) return []
    files.push({ name, path, closingIn })
    return [closingIn]
  }
  const what = 'a country such as jp or de-by, or a calendar file that ends in .ics'
  if (!isCountryForm(name)) {
    problems.push(expected('CONFIG_CALENDAR', path, what, name))
    return []
  }
  const known = unknownCountry(name)
  if (known !== undefined) {
    problems.push(unknownName('CONFIG_UNKNOWN_COUNTRY', path, what, name, known))
    return []
  }
  const holidays = publicHolidays(name)
  return [() => holidays]
}

/** A desk is made once for each zone, so that what it has worked out is not lost. */
function deskOf({ hours, holidays, closures }: Parts, stated?: string): DeskIn {
  const made = new Map<string, Desk>()
  return (zone) => {
    const timeZone = stated ?? zone
    const known = made.get(timeZone)
    if (known !== undefined) return known
    const own = closures.length === 0 ? [] : [closedOn(closures)]
    const closings = [...holidays.map((closingIn) => closingIn(timeZone)), ...own]
    const desk = { timeZone, hours: hours(timeZone), closings }
    made.set(timeZone, desk)
    return desk
  }
}

function closedOn(closures: readonly Closure[]): Closing {
  return {
    dayOff: (date) => (closures.some(({ from, to }) => from <= date && date <= to) ? 'company closure' : undefined),
  }
}

/** A level that a team does not name is everybody's; an empty list is nobody. */
function routesOf(value: unknown): Team['routes'] {
  const stated = readPart(teamSchema.shape.routes, value)
  const all = resolveRoutes(stated)
  return {
    ...(stated?.page !== undefined && { 1: all[1] }),
    ...(stated?.ticket !== undefined && { 2: all[2] }),
    ...(stated?.notice !== undefined && { 3: all[3] }),
  }
}
