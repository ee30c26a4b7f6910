import type { Level } from '../journey/index.ts'
import type { Problem, Scribe } from '../problem/index.ts'
import type { IncidentChecklist } from './checklist-template.ts'
import type { IncidentUpdates, UpdateEvery } from './updates.ts'
import type { Lines } from './written-line.ts'

/** Moments of an incident (incident.md §3.1), in the order in which they mostly happen; people may state each. */
export const MOMENTS = ['impactStarted', 'detected', 'acknowledged', 'mitigated', 'resolved'] as const
export type Moment = (typeof MOMENTS)[number]

/** What is timed: the five moments, and when the first notification was confirmed delivered, which nobody states. */
export type Timed = Moment | 'delivered'

/** Where a time comes from: the ledger, the alerts, or somebody who said or did something. */
export type Origin = 'books' | 'alert' | 'person'

/** When a moment was, milliseconds. `stated` is a person's word, which no derived time replaces. */
export type TimeMark = { readonly at: number; readonly origin: Origin; readonly stated?: true }

/** When incidents that were taken in began to hurt, where that was known, and when they were noticed. */
export type Beginnings = { readonly began?: TimeMark; readonly noticed?: TimeMark }

/** How far the people are, in the order in which it mostly goes. */
export const STATUSES = ['investigating', 'identified', 'monitoring', 'resolved'] as const
export type Status = (typeof STATUSES)[number]

/** Who decides, who tells others, who writes down. */
export const ROLES = ['lead', 'comms', 'scribe'] as const
export type Role = (typeof ROLES)[number]
/** Who has a role, since when (milliseconds). */
type Holder = { readonly name: string; readonly since: number }

/** Why it happened: a slug by which fixes name it, one sentence, the bone of the fishbone that it is on. */
export type IncidentCause = {
  readonly id: string
  readonly text: string
  readonly bone: string
  /** The fix that removes it, where one is known. */
  readonly fix?: string
  /** The id of the cause that it explains; absent: it lies on the bone itself. */
  readonly under?: string
}

/** How far a postmortem is; without any of these nobody has begun. */
export const POSTMORTEM_STATES = ['draft', 'inReview', 'published'] as const
export type PostmortemState = (typeof POSTMORTEM_STATES)[number]

/** What is recorded about the postmortem; its text stays in the repository of those who write it. */
export type Postmortem = {
  readonly state: PostmortemState
  /** Since when it is in that state, milliseconds. */
  readonly since: number
  readonly owner?: string
  /** Where the text is, as it was said. */
  readonly file?: string
  /** Why there is no fix. */
  readonly noFix?: string
}

/**
 * An incident as its events tell it. Times are milliseconds since the Unix epoch. A family that keeps something of its own adds
 * an optional field here and sets it in its `apply…`.
 */
export type Incident = {
  /** `INC-0007`, for people. */
  readonly key: string
  readonly title: string
  readonly level?: Level
  /** Names of the journeys that were hurt. */
  readonly journeys: readonly string[]
  /** Ids of the alert episodes that it is about. */
  readonly episodes: readonly string[]
  /** Practice through the real path, kept out of the numbers. */
  readonly drill: boolean
  readonly openedAt: number
  readonly status: Status
  readonly times: { readonly [timed in Timed]?: TimeMark }
  readonly roles: { readonly [role in Role]?: Holder }
  /** Absent while nobody has said any. */
  readonly causes?: readonly IncidentCause[]
  /** Absent while nobody has begun one. */
  readonly postmortem?: Postmortem
  /** By when somebody said that it is published (`YYYY-MM-DD`), and who writes it; absent: the policy counts. */
  readonly owed?: { readonly due: string; readonly owner?: string }
  /** What is to be done first; absent where none was kept. */
  readonly checklist?: IncidentChecklist
  readonly updates?: IncidentUpdates
  /** Whether runbooks helped, one answer for each, the last one at the end; times in milliseconds. */
  readonly runbooks?: readonly {
    readonly helped: 'yes' | 'partly' | 'no' | 'none'
    readonly at: number
    readonly runbook?: string
    readonly note?: string
    readonly by?: string
  }[]
  /** Steps of runbooks that were gone through; times in milliseconds. */
  readonly steps?: readonly {
    readonly runbook: string
    readonly step: string
    readonly at: number
    readonly by?: string
  }[]
  /** The incident that it turned out to be part of; absent: it stands by itself. Never counted. */
  readonly merged?: { readonly into: string; readonly at: number; readonly reason: string }
  /** Keys of incidents that turned out to be part of it; absent: none. */
  readonly absorbed?: readonly string[]
  /** When the last of those was taken in, milliseconds. */
  readonly absorbedAt?: number
  /** When those began, so that no later look at the books forgets it; absent: there are none. */
  readonly before?: Beginnings
  /** Absent while somebody works on it. */
  readonly resolvedAt?: number
  /** What people wrote on the timeline, and what they starred; absent: nothing. */
  readonly lines?: Lines
}

/** On events that no person caused: an alert that rings, or does so no more, did. */
export type ByAlert = { readonly byAlert?: true }

/** What every event carries: when it was recorded (milliseconds), and by whom when a person did and is known. */
export type Recorded = { readonly at: number; readonly by?: string }

/** What a decision about an incident needs to know. */
export type IncidentContext = Scribe & {
  /** The key that the command is about, or the next free one for `open`. */
  readonly key: string
  /** Keys of all incidents, and names of all journeys, for "did you mean". */
  readonly keys: readonly string[]
  readonly journeys: readonly string[]
  /** After how long the next update is due where nothing is said; absent: none is expected. */
  readonly updateEvery?: UpdateEvery
  readonly zone: string
  /** What the record says against publishing a postmortem (core/postmortem); absent: nobody has looked. */
  readonly against?: readonly Problem[]
  /** Keys of the fixes that name a cause of it, by the cause's id; absent: nobody has looked. */
  readonly fixesOf?: (cause: string) => readonly string[]
}
