import type { MemberEvent } from '@tabiji/core/practice'
import type { PracticeStore } from '../ports/practice-store.ts'
import type { Sqlite } from './database.ts'
import { eventLog } from './event-log.ts'

/** What members have done, in SQLite. */
export function createPracticeStore(database: Sqlite): PracticeStore {
  const log = eventLog<MemberEvent>(database, 'member')
  return {
    transact: (run) => database.transaction(run).immediate(),
    eventsOf: (member) => log.history(member).events,
    append: log.append,
  }
}
