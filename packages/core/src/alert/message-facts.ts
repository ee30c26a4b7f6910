import type { Level, Title } from '../journey/index.ts'
import type { ChangeFacts } from './change.ts'
import type { DigestFacts } from './digest.ts'
import type { AlertFacts } from './facts.ts'
import type { HandoverFacts, IncidentFacts } from './incident-facts.ts'

/** Somebody, or the calendar, tries whether a receiver can be reached. Nothing has happened to any journey. */
export type TestFacts = {
  readonly kind: 'test'
  /** The name of the receiver in the configuration. */
  readonly receiver: string
  /** Says that it is over: for receivers that keep open what they are told. */
  readonly over: boolean
  /** How urgent it is to deliver; the way is the same for all levels. */
  readonly level: Level
  /** Who asked for it. */
  readonly by?: string
  /** The calendar did. */
  readonly weekly?: true
  readonly dedupKey: string
  /** Milliseconds. */
  readonly at: number
  readonly timeZone: string
  readonly sample: boolean
}

/** What is wrong with the collector itself. */
export type Trouble =
  /** A receiver takes nothing, or gave something up. */
  | { readonly part: 'receiver'; readonly name: string; readonly why: string }
  /** Nobody served the store for a while, milliseconds. */
  | { readonly part: 'absence'; readonly from: number; readonly to: number }
  /** Whole seconds ahead, or back when negative. */
  | { readonly part: 'clock'; readonly seconds: number }

/** The collector has trouble that people should know of, because they rely on it. */
export type TroubleFacts = {
  readonly kind: 'trouble'
  readonly trouble: Trouble
  /** It is mended; only of what lasts. */
  readonly over: boolean
  /** How urgent it is to deliver. */
  readonly level: Level
  /** Milliseconds. */
  readonly since: number
  readonly at: number
  /** Of one trouble from its beginning to its end. */
  readonly dedupKey: string
  readonly timeZone: string
  readonly sample: boolean
}

/** The next update about an incident is due, with what customers may be told. */
export type UpdateFacts = {
  readonly kind: 'update'
  /** The incident's key, and its alerts: it is said where those were. */
  readonly incident: string
  readonly episodes: readonly string[]
  readonly title: string
  /** How urgent it is to deliver. */
  readonly level: Level
  /** Who is asked, by name; whoever tells others before whoever leads. */
  readonly who: readonly string[]
  /** For when it was promised, milliseconds, as all times. */
  readonly due: number
  readonly last?: { readonly at: number; readonly by?: string; readonly text: string }
  /** Since when users are hurt. */
  readonly since: number
  readonly isMitigated: boolean
  /** Journeys that are hurt, with the requests that failed and all of them, where that is counted. */
  readonly hurt: readonly { readonly title: Title; readonly bad?: number; readonly valid?: number }[]
  readonly dedupKey: string
  readonly at: number
  readonly timeZone: string
  readonly sample: boolean
}

/** The postmortem of an incident has become overdue. */
export type PostmortemFacts = {
  readonly kind: 'postmortem'
  /** The incident's key. */
  readonly incident: string
  readonly title: string
  readonly state: 'missing' | 'draft' | 'inReview'
  /** `YYYY-MM-DD`. */
  readonly due: string
  readonly owner?: string
  /** How urgent it is to deliver. */
  readonly level: Level
  readonly dedupKey: string
  readonly at: number
  readonly timeZone: string
  readonly sample: boolean
}

/**
 * Everything that a notification can be about, by `kind`. Every notifier and every language renders from these shapes, and
 * they are stored with the notification, so that a late delivery says what was true then.
 */
export type MessageFacts =
  | AlertFacts
  | TestFacts
  | DigestFacts
  | TroubleFacts
  | ChangeFacts
  | UpdateFacts
  | PostmortemFacts
  | IncidentFacts
  | HandoverFacts
export type MessageKind = MessageFacts['kind']

/** Whether facts tell of an alert's beginning or end; else they are news that nothing else depends on. */
export function isAboutAlert(facts: MessageFacts): facts is AlertFacts {
  return isBeginning(facts.kind) || isEnd(facts.kind)
}

/** Whether facts are about an incident and not about one of its alerts. */
export function isAboutIncident(facts: MessageFacts): facts is UpdateFacts | IncidentFacts | HandoverFacts {
  return facts.kind === 'update' || facts.kind === 'incident' || facts.kind === 'handover'
}

/** Whether a message of this kind tells that an alert rings: for a receiver that was not told before it is the beginning. */
export function isBeginning(kind: MessageKind): boolean {
  return kind === 'trigger' || kind === 'reminder'
}

/** Whether a message of this kind tells the end of what a `trigger` began. */
export function isEnd(kind: MessageKind): boolean {
  return kind === 'resolve' || kind === 'withdraw'
}

/** The team of everybody who has no desk of their own; no configured team has this name. */
export const NO_TEAM = 'everybody'

/** What messages with the same topic have in common: they arrive in order. An alert's is its id. */
export function topicOf(facts: MessageFacts): string {
  if (isAboutAlert(facts)) return facts.episode
  if (facts.kind === 'digest') return `digest:${facts.team ?? NO_TEAM}`
  if (facts.kind === 'change') return `change:${facts.key}`
  if (facts.kind === 'postmortem') return `postmortem:${facts.incident}`
  if (isAboutIncident(facts)) return `${facts.kind}:${facts.incident}`
  return facts.kind === 'trouble' ? `trouble:${facts.dedupKey}` : `${facts.kind}:${facts.receiver}`
}
