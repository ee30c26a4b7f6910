/**
 * Why a journey that came with a request or a job was not taken, the values of the label `reason` beside those of the
 * SDK's own events. The event itself is counted all the same, for its own step.
 * - `untrusted`: its sender did not prove to be one of us;
 * - `malformed`: it is not of the form that the SDK writes, or there are several;
 * - `stale`: it goes by another journeys file, or was signed too long ago;
 * - `unknown`: the journeys file declares no such journey and step;
 * - `not-borrowed`: this service does not declare that the step works for that journey.
 */
export const CARRIED_REASONS = ['untrusted', 'malformed', 'stale', 'unknown', 'not-borrowed'] as const

export type CarriedReason = (typeof CARRIED_REASONS)[number]

/** The name of an own step in a label: names hold no dot, so it cannot be mistaken. */
export function serviceStepName({ journey, step }: { readonly journey: string; readonly step: string }): string {
  return `${journey}.${step}`
}
