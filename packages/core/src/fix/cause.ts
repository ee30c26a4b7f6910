import type { Incident } from '../incident/index.ts'
import type { Fix } from './fix.ts'

type OfCause = Pick<Fix, 'key' | 'cause'>

/** Whether a fix removes one of the causes of an incident: the cause names the fix, or the fix the cause. */
function removesCauseOf({ key, cause }: OfCause, { causes = [] }: Incident): boolean {
  return causes.some((one) => one.fix === key || (cause !== undefined && (one.id === cause || one.text === cause)))
}

/** Whether an incident asked for a fix: it was added for it, or removes one of its causes. */
export function askedFor(fix: Pick<Fix, 'key' | 'cause' | 'incident'>, incident: Incident): boolean {
  return fix.incident === incident.key || removesCauseOf(fix, incident)
}

/**
 * Whether an incident hurts what a fix is for by the cause that the fix removes. Without a journey of its own a fix is for the
 * journeys of the incident that asked for it.
 *
 * @param origin the incident that asked for the fix
 */
export function comesBackIn(fix: Fix, origin: Incident | undefined, incident: Incident): boolean {
  if (incident.key === fix.incident || incident.drill || !removesCauseOf(fix, incident)) return false
  const journeys = fix.journey === undefined ? (origin?.journeys ?? []) : [fix.journey]
  return journeys.length === 0 || journeys.some((journey) => incident.journeys.includes(journey))
}
