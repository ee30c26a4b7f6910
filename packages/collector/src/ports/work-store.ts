import type { FixEvent, FixHistory } from '@tabiji/core/fix'
import type { IncidentEvent } from '@tabiji/core/incident'

/** Everything that was recorded about one incident, oldest first. */
export type IncidentHistory = { readonly key: string; readonly events: readonly IncidentEvent[] }

/** Where incidents and fixes are kept. Append-only: what was recorded is followed by other events, never changed. */
export interface WorkStore {
  /**
   * Runs a decision and what it appends as one transaction that nobody else writes into: keys that were read free stay
   * free. When `run` throws, nothing is kept.
   */
  transact<Result>(run: () => Result): Result
  /** The next free key, `INC-0001` for the first incident. */
  nextIncidentKey(): string
  /** The next free key, `FIX-0001` for the first fix. */
  nextFixKey(): string
  /** In the order in which they were opened. */
  incidentHistories(): readonly IncidentHistory[]
  /** Without events when nothing was recorded under the key. */
  incidentHistory(key: string): IncidentHistory
  /** In the order in which they were added. */
  fixHistories(): readonly FixHistory[]
  /** Without events when nothing was recorded under the key. */
  fixHistory(key: string): FixHistory
  appendIncident(key: string, events: readonly IncidentEvent[]): void
  appendFix(key: string, events: readonly FixEvent[]): void
}
