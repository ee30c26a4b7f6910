import type { AlertFacts, Timer, Verdict } from '@tabiji/core/alert'
import type { PairReading, Work } from '@tabiji/core/budget'
import type { Counts, Level, Title } from '@tabiji/core/journey'
import type { MonthFacts, Narrowed, ObjectiveMonth } from '@tabiji/core/report'
import type { RuledAlert } from '@tabiji/core/ruler'
import type { AttemptRow, EpisodeRecord, OutboxRow, TimelineEntry } from './alert-store.ts'
import type { Decision } from './gated-store.ts'
import type { PointCount } from './intake.ts'
import type { ProbeStatus } from './probe.ts'
import type { TrackerView } from './tracker.ts'

/** How an objective stands now, over its own window. Counts are whole; nothing is divided before it is shown. */
export type ObjectiveStatus = Pick<
  ObjectiveMonth,
  | 'name'
  | 'indicator'
  | 'step'
  | 'targetPpm'
  | 'window'
  | 'estimate'
  | 'budgeting'
  | 'noData'
  | 'bad'
  | 'valid'
  | 'raw'
  | 'allowedMillionths'
  | 'leftPpm'
  | 'state'
> & {
  readonly id: string
  /** Whether it is being spent too fast: another matter than how much is left. */
  readonly burning: boolean
  readonly pairs: readonly (PairReading & {
    /** Thousandths of the sustainable speed. */
    readonly longBurnMilli: number
    readonly shortBurnMilli: number
  })[]
  /**
   * Present when the target was another one within the rolling window: all of it is judged by the present target. A calendar
   * month is the sum of what each target allowed instead.
   */
  readonly targetChanged?: { readonly at: string; readonly fromPpm: number }
  /** The present stretch of a window by calendar; absent for a rolling one. */
  readonly period?: { readonly from: string; readonly to: string }
  /** Whether every service that feeds it was read lately. */
  readonly fresh: boolean
  /** Until when all of them were read, ISO 8601; absent while nothing was ever read. */
  readonly readUntil?: string
  /** Ids of its open alerts. */
  readonly alerts: readonly string[]
  /** Those of them that somebody has, and until when: ISO 8601. Absent when nobody has any. */
  readonly taken?: readonly { readonly alert: string; readonly by?: string; readonly until: string }[]
  /** What another engine's rules make of it; beside these figures and in none of them. */
  readonly ruler?: RulerStatus
}

/** How an objective stands by the rules that a ruler evaluates. Its counts are extrapolated, and rounded to whole events. */
export type RulerStatus = {
  readonly estimate: true
  readonly engine: string
  /** When it was asked, ISO 8601. */
  readonly at: string
  /** Of the budget's window; absent for one by calendar, which a ruler cannot cut. */
  readonly bad?: number
  readonly valid?: number
  readonly leftPpm?: number
  readonly state: ObjectiveMonth['state']
  readonly windows: readonly {
    readonly ms: number
    readonly bad: number
    readonly valid: number
    readonly burnMilli: number
  }[]
  /** What its rules ring; whoever they tell is up to its Alertmanager. */
  readonly alerts: readonly RuledAlert[]
}

type JourneyStatus = {
  readonly name: string
  readonly title: Title
  readonly owner?: string
  readonly runbook?: string
  readonly tier: 1 | 2 | 3
  readonly steps: readonly string[]
  readonly objectives: readonly ObjectiveStatus[]
  /** Absent: none. */
  readonly composites?: readonly CompositeStatus[]
}

/** How a composite stands: as its worst member. No figure of several members is added up. */
export type CompositeStatus = {
  readonly name: string
  /** `JOURNEY/OBJECTIVE` */
  readonly members: readonly string[]
  /** The member that it stands as. */
  readonly worst: string
  readonly state: ObjectiveMonth['state']
  /** Of the worst member's budget; absent when unjudged. */
  readonly leftPpm?: number
  /** The members that burn too fast now, which may be others. */
  readonly burning: readonly string[]
  /** The members that are not judged, or not read lately: what is said leaves them out. */
  readonly unknown: readonly string[]
}

/** The answer of `GET /journeys`. */
export type Overview = {
  /** ISO 8601 with the zone's offset. */
  readonly at: string
  readonly timeZone: string
  readonly fingerprint: string
  readonly sample: boolean
  /** Unsettled doubts of the last 30 days, and how many events may be missing: an estimate, in no other figure. */
  readonly doubts: { readonly count: number; readonly estimate: number }
  /** Data points of pushes that were not taken since the daemon started, by service and reason. */
  readonly refused: readonly PointCount[]
  /** Alerts of level 1 of which nobody is told because of a silence or a maintenance. */
  readonly silenced?: readonly {
    readonly alert: string
    readonly rule: string
    /** `SIL-0001`, `MNT-0003`, or the name of a maintenance in the configuration. */
    readonly by: string
    readonly reason: string
    readonly until?: string
  }[]
  /** How old what is known of each tracker of fixes is. */
  readonly trackers?: readonly TrackerView[]
  readonly journeys: readonly JourneyStatus[]
}

/** The answer of `GET /journeys/NAME/dependencies`; bad are slow and failed events. */
export type JourneyWork = {
  /** ISO 8601 with the zone's offset, as all its times. */
  readonly at: string
  readonly journey: string
  /** What was asked for, and where it begins: at the edge of a slot. */
  readonly window: { readonly ms: number; readonly from: string }
  /** The journey's own steps by service; only these feed its objectives. The worst first. */
  readonly own: readonly Work[]
  /** What other services did for it, the worst first. */
  readonly dependencies: readonly Work[]
  /** The dependencies with the most bad events: several where one fails because of another. */
  readonly worst: readonly { readonly service: string; readonly step: string }[]
}

