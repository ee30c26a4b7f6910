import type { Budgeting, Condition, IndicatorName, Level, Policy, Title, Window } from '../journey/index.ts'
import type { Change, Felt, Outlook, Sureness } from './explanation.ts'
import type { Reason } from './reminder.ts'
import type { Seen } from './simple.ts'

/** What is told: that it began, that it still rings, that it is over, or that its rule is gone. */
export type NoticeKind = 'trigger' | 'reminder' | 'resolve' | 'withdraw'

/** Why, and for how long, an alert has been nobody's; milliseconds. */
export type Unanswered = {
  readonly reason: Reason
  /** Since when nobody has it; of a ticket, since when it is open. */
  readonly since: number
  /** When it is told. */
  readonly at: number
  /** Receivers that were told before, and are not answered by anybody. */
  readonly told: readonly string[]
  /** How long ago this should have been told; only where that is much. */
  readonly lateMs?: number
  /** Who had it until now, where somebody signed in. */
  readonly by?: string
}

/** Events of one window, as they were when the alert changed state. */
export type WindowFacts = { readonly ms: number; readonly bad: number; readonly valid: number }

/** Why the rule rang. */
export type Cause =
  | {
      readonly kind: 'burn'
      readonly factorMilli: number
      readonly long: WindowFacts
      readonly short: WindowFacts
      /** What the long window had to prove, so that few events do not ring; absent in facts of earlier versions. */
      readonly guard?: Policy['guard']
    }
  | { readonly kind: 'milestone'; readonly percent: number }
  /** Somebody else evaluates it, and has told of it. */
  | { readonly kind: 'foreign'; readonly name: string; readonly summary?: string; readonly url?: string }
  | {
      readonly kind: 'simple'
      readonly condition: Condition
      /** Absent: over all steps of the journey. */
      readonly step?: string
      /** What was counted in the window; nothing where nothing is counted. */
      readonly seen?: Seen
      /** Services of which nothing could be read; only where that is what the rule is about. */
      readonly unread?: readonly string[]
    }

/**
 * Everything that a message about an alert may say: facts, not sentences. Every notifier and every language renders from
 * this one shape, and it is stored with the notification, so that a late delivery says what was true then.
 */
export type AlertFacts = {
  readonly kind: NoticeKind
  /** The episode's id, such as `A-0042`; what people and `tabiji alerts explain` call it. */
  readonly episode: string
  /** Stable for the episode, different for the next one; at most 64 characters. The pager's dedup key. */
  readonly dedupKey: string
  readonly rule: string
  readonly level: Level
  readonly journey: { readonly name: string; readonly title: Title; readonly owner?: string; readonly tier: 1 | 2 | 3 }
  /** Absent for a simple rule, which promises nothing. */
  readonly objective?: {
    readonly name: string
    readonly indicator: IndicatorName
    readonly step?: string
    readonly targetPpm: number
    readonly window: Window
    /** Its events are what an engine made of a query. */
    readonly estimate?: true
    /** Absent when the budget is kept in events; otherwise every bad and valid below counts slices, in its units. */
    readonly budgeting?: Budgeting
  }
  readonly cause: Cause
  /** Bad events of the objective's window, valid ones, and the bad ones that the target allows among those; absent with the objective. */
  readonly budget?: { readonly bad: number; readonly valid: number; readonly leftPpm: number }
  /** The step with the most bad (or counted) events in the long window, when the journey has more than one. */
  readonly worstStep?: { readonly name: string; readonly bad: number; readonly ofBad: number }
  /** What other services did for the journey with the most bad events in the long window, at most three; absent without. */
  readonly worstDependencies?: readonly {
    readonly service: string
    readonly step: string
    readonly bad: number
    readonly valid: number
  }[]
  /** What users met, by step and within the long window; the worst first, three at most. */
  readonly felt?: readonly Felt[]
  /** When the budget will be empty at the pace of the long window. */
  readonly outlook?: Outlook
  /** How far the failures of the long window prove that the level should ring. */
  readonly sureness?: Sureness
  /** What changed within the hour before the start, the newest first; absent where nothing is known to have changed. */
  readonly changes?: readonly Change[]
  /** The first thing that the runbook asks for, where the collector can read it. */
  readonly firstStep?: string
  readonly startedAt: number
  /** When the state changed that this tells of. */
  readonly at: number
  readonly timeZone: string
  readonly runbook?: string
  /** What the page behind it calls itself; absent where the collector cannot read it, or it has no title. */
  readonly runbookTitle?: Title
  /** Present where its own rule names the runbook, which goes before every page; absent in facts of earlier versions. */
  readonly runbookFrom?: 'rule'
  /** The composites that its objective is a member of, `JOURNEY/COMPOSITE`; absent: none. */
  readonly hurts?: readonly string[]
  /** What whoever wrote the rule wants to be read with it. */
  readonly note?: string
  /** It comes and goes: its end is told only once it has been quiet for so long. */
  readonly flapping?: { readonly reopenings: number; readonly quietMs: number }
  /** Who had it when it ended, where somebody signed in. */
  readonly takenBy?: string
  /** Present exactly in a reminder. */
  readonly unanswered?: Unanswered
  /** Since when its data could not be read; absent while they can. */
  readonly unreadSince?: number
  /** The same objective goes on ringing at a less urgent level. */
  readonly remains?: { readonly episode: string; readonly level: Level }
  /** Where the episode can be looked at, when the collector knows its public address. */
  readonly link?: string
  /** The drill that it belongs to, such as `D-0003`: must be said first in every rendering. */
  readonly drill?: string
  /** Made-up data: must be said first in every rendering. */
  readonly sample: boolean
}
