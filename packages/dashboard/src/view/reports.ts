import type { Title } from '@tabiji/core/journey'
import type { Ask, MissingComment, ReportIssue } from '@tabiji/core/report'

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

export type ReportsView = { readonly reports: readonly ReportRow[]; readonly asks: readonly Ask[] }

/** Everything that is kept of a month's report. */
export type ReportView = ReportRow & {
  readonly revisions: readonly (Omit<ReportIssue, 'changes'> & {
    readonly changes: number
    readonly files: readonly { readonly name: string; readonly bytes: number }[]
  })[]
  readonly missingComments: readonly MissingComment[]
  readonly asks: readonly Ask[]
  readonly journeys: readonly { readonly name: string; readonly title: Title }[]
}
