import type { CompiledObjective } from '@tabiji/core/budget'
import type { LedgerView } from './ledger.ts'

/** After how long without a reading a service counts as unread, milliseconds by service. */
export type Patience = ReadonlyMap<string, number>

/** Missed readings that are borne before a service counts as unread. */
const MISSED_READINGS = 3

/** The patience with each service that is read at an interval; the shortest interval of several targets counts. */
export function patienceWith(
  targets: readonly { readonly service: string; readonly intervalMs: number; readonly delayMs?: number }[],
  slotWidthSeconds: number,
): Patience {
  const patience = new Map<string, number>()
  for (const { service, intervalMs, delayMs = 0 } of targets) {
    const wait = intervalMs * MISSED_READINGS + delayMs + slotWidthSeconds * 1000
    patience.set(service, Math.min(wait, patience.get(service) ?? wait))
  }
  return patience
}

/**
 * Whether every service that feeds the objective was read lately. Services that are read by nobody (one that only hands
 * its last counters over, or one that is gone from the configuration) are not waited for; but somebody must be read.
 */
export function isFresh({ accounts }: CompiledObjective, ledger: LedgerView, patience: Patience, now: number): boolean {
  let read = 0
  for (const number of accounts) {
    const wait = patience.get(ledger.books.accounts[number]?.service ?? '')
    if (wait === undefined) continue
    const age = now - (ledger.books.coveredUntil[number] ?? 0) * 1000
    // Read "later than now": the clock went back, and nobody knows when that was by the present one.
    if (age > wait || age < -ledger.grid[0].width * 1000) return false
    read++
  }
  return read > 0
}
