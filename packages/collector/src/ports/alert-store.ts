import type { AlertFacts, Episode, MessageFacts, MessageKind, Timer, Transition, Verdict } from '@tabiji/core/alert'
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

/** What a line of a history says beside what happened; only who takes alerts and what becomes of them has more to say. */
export type TimelineDetail = {
  /** Who did it, by which way, and what they said. */
  readonly by?: string
  readonly via?: string
  readonly note?: string
  /** Until when they have it, milliseconds. */
  readonly until?: number
  /** The alert of the same objective at another level. */
  readonly other?: string
}

/** One line of an episode's history. */
export type TimelineEntry = {
  readonly episode: string
  readonly at: number
  /** `noted`: somebody did something about it elsewhere that changes nothing here. `noise`: somebody judged it to be that, or not after all. */
  readonly transition: Transition | 'withdrawn' | 'noted' | 'noise' | 'not_noise'
  readonly detail?: TimelineDetail
}

/**
 * `gated`: the gates have not let it go (yet). `held`: the store was restored and nobody knows whether it was sent; a person decides. `digest`: it is not sent by itself,
 * but told in the next digest; `digested`: it was.
 */
export const OUTBOX_STATES = [
  'gated',
  'waiting',
  'sending',
  'held',
  'delivered',
  'cancelled',
  'dead',
  'digest',
  'digested',
] as const
export type OutboxState = (typeof OUTBOX_STATES)[number]

/** A notification that is, or was, owed to a receiver. */
export type OutboxRow = {
  readonly id: string
  /** What has to arrive in order: an alert's is its id. */
  readonly topic: string
  readonly receiver: string
  readonly kind: MessageKind
  readonly level: Level
  readonly facts: MessageFacts
  readonly verdicts: readonly Verdict[]
  readonly createdAt: number
  /** When the gates let it go; absent while they have not, and where none was asked. */
  readonly letGoAt?: number
  readonly notBefore: number
  readonly state: OutboxState
  readonly attempts: number
  /** An attempt may have arrived although nobody knows. */
  readonly ambiguous: boolean
  /** The full form was refused; the next attempt is the plainest one. */
  readonly degraded: boolean
  /** Why it failed the last time, or why it was cancelled or given up. */
  readonly lastError?: string
  /** What the receiver calls the message that it took, where it can be edited. */
  readonly ref?: string
  /** The receiver that did not take it, when this row stands in for a row of that one. */
  readonly insteadOf?: string
}

export type AttemptRow = {
  readonly outbox: string
  readonly startedAt: number
  readonly endedAt: number
  readonly result: 'delivered' | 'retry' | 'rejected'
  readonly message?: string
}

/** Since when a condition that must last for a time has held, milliseconds; absent when it holds no more. */
export type HeldCondition = { readonly rule: string; readonly since?: number }

/** A transition with everything that it owes. Written in one transaction; nothing is sent inside it. */
export type AlertCommit = {
  readonly episodes: readonly EpisodeRecord[]
  readonly timeline: readonly TimelineEntry[]
  readonly outbox: readonly OutboxRow[]
  /** Conditions that began or ceased to hold; absent: none. */
  readonly held?: readonly HeldCondition[]
  /** All timers that these episodes have from now on; absent: none changed. */
  readonly timers?: readonly { readonly episode: string; readonly timers: readonly Timer[] }[]
  /** Notifications that need not be sent any more, unless they are under way; they go before the rows above come. */
  readonly cancelled?: readonly {
    readonly topic: string
    readonly kinds: readonly MessageKind[]
    readonly reason: string
  }[]
  /** Beginnings that are owed again, to receivers that know of none. */
  readonly again?: readonly OutboxRow[]
}

