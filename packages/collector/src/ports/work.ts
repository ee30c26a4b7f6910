import type { FixCommand, FixState, FixSummary, FixTransition } from '@tabiji/core/fix'
import type { IncidentCommand, IncidentEntry, IncidentStanding, IncidentSummary } from '@tabiji/core/incident'
import type { Problem } from '@tabiji/core/problem'

/** What was asked for, or everything that speaks against it. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] }

type Opening = Extract<IncidentCommand, { type: 'open' }>
export type IncidentChange = Exclude<IncidentCommand, { type: 'open' }>
type Addition = Extract<FixCommand, { type: 'add' }>
export type FixChange = Exclude<FixCommand, { type: 'add' }>

export type IncidentDetails = {
  readonly incident: IncidentStanding
  readonly timeline: readonly IncidentEntry[]
  /** The fixes that were added for it, in the order of a list to work through. */
  readonly fixes: readonly FixSummary[]
}

/** What a merge leaves with the incident that goes: nobody sees it any more where they look. */
export type IncidentMerged = IncidentDetails & {
  readonly left?: { readonly incident: string; readonly postmortem: NonNullable<IncidentStanding['postmortem']> }
}

export type FixDetails = { readonly fix: FixSummary; readonly transitions: readonly FixTransition[] }

type IncidentState = 'open' | 'resolved' | 'all'

export type FixFilter = {
  /** `overdue` is open past its due date. */
  readonly state: FixState | 'overdue' | 'all'
  readonly journey?: string
  readonly incident?: string
}

/** Incidents and fixes at work. What is refused is a value; a store that fails throws, and then nothing was recorded. */
export interface Work {
  /** Opens one under the next free key. @param by who records it, when that is known */
  openIncident(request: Opening, by?: string): Result<IncidentDetails>
  changeIncident(key: string, request: IncidentChange, by?: string): Result<IncidentDetails>
  /** One turns out to be part of another, which goes on for both: alerts, journeys, lines and fixes are that one's. */
  mergeIncident(
    key: string,
    request: { readonly into: string; readonly reason: string },
    by?: string,
  ): Result<IncidentMerged>
  /** Newest first. */
  listIncidents(state: IncidentState): readonly IncidentSummary[]
  incident(key: string): Result<IncidentDetails>
  /** Adds one under the next free key. @param by who records it, when that is known */
  addFix(request: Addition, by?: string): Result<FixDetails>
  /** @param more `isWritten`: the tracker of the fix has taken the change already */
  changeFix(key: string, request: FixChange, by?: string, more?: { readonly isWritten: true }): Result<FixDetails>
  /** Everything that would speak against a change that the tracker of the fix has taken; nothing is recorded. */
  checkFix(key: string, request: FixChange, by?: string): readonly Problem[]
  /** Open ones first, the most overdue on top. A journey or an incident that nobody knows is refused, not an empty list. */
  listFixes(filter: FixFilter): Result<readonly FixSummary[]>
  fix(key: string): Result<FixDetails>
}
