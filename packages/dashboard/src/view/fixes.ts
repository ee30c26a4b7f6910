import type { FixSummary, FixTransition } from '@tabiji/core/fix'
import type { IncidentSummary } from '@tabiji/core/incident'
import type { Title } from '@tabiji/core/journey'
import type { MonthFacts } from '@tabiji/core/report'

/** How old what is known of a tracker is; ISO 8601. */
export type TrackerAge = {
  readonly name: string
  readonly readAt?: string
  readonly failingSince?: string
  /** Tickets that cannot be read, or (`asks`) may be fixes that are known and are not counted. */
  readonly aside?: readonly { readonly url: string; readonly asks?: true }[]
}

type Named = { readonly name: string; readonly title: Title; readonly owner?: string }
export const FIX_VIEWS = ['board', 'list', 'ageing'] as const

/** What the board of fixes reads. */
export type FixesView = {
  readonly view: (typeof FIX_VIEWS)[number]
  /** Those of the chosen team and journey. */
  readonly fixes: readonly FixSummary[]
  /** The only ones that are shown; absent: all. */
  readonly team?: string
  readonly journey?: string
  readonly teams: readonly string[]
  readonly journeys: readonly Named[]
  /** What a fix can be added for, the newest first. */
  readonly incidents: readonly Pick<IncidentSummary, 'key' | 'title'>[]
  readonly trackers: readonly TrackerAge[]
  /** The month under way, of the chosen team; absent when one journey is chosen, of which nobody counts a month. */
  readonly facts?: MonthFacts
}

/** What the page of one fix reads. */
export type FixView = {
  readonly fix: FixSummary
  readonly transitions: readonly FixTransition[]
  readonly trackers: readonly TrackerAge[]
  readonly journeys: readonly Named[]
  readonly incidents: FixesView['incidents']
  /** Causes of its incident. */
  readonly causes: readonly { readonly id: string; readonly text: string }[]
  /** Fixes that it may turn out to be the same as. */
  readonly others: readonly Pick<FixSummary, 'key' | 'title'>[]
}
