import { type SilenceEvent, silenceKey } from '@tabiji/core/alert'
import type { SilenceStore } from '../ports/silence-store.ts'
import type { Sqlite } from './database.ts'
import { eventLog } from './event-log.ts'

/** Silences in SQLite. */
export function createSilenceStore(database: Sqlite): SilenceStore {
  const { highestNumber, ...log } = eventLog<SilenceEvent>(database, 'silence')
  return {
    transact: (run) => database.transaction(run).immediate(),
    nextKey: () => silenceKey(highestNumber() + 1),
    ...log,
  }
}
