import type { AlertFacts, Episode, MessageKind, Transition, Verdict } from '@tabiji/core/alert'
import type { Level, Title } from '@tabiji/core/journey'
import type { CourseView } from './course.ts'
import type { Standing } from './standing.ts'

/** An alert as the collector's API tells it. Times are milliseconds. */
export type Alert = {
  readonly id: string
  readonly rule: string
  readonly level: Level
  readonly episode: Episode
  readonly facts: AlertFacts
}

/** When people are told what they were not told at once: once its gates let it go, or in a digest (milliseconds, when that is known). */
type Awaited =
  | { readonly by: 'gates'; readonly verdicts: readonly Verdict[] }
  | { readonly by: 'day' | 'week'; readonly at?: number }

/** An alert with what its readers decide by. */
export type BoardAlert = Alert & {
  /** How its objective stands now; absent when it is over, or has none. */
  readonly standing?: Standing
  readonly awaits?: Awaited
  /** The incident that it belongs to. */
  readonly incident?: { readonly key: string; readonly title: string }
}

/** What the board of alerts reads. */
export type AlertsView = {
  readonly alerts: readonly BoardAlert[]
  /** `quiet`: nobody was told yet, because a gate holds it back; `over`: resolved or closed. */
  readonly state: 'open' | 'taken' | 'quiet' | 'over' | 'all'
  /** How many are open of what the rest of the filter lets through, how many of those somebody has, and how many are held back. */
  readonly counts?: { readonly [state in 'open' | 'taken' | 'quiet']: number }
  /** The only team whose journeys are shown, and those that own any; absent: every team. */
  readonly team?: string
  readonly teams?: readonly string[]
  /** Absent: every level. */
  readonly level?: Level
  /** The only one that is shown; without a title when nobody knows it, and perhaps with the one that was meant. */
  readonly journey?: { readonly name: string; readonly title?: Title; readonly near?: string }
  /** Whether there are older ones that are not shown. */
  readonly more: boolean
  /** The last one of all, for a board that is empty. */
  readonly last?: Alert
}

/** How far a notification has come: waiting for a gate or its turn, held after a restore, told by itself or in a digest, given up. */
export type Owed = 'gated' | 'waiting' | 'sending' | 'held' | 'delivered' | 'cancelled' | 'dead' | 'digest' | 'digested'

/** What a clock does to an alert: ends an acknowledgement, tells others, repeats, proposes a ticket. */
export type NextKind = 'ack_expiry' | 'escalation' | 'reminder' | 'ticket'

/** What the page of one alert reads. */
export type AlertView = Alert & {
  readonly timeline: readonly {
    readonly at: number
    readonly transition: Transition | 'withdrawn' | 'noted' | 'noise' | 'not_noise'
    readonly detail?: { readonly by?: string; readonly via?: string; readonly note?: string }
  }[]
  readonly notifications: readonly {
    readonly id: string
    readonly receiver: string
    readonly kind: MessageKind
    readonly createdAt: number
    readonly notBefore: number
    readonly state: Owed
    readonly attempts: number
    readonly ambiguous: boolean
    readonly lastError?: string
    readonly verdicts: readonly Verdict[]
    readonly tries?: readonly { readonly endedAt: number; readonly result: 'delivered' | 'retry' | 'rejected' }[]
  }[]
  readonly next: readonly { readonly at: number; readonly kind: NextKind; readonly to?: readonly string[] }[]
  readonly receivers: readonly string[]
  readonly toldBy?: string
  /** The incident that it belongs to. */
  readonly incident?: { readonly key: string; readonly title: string }
  /** The facts of when it rang; absent: nobody was told, and those above are the only ones. */
  readonly rang?: AlertFacts
  /** How its objective went around it; absent: it has none, or it was practice. */
  readonly course?: CourseView
  /** Others of the same rule, in ninety days. */
  readonly similar: readonly Alert[]
}
