import { isoIn } from '@tabiji/core/time'
import type { Tracker, TrackerState, TrackerStates, TrackerView } from '../../ports/tracker.ts'
import type { SyncOutcome } from './sync-fixes.ts'

/** How old what is known of each tracker is. */
export type TrackerViews = {
  /** @returns how it was before; @param at when the reading ended, milliseconds */
  note(tracker: string, outcome: SyncOutcome, at: number): TrackerState
  /** Somebody has said whose a ticket is. */
  answered(tracker: string, url: string): void
  /** In the order of the configuration. */
  list(): readonly TrackerView[]
}

/** It is kept in the store alone, so that a start does not make an old view look like none. */
export function createTrackerViews(
  trackers: readonly Pick<Tracker, 'name' | 'kind'>[],
  states: TrackerStates,
  zone: () => string,
): TrackerViews {
  return {
    note: (name, outcome, at) => {
      const before = states.of(name)
      states.keep(name, after(before, outcome, at))
      return before
    },
    answered: (name, url) => {
      const { aside = [], ...before } = states.of(name)
      const others = aside.filter((one) => one.url !== url)
      if (others.length < aside.length) states.keep(name, { ...before, ...(others.length > 0 && { aside: others }) })
    },
    list: () => trackers.map(({ name, kind }) => ({ name, kind, ...viewOf(states.of(name), zone()) })),
  }
}

function after(before: TrackerState, outcome: SyncOutcome, at: number): TrackerState {
  if (!outcome.ok) return { ...before, failing: { since: before.failing?.since ?? at, why: outcome.message } }
  return { readAt: at, ...(outcome.aside.length > 0 && { aside: outcome.aside }) }
}

function viewOf({ readAt, failing, aside }: TrackerState, zone: string): Omit<TrackerView, 'name' | 'kind'> {
  return {
    ...(readAt !== undefined && { readAt: isoIn(readAt, zone) }),
    ...(failing !== undefined && { failingSince: isoIn(failing.since, zone), why: failing.why }),
    ...(aside !== undefined && { aside }),
  }
}
