import { calendarWindow, type Window } from '../journey/index.ts'
import { DAY, HOUR, MINUTE, type Period, parsePeriodLength } from '../time/index.ts'
import type { OpenSlo } from './openslo-document.ts'

const UNIT: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY }

/** Milliseconds of a duration of OpenSLO; `undefined` for months, quarters and years, which have no length. */
export function lengthOf(duration: string): number | undefined {
  const unit = UNIT[duration.slice(-1)]
  return unit === undefined ? undefined : Number(duration.slice(0, -1)) * unit
}

/**
 * The window of an SLO.
 *
 * @param timeZone of the journeys file: its calendar is known
 * @returns why there is none, as a text
 */
export function foreignWindow({ timeWindow: [window] }: OpenSlo['spec'], timeZone: string): Window | string {
  const { duration = '', calendar } = window ?? {}
  if (calendar === undefined) {
    const ms = lengthOf(duration)
    return ms === undefined ? `its rolling window of ${duration} has no fixed length` : { kind: 'rolling', ms }
  }
  const period = foreignPeriod(duration, calendar, timeZone)
  return typeof period === 'string' ? period : calendarWindow(period)
}

type Calendar = NonNullable<OpenSlo['spec']['timeWindow'][number]['calendar']>

/**
 * The periods of a calendar window: they begin at midnight in the zone of the journeys file, because its budgets are cut there.
 *
 * @returns why there are none, as a text
 */
export function foreignPeriod(duration: string, calendar: Calendar, timeZone: string): Period | string {
  const { startTime, timeZone: zone } = calendar
  const length = parsePeriodLength(duration)
  if (length === undefined)
    return `its calendar window of ${duration} is no number of days, weeks, months, quarters or a year`
  if (zone !== timeZone) return `its calendar window is cut in ${zone}, and budgets of this file in ${timeZone}`
  const [from = '', time] = startTime.split(' ')
  return time === '00:00:00' ? { ...length, from } : 'its calendar window does not begin at midnight'
}
