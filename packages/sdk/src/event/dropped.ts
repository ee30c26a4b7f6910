import { CARRIED_REASONS } from '@tabiji/core/journey'

/**
 * What the SDK could not book, the values of the label `reason`:
 * - `unknown-step`: an event of a pair of names that the journeys file does not declare;
 * - `mark-without-event`: `fail()` or `exclude()` where no event was going on;
 * - `mark-after-end`: `fail()` or `exclude()` after the event had been booked;
 * - why a journey that came from another service was not taken.
 */
export const DROP_REASONS = ['unknown-step', 'mark-without-event', 'mark-after-end', ...CARRIED_REASONS] as const

export type DropReason = (typeof DROP_REASONS)[number]

/** Something that the service's owner should know about the SDK's own work. */
export type SdkProblem = {
  readonly kind: DropReason | 'hand-over' | 'spool' | 'cluster' | 'learn'
  readonly message: string
}

/** Tells an observer about problems, at most one a minute per kind, and never lets the observer's errors out. */
export function createTelling(
  observer: ((problem: SdkProblem) => void) | undefined,
  now: () => number,
): (kind: SdkProblem['kind'], message: string) => void {
  const told = new Map<SdkProblem['kind'], number>()
  return (kind, message) => {
    if (observer === undefined) return
    const at = now()
    const last = told.get(kind)
    if (last !== undefined && at - last < 60_000) return
    told.set(kind, at)
    try {
      observer({ kind, message })
    } catch {
      // An observer that fails must not make the request fail that it was told about.
    }
  }
}

/** Counts what was dropped. */
export type Dropped = {
  add(reason: DropReason, message: string): void
  count(reason: DropReason): number
  /** The counts in the order of {@link DROP_REASONS}; a cluster's primary adds its workers' to them. */
  readonly row: Float64Array
}

export function createDropped(tell: (kind: DropReason, message: string) => void): Dropped {
  const counts = new Float64Array(DROP_REASONS.length)
  return {
    add(reason, message) {
      const at = DROP_REASONS.indexOf(reason)
      counts[at] = (counts[at] ?? 0) + 1
      tell(reason, message)
    },
    row: counts,
    count: (reason) => counts[DROP_REASONS.indexOf(reason)] ?? 0,
  }
}