/** A doubt as it is told, times in ISO 8601. */
export type ToldDoubt = {
  readonly process: string
  readonly service: string
  readonly from: string
  /** Absent while nobody knows whether the process is gone. */
  readonly to?: string
  /** When its final counters came after all; then nothing is missing. */
  readonly settledAt?: string
  /** Events by outcome that would have happened at the process's last pace: an estimate, never booked. */
  readonly estimate: Counts
}

/** What a revision of the journeys file changed. `other`: nothing that events are judged by, or not known. */
export type RevisionChange =
  | {
      /** A target in parts per million by objective, or a promised time in milliseconds by step. */
      readonly what: 'target' | 'within'
      /** `checkout/availability`, `checkout/pay` */
      readonly name: string
      /** Absent when it is new. */
      readonly before?: number
      /** Absent when it is gone. */
      readonly after?: number
    }
  | { readonly what: 'other' }

/** A journeys file as it came into force; times in ISO 8601. */
export type ToldRevision = {
  readonly at: string
  /** The edge of the slot from which on its targets count. */
  readonly appliesFrom: string
  readonly fingerprint: string
  /** Empty for the first one. */
  readonly changes: readonly RevisionChange[]
}

/** An alert with everything that was, and was not, told about it. */
export type AlertDetail = EpisodeRecord & {
  readonly timeline: readonly TimelineEntry[]
  readonly notifications: readonly (Pick<
    OutboxRow,
    | 'id'
    | 'receiver'
    | 'kind'
    | 'createdAt'
    | 'notBefore'
    | 'state'
    | 'attempts'
    | 'ambiguous'
    | 'lastError'
    | 'insteadOf'
  > & {
    /** What the gates said last, and everything that was decided about it, oldest first. */
    readonly verdicts: readonly Verdict[]
    readonly decisions: readonly Omit<Decision, 'outbox'>[]
    readonly tries: readonly AttemptRow[]
  })[]
  /** What will be done when nothing else happens, the next first: when (milliseconds), and whom an escalation goes to. */
  readonly next: readonly { readonly at: number; readonly kind: Timer['kind']; readonly to?: readonly string[] }[]
  /** Whose alert it is to tell, when that is not this collector. */
  readonly toldBy?: string
  /** Receivers of the level by the configuration in force: nobody is told when there are none. */
  readonly receivers: readonly string[]
  /** The facts of when it rang the last time, as people were told; absent when nobody was owed anything. */
  readonly rang?: AlertFacts
}

/** A notification of which nobody knows whether it was sent before the store was restored. */
export type HeldNotification = Pick<OutboxRow, 'id' | 'topic' | 'receiver' | 'kind' | 'level' | 'createdAt'> & {
  /** Absent when it is not about an alert. */
  readonly rule?: string
}

/** A notification that was given up: its receiver refused it in every form, or it became too old. */
export type DeadNotification = HeldNotification & Pick<OutboxRow, 'attempts' | 'state' | 'lastError'>

type Months = { readonly latestComplete: string; readonly current: string; readonly timeZone: string }

/**
 * One thing that the collector needs. `failed`: it is of no use until this is mended. `degraded`: it works, but somebody
 * should look; an alarm is not switched off because one of its bells is broken.
 */
export type Check = { readonly name: string; readonly status: 'ok' | 'degraded' | 'failed'; readonly message: string }

/** What the doors may ask the house about measurements and alerts. */
export interface Api {
  overview(): Overview
  /** Which services worked on a journey in a window (milliseconds) that ends now; `undefined` for an unknown journey. */
  journeyWork(journey: string, windowMs: number): JourneyWork | undefined
  alerts(filter: {
    readonly state: 'open' | 'all'
    readonly level?: Level
    readonly limit: number
  }): readonly EpisodeRecord[]
  alert(id: string): AlertDetail | undefined
  /** Notifications that wait for a person since the store was restored. */
  held(): readonly HeldNotification[]
  /** Sends a held notification, or drops it. @returns it, or nothing when no such one is held */
  settleHeld(id: string, verb: 'send' | 'drop', by?: string): HeldNotification | undefined
  /** Notifications that were given up, the newest first; at most 1000. */
  dead(): readonly DeadNotification[]
  /** Owes one once more. @returns what it is now, or nothing when no such one was given up */
  retryDead(id: string): DeadNotification | undefined
  /** The newest first. */
  revisions(): readonly ToldRevision[]
  months(): Months
  /** `undefined` for a month that has not begun. */
  monthFacts(month: string): Promise<MonthFacts | undefined>
  /** The same for pages that follow the books by themselves: what services counted in the last seconds may not be in it yet. */
  recentMonth(month: string): Promise<MonthFacts | undefined>
  /** The same for one team alone. */
  teamFacts(month: string, team: string): Promise<Narrowed | undefined>
  /** The newest first. `open` are those that nothing has settled. */
  doubts(filter: { readonly state: 'open' | 'all'; readonly limit: number }): readonly ToldDoubt[]
  /** Every probe with its last run, in the order of the configuration. */
  probes(): readonly ProbeStatus[]
  checks(): readonly Check[]
  /** What the collector measures of itself, and how the journeys stand, in the text format of Prometheus; by pieces. */
  metrics(): AsyncIterable<string>
}
