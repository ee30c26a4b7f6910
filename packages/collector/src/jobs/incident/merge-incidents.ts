import { foldFix } from '@tabiji/core/fix'
import { decideMerging, type IncidentContext, type IncidentEvent, unknownIncident } from '@tabiji/core/incident'
import type { Definition } from '@tabiji/core/journey'
import type { Problem } from '@tabiji/core/problem'
import type { WorkStore } from '../../ports/work-store.ts'
import { momentAfter } from '../loop/moment.ts'
import { findIncident } from './incidents.ts'

type Desk = {
  readonly store: WorkStore
  readonly definition: () => Definition
  /** Called with what was recorded of each of the two; absent: nobody needs to know. */
  readonly recorded?: (key: string, events: readonly IncidentEvent[]) => void
  readonly now: () => number
}

/**
 * Records with both incidents that one is part of the other, and with each fix that it is for the one that goes on. Runs in the
 * transaction of its caller.
 *
 * @returns everything that speaks against it; then nothing was recorded
 */
export function mergeIncidents(
  desk: Desk,
  key: string,
  { into, reason }: { readonly into: string; readonly reason: string },
  by: string | undefined,
): readonly Problem[] {
  const { store } = desk
  const keys = store.incidentHistories().map((one) => one.key)
  const [gone, stays] = [findIncident(store, key), findIncident(store, into)]
  if (gone === undefined || stays === undefined) {
    return [key, into].filter((each) => !keys.includes(each)).map((each) => unknownIncident(each, keys))
  }
  const contextOf = (of: string): IncidentContext => ({
    key: of,
    keys,
    journeys: [],
    zone: desk.definition().timeZone,
    now: momentAfter(store.incidentHistory(of).events, desk.now()),
    ...(by !== undefined && { by }),
  })
  const decision = decideMerging(gone, stays, reason, { gone: contextOf(key), stays: contextOf(into) })
  if (!decision.ok) return decision.problems
  store.appendIncident(key, [decision.merging.gone])
  store.appendIncident(into, [decision.merging.stays])
  moveFixes(desk, key, into, by)
  desk.recorded?.(key, [decision.merging.gone])
  desk.recorded?.(into, [decision.merging.stays])
  return []
}

function moveFixes({ store, definition, now }: Desk, from: string, into: string, by: string | undefined): void {
  for (const history of store.fixHistories()) {
    const at = momentAfter(history.events, now())
    if (foldFix(history, at, definition().timeZone)?.incident !== from) continue
    store.appendFix(history.key, [{ type: 'reclassified', at, ...(by !== undefined && { by }), incident: into }])
  }
}
