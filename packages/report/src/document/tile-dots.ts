import { answerTimes, type IncidentMonth } from '@tabiji/core/report'
import { DAY, MINUTE } from '@tabiji/core/time'

const WHOLE = 1_000_000

/**
 * Where each incident lies on an axis from a minute to a day, by how long its harm lasted, in parts per million. The axis is
 * logarithmic: a minute more counts for much at five minutes and for nothing at five hours.
 */
export function dotsOf(incidents: readonly IncidentMonth[]): readonly number[] {
  return incidents
    .flatMap((incident) => answerTimes(incident).mitigateMs ?? [])
    .map((ms) => Math.min(DAY, Math.max(MINUTE, ms)))
    .map((ms) => Math.round((Math.log(ms / MINUTE) / Math.log(DAY / MINUTE)) * WHOLE))
}
