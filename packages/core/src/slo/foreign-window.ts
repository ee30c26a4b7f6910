import type { Window } from '../journey/index.ts'
import { DAY, HOUR, MINUTE } from '../time/index.ts'
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
 * @param timeZone of the journeys file: its calendar months are known
 * @returns why there is none, as a text
 */
export function foreignWindow({ timeWindow: [window] }: OpenSlo['spec'], timeZone: string): Window | string {
  const { duration = '', calendar } = window ?? {}
  if (calendar === undefined) {
    const ms = lengthOf(duration)
    return ms === undefined ? `its rolling window of ${duration} has no fixed length` : { kind: 'rolling', ms }
  }
  const isMonth = duration === '1M' && calendar.timeZone === timeZone && /-01 00:00:00$/.test(calendar.startTime)
  return isMonth ? { kind: 'month' } : `its calendar window is not the month in ${timeZone}`
}
