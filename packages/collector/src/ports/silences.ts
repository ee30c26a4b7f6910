import type { SilenceCommand, SilenceState, SilenceSummary } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import type { Result } from './work.ts'

/** An alert that a silence matches. Times in ISO 8601. */
export type MatchedAlert = {
  readonly id: string
  readonly rule: string
  readonly level: Level
  readonly state: string
  readonly startedAt: string
}

/** What a silence matches: what is open, and what was in the last seven days. Newest first, as many as are kept in mind. */
export type SilenceMatches = { readonly now: readonly MatchedAlert[]; readonly lastWeek: readonly MatchedAlert[] }

/** A version of a silence as it was recorded. Times in ISO 8601. */
type SilenceChange = {
  readonly at: string
  readonly by?: string
  readonly what: 'added' | 'extended' | 'ended'
  readonly to?: string
  readonly reason?: string
}

export type SilenceDetails = {
  readonly silence: SilenceSummary
  /** Present when nothing was recorded. */
  readonly preview?: true
  readonly matches: SilenceMatches
  /** Everything that was recorded about it, oldest first. */
  readonly history: readonly SilenceChange[]
}

type Addition = Extract<SilenceCommand, { type: 'add' }>
type SilenceUpdate = Exclude<SilenceCommand, { type: 'add' }>

/** Silences at work. What is refused is a value; a store that fails throws, and then nothing was recorded. */
export interface Silences {
  /** Adds one under the next free key. @param by who records it, when that is known */
  add(request: Addition, by?: string): Result<SilenceDetails>
  /** What {@link add} would come to. Nothing is recorded; the silence has the key that it would get. Owner and reason may be empty. */
  preview(request: Addition, by?: string): Result<SilenceDetails>
  change(key: string, request: SilenceUpdate, by?: string): Result<SilenceDetails>
  /** Newest first. `live` are those that are planned or active. */
  list(state: SilenceState | 'live' | 'all'): readonly SilenceSummary[]
  silence(key: string): Result<SilenceDetails>
}
