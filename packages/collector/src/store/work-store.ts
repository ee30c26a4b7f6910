import { type FixEvent, fixKey } from '@tabiji/core/fix'
import { type IncidentEvent, incidentKey } from '@tabiji/core/incident'
import type { WorkStore } from '../ports/work-store.ts'
import type { Sqlite } from './database.ts'
import { eventLog } from './event-log.ts'

/** Incidents and fixes in SQLite. */
export function createWorkStore(database: Sqlite): WorkStore {
  const incidents = eventLog<IncidentEvent>(database, 'incident')
  const fixes = eventLog<FixEvent>(database, 'fix')
  return {
    transact: (run) => database.transaction(run).immediate(),
    nextIncidentKey: () => incidentKey(incidents.highestNumber() + 1),
    nextFixKey: () => fixKey(fixes.highestNumber() + 1),
    incidentHistories: incidents.histories,
    incidentHistory: incidents.history,
    fixHistories: fixes.histories,
    fixHistory: fixes.history,
    appendIncident: incidents.append,
    appendFix: fixes.append,
  }
}
