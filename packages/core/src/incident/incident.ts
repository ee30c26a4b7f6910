import type { Level } from '../journey/index.ts'

/** Moments of an incident that people state, in the order in which they happen. */
export const MOMENTS = ['impactStarted', 'detected', 'mitigated'] as const
export type Moment = (typeof MOMENTS)[number]

/** What every event carries: when it was recorded (milliseconds) and by whom, when that is known. */
type Recorded = { readonly at: number; readonly by?: string }

/** One thing that was recorded about an incident. Append-only: a mistake is followed by another event, never edited. */
export type IncidentEvent = Recorded &
  (
    | {
        readonly type: 'opened'
        readonly title: string
        readonly level?: Level
        readonly journeys: readonly string[]
        readonly episodes: readonly string[]
        readonly drill: boolean
      }
    | {
        readonly type: 'edited'
        readonly title?: string
        readonly level?: Level
        readonly journeys?: readonly string[]
        readonly episodes?: readonly string[]
      }
    | { readonly type: 'timed'; readonly moment: Moment; readonly value: number; readonly reason: string }
    | { readonly type: 'resolved' }
    | { readonly type: 'reopened'; readonly reason: string }
  )

/** An incident as its events tell it. Times are milliseconds since the Unix epoch. */
export type Incident = {
  /** `INC-0007`, for people. */
  readonly key: string
  readonly title: string
  readonly level?: Level
  /** Names of the journeys that were hurt. */
  readonly journeys: readonly string[]
  /** Ids of the alert episodes that it is about. */
  readonly episodes: readonly string[]
  /** Practice through the real path, kept out of the numbers. */
  readonly drill: boolean
  readonly openedAt: number
  readonly times: { readonly [moment in Moment]?: number }
  /** Absent while somebody works on it. */
  readonly resolvedAt?: number
}

/** The key of the nth incident, counted from 1. */
export function incidentKey(number: number): string {
  return `INC-${String(number).padStart(4, '0')}`
}

/**
 * Folds an incident's events, oldest first.
 *
 * @returns `undefined` when nothing was recorded.
 * @throws RangeError when the first event is not `opened`: such a log was not written by us.
 */
export function foldIncident(key: string, events: readonly IncidentEvent[]): Incident | undefined {
  const [first, ...rest] = events
  if (first === undefined) return undefined
  if (first.type !== 'opened')
    throw new RangeError(`Expected the log of ${key} to begin with opened, got ${first.type}`)
  const { type: _, at, by: __, ...stated } = first
  return rest.reduce(apply, { key, ...stated, openedAt: at, times: {} })
}

function apply(incident: Incident, event: IncidentEvent): Incident {
  switch (event.type) {
    case 'opened':
      throw new RangeError(`Expected ${incident.key} to be opened once, got a second event opened`)
    case 'edited': {
      const { type: _, at: __, by: ___, ...changes } = event
      return { ...incident, ...changes }
    }
    case 'timed':
      return { ...incident, times: { ...incident.times, [event.moment]: event.value } }
    case 'resolved':
      return { ...incident, resolvedAt: event.at }
    case 'reopened': {
      const { resolvedAt: _, ...open } = incident
      return open
    }
  }
}