/** Where episodes and owed notifications are kept. */
export interface AlertStore {
  /** The number of the next episode, counted from 1. */
  nextEpisodeNumber(): number
  /** Episodes that are not closed. */
  openEpisodes(): readonly EpisodeRecord[]
  /** Since when conditions that must last have held, milliseconds by rule. */
  heldConditions(): ReadonlyMap<string, number>
  /** Newest first. `state: 'open'` leaves out resolved and closed ones; `limit` is of those that the rest of the filter lets through. */
  listEpisodes(filter: {
    readonly state: 'open' | 'all'
    readonly level?: Level
    readonly limit: number
  }): readonly EpisodeRecord[]
  /** What is not closed, and what was open at a time or later; milliseconds, newest first. */
  episodesSince(time: number): readonly EpisodeRecord[]
  findEpisode(id: string): EpisodeRecord | undefined
  timeline(episode: string): readonly TimelineEntry[]
  /** All transitions in [from, to) but those of drills, milliseconds, oldest first. */
  transitionsBetween(from: number, to: number): readonly (TimelineEntry & { readonly level: Level })[]
  /** Oldest first. */
  outboxOf(topic: string): readonly OutboxRow[]
  findOwed(id: string): OutboxRow | undefined
  /** The newest row of a queue that was not cancelled. */
  newestOf(topic: string, receiver: string): OutboxRow | undefined
  /** Tests of receivers, newest first, without their ends. */
  tests(limit: number): readonly OutboxRow[]
  /** All timers of the episodes of which one is due, by episode. */
  dueTimers(now: number): readonly Timer[]
  /** The next one first. */
  timersOf(episode: string): readonly Timer[]
  attemptsOf(outbox: string): readonly AttemptRow[]
  /**
   * Writes all of it or nothing. Rows of the outbox are what the routes ask for; the store sees to it that an end is owed
   * to exactly those who were, or may have been, told of the beginning:
   *
   * - a beginning that is unsent when its end is written is cancelled, and so is the end when nothing had been told;
   * - a receiver that was told without being asked for here (it stood in for another) is owed the end as well.
   */
  commitAlerts(commit: AlertCommit): void
  /** Owes what is not about an alert, in one transaction. */
  owe(rows: readonly OutboxRow[]): void
  /**
   * For each receiver that is owed something, when the first of its rows may be sent, milliseconds. Only the head of each
   * queue counts and rows in flight do not. A queue is a topic at a receiver, and its head the oldest unfinished row:
   * so a resolve never overtakes its trigger.
   */
  dueTimes(): readonly { readonly receiver: string; readonly at: number }[]
  /** Of the heads that may be sent to a receiver now, the most urgent and then the oldest. */
  nextDue(receiver: string, now: number): OutboxRow | undefined
  /** What else could be sent to the receiver now, of heads of level 3 in their full form, the oldest first. */
  ready(receiver: string, now: number): readonly OutboxRow[]
  /** Marks a row as being sent, before the first byte leaves: after a crash it is known to be in doubt. */
  beginAttempt(outbox: string): void
  /**
   * Writes how an attempt ended and what is next, in one transaction.
   *
   * @param standIn what another receiver is told instead. Not written when it is over meanwhile, or when that receiver has
   *   been told as much already.
   */
  endAttempt(attempt: AttemptRow, next: OutboxRow, standIn?: OutboxRow): void
  /** Pages (beginnings of level 1) that have been owed since a time or longer and that nobody else was told instead of their receiver. */
  overduePages(since: number): readonly OutboxRow[]
  /** Owes what another receiver is told instead, unless it is over or that receiver has been told as much already. */
  standIn(row: OutboxRow, standIn: OutboxRow): void
  /** What waits to be tried again, and for longer than `beyondMs`, is due now. */
  retryNow(now: number, beyondMs: number): void
  /** What was given up, newest first. */
  deadRows(limit: number): readonly OutboxRow[]
  /**
   * Owes what was given up once more, in its full form; what is over by now is cancelled instead. @returns the row as it is then,
   * or nothing when no such row was given up
   */
  retryDead(outbox: string, now: number): OutboxRow | undefined
  /** Ends a row without an attempt, because it has become too old. */
  giveUp(outbox: string, reason: string): void
  /** Rows that wait for a person since the store was restored, oldest first. */
  heldRows(): readonly OutboxRow[]
  /** Lets a held row be sent now. @returns whether there was one */
  sendHeld(outbox: string, now: number): boolean
  /** Cancels a held row. @returns whether there was one */
  dropHeld(outbox: string, reason: string): boolean
  /** Since when the oldest row has been due and not delivered, milliseconds; absent when nothing is owed. */
  oldestOwed(level: Level, now: number): number | undefined
}
