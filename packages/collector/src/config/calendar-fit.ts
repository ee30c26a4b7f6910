import type { Definition } from '@tabiji/core/journey'
import { named, type Path, type Problem, problem } from '@tabiji/core/problem'
import { addDays, DAY, dateOf, LOOK_AHEAD_DAYS, nextOpening } from '@tabiji/core/time'
import type { CalendarFile, Config, DeskIn } from './config.ts'

/** How long before its end a calendar should be continued. */
const NOTICE_DAYS = 30

/**
 * Whether the desks of a configuration open, by the clock, and whether they are those of the journeys' owners. A desk that never
 * opens would never be told what waits for it, so that is an error.
 */
export function calendarProblems(
  { calendar }: Pick<Config, 'calendar'>,
  definition: Definition,
  now: number,
): readonly Problem[] {
  const { timeZone, journeys } = definition
  const owners = new Set(journeys.map(({ owner }) => owner))
  const teams = [...calendar.teams.values()]
  return [
    ...shutProblems(calendar.desk, ['hours'], timeZone, now),
    ...teams.flatMap(({ name, desk }) => shutProblems(desk, ['teams', name], timeZone, now)),
    ...utcProblems(calendar.desk, ['hours'], timeZone),
    ...teams.flatMap(({ name, desk }) => utcProblems(desk, ['teams', name], timeZone)),
    ...teams.flatMap(({ name }) => (owners.has(name) ? [] : [ownsNothing(name)])),
    ...calendar.files.flatMap((file) => endingProblems(file, timeZone, now)),
  ]
}

function shutProblems(desk: DeskIn, path: Path, timeZone: string, now: number): readonly Problem[] {
  if (nextOpening(now, desk(timeZone)) !== undefined) return []
  const message = `Expected the desk of ${named(path)} to open within ${LOOK_AHEAD_DAYS} days; it never does`
  const hint = 'what waits for business hours would never be told: see its hours, holidays and closures'
  return [problem('CONFIG_NEVER_OPEN', path, message, { hint, ...(path.length > 1 && { part: 'key' }) })]
}

/** Alertmanager's intervals stand on the wall of UTC unless they say otherwise, which few people mean. */
function utcProblems(desk: DeskIn, path: Path, timeZone: string): readonly Problem[] {
  const { hours, timeZone: own } = desk(timeZone)
  if (own === 'UTC' || hours.every(({ location }) => location !== undefined)) return []
  const message = `The desk of ${named(path)} is in ${own}, and its time interval is in UTC, because it has no location`
  const hint = `write \`location: ${own}\` into the time interval`
  return [
    problem('CONFIG_INTERVAL_UTC', path, message, {
      severity: 'warning',
      hint,
      ...(path.length > 1 && { part: 'key' }),
    }),
  ]
}

function ownsNothing(name: string): Problem {
  const message = `No journey has the owner ${name}, so its hours and routes are used for nothing`
  const hint = 'a journey names its team as `owner` in the journeys file'
  return problem('CONFIG_TEAM_OWNS_NOTHING', ['teams', name], message, { severity: 'warning', part: 'key', hint })
}

/** A calendar that ends is a desk that is open on holidays, and nobody notices before that day. */
function endingProblems({ name, path, closingIn }: CalendarFile, timeZone: string, now: number): readonly Problem[] {
  const closing = closingIn(timeZone)
  const today = dateOf(now, timeZone)
  for (let days = NOTICE_DAYS; days <= LOOK_AHEAD_DAYS; days++) {
    if (closing.dayOff(addDays(today, days)) !== undefined) return []
  }
  const ahead = { from: now + NOTICE_DAYS * DAY, to: now + LOOK_AHEAD_DAYS * DAY }
  if ((closing.stretches?.(ahead) ?? []).length > 0) return []
  const message = `The calendar ${name} holds nothing later than ${NOTICE_DAYS} days from now`
  const hint = 'put the next year into it; until then its holidays count as business days'
  return [problem('CONFIG_CALENDAR_ENDS', path, message, { severity: 'warning', hint })]
}
