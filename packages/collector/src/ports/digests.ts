import type { DigestFacts, DigestPeriod } from '@tabiji/core/alert'
import type { EpisodeRecord, OutboxRow } from './alert-store.ts'
import type { Result } from './work.ts'

/** A digest that was made, or found to have nothing to say. */
export type DigestRecord = {
  /** The team's name; of everybody without a desk of their own {@link NO_TEAM}. */
  readonly team: string
  readonly period: DigestPeriod
  /** The business day, or of one that was asked for the minute: there is one of it. */
  readonly key: string
  /** Milliseconds. */
  readonly at: number
  /** `begun`: the team was seen for the first time, and nothing was told. */
  readonly how: 'begun' | 'sent' | 'empty'
}

/** What a digest comes to: the rows that are owed, and the alerts that wait for it no more. */
export type DigestWritten = { readonly rows: readonly OutboxRow[]; readonly told: readonly string[] }

/** Where it is kept which digests were made. */
export interface DigestStore {
  /** The newest one. */
  last(team: string, period: DigestPeriod): DigestRecord | undefined
  has(team: string, period: DigestPeriod, key: string): boolean
  /** Ids of the alerts of which something waits for a digest. */
  awaiting(): ReadonlySet<string>
  /** Alerts of level 3 but those of drills that are open, or that ended at or after the time, milliseconds. */
  noticesSince(since: number): readonly EpisodeRecord[]
  /**
   * Makes a digest in one transaction with all that it reads, owes and settles, unless there is one of its key.
   *
   * @returns what `compose` gave; nothing when there was one
   */
  write(record: Omit<DigestRecord, 'how'>, compose: () => DigestWritten): DigestWritten | undefined
  /** Remembers that a team is there, so that its next digest is the first one. */
  begin(record: Omit<DigestRecord, 'how'>): void
}

/** A digest as it would be told now. */
export type DigestPreview = {
  readonly team: string
  readonly period: DigestPeriod
  /** When it is told next, milliseconds; absent when the desk never opens. */
  readonly dueAt?: number
  readonly receivers: readonly string[]
  readonly facts: DigestFacts
}

export interface Digests {
  /** Of one team or of all. @returns that there is no such team */
  show(team?: string): Result<{ readonly digests: readonly DigestPreview[] }>
  /** Tells the team at once what it would be told next. @returns that there is nothing to tell, nobody to tell it, or no such team */
  send(team: string, period: DigestPeriod, by?: string): Result<DigestPreview>
}
