import type { AlertFacts, Episode, NoticeKind, Transition, Verdict } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'

/** An episode with what identifies it and what was true when it last changed. */
export type EpisodeRecord = {
  /** `A-0042`, for people. */
  readonly id: string
  readonly rule: string
  readonly level: Level
  readonly episode: Episode
  readonly facts: AlertFacts
}

/** One line of an episode's history. */
export type TimelineEntry = {
  readonly episode: string
  readonly at: number
  readonly transition: Transition | 'withdrawn'
}

export const OUTBOX_STATES = ['waiting', 'sending', 'delivered', 'cancelled', 'dead'] as const
export type OutboxState = (typeof OUTBOX_STATES)[number]

/** A notification that is, or was, owed to a receiver. */
export type OutboxRow = {
  readonly id: string
  readonly episode: string
  readonly receiver: string
  readonly kind: NoticeKind
  readonly level: Level
  readonly facts: AlertFacts
  readonly verdicts: readonly Verdict[]
  readonly createdAt: number
  readonly notBefore: number
  readonly state: OutboxState
  readonly attempts: number
  /** An attempt may have arrived although nobody knows. */
  readonly ambiguous: boolean
  /** The full form was refused; the next attempt is the plainest one. */
  readonly degraded: boolean
  readonly lastError?: string
}

export type AttemptRow = {
  readonly outbox: string
  readonly startedAt: number
  readonly endedAt: number
  readonly result: 'delivered' | 'retry' | 'rejected'
  readonly message?: string
}

/** A transition with everything that it owes. Written in one transaction; nothing is sent inside it. */
export type AlertCommit = {
  readonly episodes: readonly EpisodeRecord[]
  readonly timeline: readonly TimelineEntry[]
  readonly outbox: readonly OutboxRow[]
}

/** Where episodes and owed notifications are kept. */
export interface AlertStore {
  /** The number of the next episode, counted from 1. */
  nextEpisodeNumber(): number
  /** Episodes that are not closed. */
  openEpisodes(): readonly EpisodeRecord[]
  /** Newest first. `state: 'open'` leaves out resolved and closed ones. */
  listEpisodes(filter: { readonly state: 'open' | 'all'; readonly limit: number }): readonly EpisodeRecord[]
  findEpisode(id: string): EpisodeRecord | undefined
  timeline(episode: string): readonly TimelineEntry[]
  /** All transitions in [from, to), milliseconds, oldest first. */
  transitionsBetween(from: number, to: number): readonly (TimelineEntry & { readonly level: Level })[]
  outboxOf(episode: string): readonly OutboxRow[]
  attemptsOf(outbox: string): readonly AttemptRow[]
  commitAlerts(commit: AlertCommit): void
  /**
   * The head of each queue that may be sent now. A queue is an episode at a receiver; only its oldest unfinished row is
   * offered, so that a resolve never overtakes its trigger.
   */
  due(now: number): readonly OutboxRow[]
  /** Marks a row as being sent, before the first byte leaves: after a crash it is known to be in doubt. */
  beginAttempt(outbox: string): void
  /** Writes how an attempt ended and what is next. */
  endAttempt(attempt: AttemptRow, next: OutboxRow): void
  /** The oldest row that is due and unsent, milliseconds; absent when nothing is owed. */
  oldestOwed(level: Level, now: number): number | undefined
}
