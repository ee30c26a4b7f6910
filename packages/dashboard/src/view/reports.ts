import type { Title } from '@tabiji/core/journey'
import type { PostmortemDuty } from '@tabiji/core/postmortem'
import type { Ask, IssueChange, MissingComment, Remark, ReportIssue } from '@tabiji/core/report'

/** A month in the list of reports. Times are ISO 8601. */
export type ReportRow = {
  readonly month: string
  readonly status: 'draft' | 'issued'
  readonly revision?: number
  readonly issuedAt?: string
  readonly by?: string
  readonly draftAt?: string
  readonly missing: number
}

/** What a month still waits for besides comments: its incidents that go on, and postmortems that nobody has published. */
export type ReportPending = {
  readonly incidents: readonly { readonly key: string; readonly title: string }[]
  readonly postmortems: readonly Pick<PostmortemDuty, 'incident' | 'title' | 'state' | 'due'>[]
}

export type ReportsView = {
  readonly year: number
  /** Of that year, the newest first; what drafts wait for stands with them. */
  readonly reports: readonly (ReportRow & { readonly pending?: ReportPending })[]
  /** Years of which there is a report, or that run. */
  readonly years: readonly number[]
  readonly asks: readonly Ask[]
}

/** Everything that is kept of a month's report. */
export type ReportView = ReportRow & {
  readonly revisions: readonly (Omit<ReportIssue, 'changes'> & {
    readonly changes: number
    readonly files: readonly { readonly name: string; readonly bytes: number }[]
  })[]
  readonly missingComments: readonly MissingComment[]
  /** What was written for journeys, by their names, and the headline that stands instead of the computed one. */
  readonly comments: readonly (Remark & { readonly journey: string })[]
  readonly headline?: Remark
  readonly asks: readonly Ask[]
  readonly journeys: readonly { readonly name: string; readonly title: Title }[]
  readonly pending: ReportPending
  /** What the last revision changed; absent where there is one at most. */
  readonly changed?: {
    readonly from: number
    readonly to: number
    readonly changes: readonly IssueChange[]
    readonly more: number
  }
}
