import { isoIn } from '@tabiji/core/time'
import type { Tracker, TrackerView } from '../ports/tracker.ts'
import type { SyncOutcome } from './sync-fixes.ts'

/** Since when a tracker cannot be read (milliseconds), and why. */
export type TrackerFailure = { readonly since: number; readonly why: string }

type State = { readonly readAt?: number; readonly failing?: TrackerFailure }

/** How old what is known of each tracker is. */
export type TrackerViews = {
  /** @returns how it was before; @param at when the reading ended, milliseconds */
  note(tracker: string, outcome: SyncOutcome, at: number): State
  /** In the order of the configuration. */
  list(): readonly TrackerView[]
}

/** It knows the readings since the start only: the first of them is of all tickets, so nothing older matters. */
export function createTrackerViews(trackers: readonly Tracker[], zone: () => string): TrackerViews {
  const states = new Map<string, State>()
  const stateOf = (name: string) => states.get(name) ?? {}
  return {
    note: (name, outcome, at) => {
      const before = stateOf(name)
      const failing = outcome.ok ? undefined : { since: before.failing?.since ?? at, why: outcome.message }
      const readAt = outcome.ok ? at : before.readAt
      states.set(name, { ...(readAt !== undefined && { readAt }), ...(failing !== undefined && { failing }) })
      return before
    },
    list: () =>
      trackers.map(({ name, kind }) => {
        const { readAt, failing } = stateOf(name)
        return {
          ...{ name, kind },
          ...(readAt !== undefined && { readAt: isoIn(readAt, zone()) }),
          ...(failing !== undefined && { failingSince: isoIn(failing.since, zone()), why: failing.why }),
        }
      }),
  }
}
