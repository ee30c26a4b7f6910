import type { Level, Title } from '../journey/index.ts'

/** What an incident costs one objective so far: bad events of all valid ones, and the share of its whole budget, millionths. */
export type ObjectiveImpact = {
  readonly title: Title
  /** The objective's name. */
  readonly objective: string
  readonly bad: number
  readonly valid: number
  readonly budgetPpm: number
}

/** One thing to do first, and who did it; without a name the record did. */
export type IncidentItem = {
  readonly id: string
  readonly text: Title
  readonly ticked: boolean
  readonly by?: string
  /** By when it should be, milliseconds. */
  readonly dueAt?: number
}

/** Who has which role. */
type Hands = { readonly lead?: string; readonly comms?: string; readonly scribe?: string }

/** What every message about an incident carries. Times are milliseconds. */
type AboutIncident = {
  readonly incident: string
  /** Its alerts: it is said where those were. */
  readonly episodes: readonly string[]
  readonly title: string
  /** How urgent it is to deliver. */
  readonly level: Level
  /** The drill that it belongs to: must be said first in every rendering. */
  readonly drill?: string
  /** When the next word is due. */
  readonly next?: number
  readonly dedupKey: string
  readonly at: number
  readonly timeZone: string
  readonly sample: boolean
}

/** How an incident stands: one message that is edited as it changes. */
export type IncidentFacts = AboutIncident & {
  readonly kind: 'incident'
  /** How many events had been recorded of it: what somebody saw who presses a button of the message. */
  readonly revision: number
  readonly status: 'investigating' | 'identified' | 'monitoring' | 'resolved'
  /** Since when users are hurt. */
  readonly since: number
  readonly mitigatedAt?: number
  /** It is over. */
  readonly resolvedAt?: number
  /** The incident that it turned out to be part of, which may go on. */
  readonly mergedInto?: string
  readonly roles: Hands
  /** The worst first. */
  readonly impact: readonly ObjectiveImpact[]
  readonly items: readonly IncidentItem[]
  readonly last?: { readonly at: number; readonly by?: string; readonly text: string }
}

/** Somebody has given a role to somebody else, with what they need to know. */
export type HandoverFacts = AboutIncident & {
  readonly kind: 'handover'
  readonly role: keyof Hands
  readonly from?: string
  readonly to: string
  readonly note: string
  readonly done: number
  /** What is open on the checklist. */
  readonly open: readonly Title[]
  /** What nobody has recorded yet. */
  readonly questions: readonly (
    | 'lead'
    | 'comms'
    | 'journeys'
    | 'impactStarted'
    | 'mitigated'
    | 'update'
    | 'updateOverdue'
  )[]
  readonly decisions: readonly { readonly at: number; readonly choice: string; readonly why: string }[]
}
