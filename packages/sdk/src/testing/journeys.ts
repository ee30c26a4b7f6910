import type { Definition, Step } from '@tabiji/core/journey'

const NO_STATUSES: Step['statuses'] = { good: [], bad: [], excluded: [] }

/** A step promised within 100 ms, with what a test says otherwise. */
export function step(name: string, given: Partial<Step> = {}): Step {
  return { name, kind: 'http', routes: [], withinMs: 100, clock: 'request', statuses: NO_STATUSES, ...given }
}

/** One journey, `scan`, of the given steps. */
export function scanJourney(...steps: readonly Step[]): Definition {
  const journey = { name: 'scan', title: { en: 'Scan', ja: '計測' }, tier: 1, objectives: [], steps } as const
  return { timeZone: 'Asia/Tokyo', classes: {}, journeys: [journey], fingerprint: '0123456789abcdef' }
}
