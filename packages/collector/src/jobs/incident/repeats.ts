import { brokenBy } from '@tabiji/core/fix'
import type { WorkStore } from '../../ports/work-store.ts'
import { momentAfter } from '../loop/moment.ts'
import { countedIn } from './incidents.ts'

/**
 * Opens again what an incident shows not to have worked: fixes that were done within the last 30 days for a cause that it has.
 * Runs whenever its causes are said, in the transaction that records them; what is open already stays as it is, so said twice
 * the same causes open nothing twice.
 *
 * @param now milliseconds
 */
export function reopenBroken(store: WorkStore, key: string, zone: string, now: number): void {
  const incidents = countedIn(store)
  const incident = incidents.find((one) => one.key === key)
  if (incident === undefined) return
  for (const fix of brokenBy(store.fixHistories(), incident, incidents, now, zone)) {
    const at = momentAfter(store.fixHistory(fix.key).events, now)
    store.appendFix(fix.key, [{ type: 'reopened', at, reason: `its cause is back in ${key}`, incident: key }])
  }
}
