import type { IncidentImpact } from '@tabiji/core/incident'

/** What an incident costs its journeys, read from the books when it is asked for. */
export interface Impact {
  /** Until now while the incident is open. `undefined` when there is no such incident. */
  of(key: string): IncidentImpact | undefined
}
