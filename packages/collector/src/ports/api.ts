import type { Verdict } from '@tabiji/core/alert'
import type { PairReading } from '@tabiji/core/budget'
import type { Level, Title } from '@tabiji/core/journey'
import type { MonthFacts, ObjectiveMonth } from '@tabiji/core/report'
import type { AttemptRow, EpisodeRecord, OutboxRow, TimelineEntry } from './alert-store.ts'

/** How an objective stands now, over its own window. Counts are whole; nothing is divided before it is shown. */
export type ObjectiveStatus = Pick<
  ObjectiveMonth,
  'name' | 'indicator' | 'step' | 'targetPpm' | 'window' | 'bad' | 'valid' | 'allowedMillionths' | 'leftPpm' | 'state'
> & {
  readonly id: string
  /** Whether it is being spent too fast: another matter than how much is left. */
  readonly burning: boolean
  readonly pairs: readonly (PairReading & {
    /** Thousandths of the sustainable speed. */
    readonly longBurnMilli: number
    readonly shortBurnMilli: number
  })[]
  /** Whether every service that feeds it was read lately. */
  readonly fresh: boolean
  /** Ids of its open alerts. */
  readonly alerts: readonly string[]
}

type JourneyStatus = {
  readonly name: string
  readonly title: Title
  readonly owner?: string
  readonly runbook?: string
  readonly tier: 1 | 2 | 3
  readonly steps: readonly string[]
  readonly objectives: readonly ObjectiveStatus[]
}

/** The answer of `GET /journeys`. */
export type Overview = {
  /** ISO 8601 with the zone's offset. */
  readonly at: string
  readonly timeZone: string
  readonly fingerprint: string
  readonly sample: boolean
  readonly journeys: readonly JourneyStatus[]
}

/** An alert with everything that was, and was not, told about it. */
export type AlertDetail = EpisodeRecord & {
  readonly timeline: readonly TimelineEntry[]
  readonly notifications: readonly (Pick<
    OutboxRow,
    'id' | 'receiver' | 'kind' | 'createdAt' | 'notBefore' | 'state' | 'attempts' | 'ambiguous' | 'lastError'
  > & { readonly verdicts: readonly Verdict[]; readonly tries: readonly AttemptRow[] })[]
  /** Receivers of the level by the configuration in force: nobody is told when there are none. */
  readonly receivers: readonly string[]
}

type Months = { readonly latestComplete: string; readonly current: string; readonly timeZone: string }

/**
 * One thing that the collector needs. `failed`: it is of no use until this is mended. `degraded`: it works, but somebody
 * should look; an alarm is not switched off because one of its bells is broken.
 */
export type Check = { readonly name: string; readonly status: 'ok' | 'degraded' | 'failed'; readonly message: string }

/** What the doors may ask the house about measurements and alerts. */
export interface Api {
  overview(): Overview
  alerts(filter: {
    readonly state: 'open' | 'all'
    readonly level?: Level
    readonly limit: number
  }): readonly EpisodeRecord[]
  alert(id: string): AlertDetail | undefined
  months(): Months
  /** `undefined` for a month that has not begun. */
  monthFacts(month: string): MonthFacts | undefined
  checks(): readonly Check[]
  /** The collector's own metrics in the text format. */
  metrics(): Promise<string>
}
