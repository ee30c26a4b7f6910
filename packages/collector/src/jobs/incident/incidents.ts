import { foldIncident, type Incident, type IncidentEvent, unknownIncident } from '@tabiji/core/incident'
import type { Result } from '../../ports/work.ts'
import type { IncidentHistory, WorkStore } from '../../ports/work-store.ts'

/** A long incident is looked at by every page while it is open; its history is the same one until something is appended. */
const folded = new WeakMap<readonly IncidentEvent[], Incident>()

/** What was recorded of an incident, folded; nothing when nothing was. */
export function incidentOf({ key, events }: IncidentHistory): Incident | undefined {
  const known = folded.get(events)
  if (known !== undefined) return known
  const incident = foldIncident(key, events)
  if (incident !== undefined) folded.set(events, incident)
  return incident
}

/** All incidents, in the order in which they were opened. */
export function incidentsIn(store: Pick<WorkStore, 'incidentHistories'>): readonly Incident[] {
  return store.incidentHistories().flatMap((history) => incidentOf(history) ?? [])
}

/** Those that count: what was merged into another one is that one's. */
export function countedIn(store: Pick<WorkStore, 'incidentHistories'>): readonly Incident[] {
  return incidentsIn(store).filter(({ merged }) => merged === undefined)
}

/** The key under which an incident goes on: its own, or that of the one that it was merged into. */
export function standingKey(store: Pick<WorkStore, 'incidentHistory'>, key: string): string {
  return findIncident(store, key)?.merged?.into ?? key
}

/** The incident of a key; nothing when there is none. */
export function findIncident(store: Pick<WorkStore, 'incidentHistory'>, key: string): Incident | undefined {
  return incidentOf(store.incidentHistory(key))
}

/** The incident of a key, or which one may have been meant. */
export function incidentIn(
  store: Pick<WorkStore, 'incidentHistory' | 'incidentHistories'>,
  key: string,
): Result<Incident> {
  const incident = findIncident(store, key)
  if (incident !== undefined) return { ok: true, value: incident }
  const keys = store.incidentHistories().map((one) => one.key)
  return { ok: false, problems: [unknownIncident(key, keys)] }
}
