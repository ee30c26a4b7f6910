import type { SilenceSummary } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'

/** An alert that a silence would hold back. Times are ISO 8601. */
type Matched = { readonly id: string; readonly rule: string; readonly level: Level; readonly startedAt: string }

/** What somebody is about to silence. */
export type SilenceDraft = {
  readonly matchers: string
  readonly for: string
  readonly to: string
  readonly reason: string
  readonly owner: string
}

/** What the page of silences reads. */
export type SilencesView = {
  readonly silences: readonly SilenceSummary[]
  readonly state: 'live' | 'all'
  readonly draft: SilenceDraft
  /** When desks open next, the earliest first: the ends that are wished for most at night. ISO 8601. */
  readonly openings: readonly string[]
  /** What the draft would come to; absent until somebody asks. */
  readonly preview?:
    | {
        readonly ok: true
        readonly until: string
        readonly now: readonly Matched[]
        readonly lastWeek: readonly Matched[]
      }
    | { readonly ok: false; readonly lines: readonly string[] }
}
