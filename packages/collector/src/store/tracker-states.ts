import type { TrackerState, TrackerStates } from '../ports/tracker.ts'
import type { Sqlite } from './database.ts'

/** How old what is known of each tracker is, in SQLite. */
export function createTrackerStates(database: Sqlite): TrackerStates {
  const read = database.prepare('SELECT state FROM tracker_state WHERE tracker = ?').pluck()
  const write = database.prepare('INSERT OR REPLACE INTO tracker_state (tracker, state) VALUES (?, ?)')
  return {
    of: (tracker) => {
      const state = read.get(tracker) as string | undefined
      return state === undefined ? {} : (JSON.parse(state) as TrackerState)
    },
    keep: (tracker, state) => void write.run(tracker, JSON.stringify(state)),
  }
}
