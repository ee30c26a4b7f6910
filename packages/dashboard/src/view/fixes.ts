import type { FixSummary, FixTransition } from '@tabiji/core/fix'
import type { MonthFacts } from '@tabiji/core/report'

/** How old what is known of a tracker is; ISO 8601. */
export type TrackerAge = { readonly name: string; readonly readAt?: string; readonly failingSince?: string }

/** What the board of fixes reads. */
export type FixesView = {
  readonly fixes: readonly FixSummary[]
  readonly trackers: readonly TrackerAge[]
  /** The month under way, whose statistics stand below the board. */
  readonly facts?: MonthFacts
}

/** What the page of one fix reads. */
export type FixView = {
  readonly fix: FixSummary
  readonly transitions: readonly FixTransition[]
  readonly trackers: readonly TrackerAge[]
}
