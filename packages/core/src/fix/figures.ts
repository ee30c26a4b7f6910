import type { FixKind, TicketRef } from './event.ts'

/** A part of a whole, as two whole numbers: divided only when it is shown. A denominator of 0 has no rate. */
export type Share = { readonly numerator: number; readonly denominator: number }

/** Whether fixes were done by the date that was promised first. */
export type OnTime = {
  /** Done by their first due date ÷ fixes whose first due date fell in the month and is over. */
  readonly share: Share
  /** Due in the month, but the risk was accepted at the end of the due day; in neither part of the share. */
  readonly accepted: number
  /** Due in the month, but the due day is not over yet; in neither part of the share. */
  readonly notYetDue: number
  /** Parts per million; 80 % is 800000. */
  readonly targetPpm: number
  /** Absent when nothing was due. */
  readonly met?: boolean
  /** Through this date a fix can still come back and count as not done; absent once the figure is final. */
  readonly provisionalUntil?: string
}

/** How the number of open fixes came about: openAtStart + created + returned − done − dropped = openAtEnd, always. */
export type Flow = {
  readonly openAtStart: number
  readonly created: number
  /** Reopened, undropped, or their acceptance ran out. */
  readonly returned: number
  readonly done: number
  /** Dropped, accepted as a risk, or merged into another one. */
  readonly dropped: number
  readonly openAtEnd: number
}

/** The fixes created in one month, and how many of them were done within so many days. */
export type Cohort = {
  readonly month: string
  readonly created: number
  readonly within: readonly {
    readonly days: number
    readonly share: Share
    /** Whether every fix of the month has had that many days. */
    readonly matured: boolean
  }[]
}

/** Open fixes by age in days; `toDays` is absent in the oldest bucket. */
export type AgeBucket = {
  readonly fromDays: number
  readonly toDays?: number
  readonly open: number
  readonly overdue: number
}

export type OpenFix = {
  readonly key: string
  readonly title: string
  readonly kind: FixKind
  readonly incident?: string
  readonly journey?: string
  readonly cause?: string
  readonly owner?: string
  /** Dates, `YYYY-MM-DD`; created is since when it is owed. */
  readonly created: string
  readonly firstDue: string
  readonly due: string
  readonly postponements: number
  /** Nobody has stated a date. */
  readonly dueIsDefault?: true
  readonly blocked?: { readonly since: string; readonly reason?: string }
  readonly ticket?: TicketRef
  readonly splitFrom?: string
  /** Dates since it is owed: a part or a duplicate inherits the earliest. */
  readonly ageDays: number
  /** Dates since the due date; 0 while it is not over. */
  readonly overdueDays: number
}

export type AcceptedRisk = {
  readonly key: string
  readonly title: string
  readonly approver: string
  readonly reason: string
  /** The last date on which the risk is accepted. */
  readonly until: string
}

/** What one month says about fixes. Whole numbers and dates only. */
export type FixMonth = {
  /** The date on which open fixes are looked at: the first after the month, or today while the month runs. */
  readonly asOf: string
  readonly onTime: OnTime
  readonly flow: Flow
  /** Done ÷ (open at start + new + returned − dropped): the share of what lay on the table that was done. */
  readonly stock: Share
  /** Done ÷ new: above 1 the debt shrinks. */
  readonly clearance: Share
  /** The month and the five before it, oldest first; months without new fixes are left out. */
  readonly cohorts: readonly Cohort[]
  readonly ageing: {
    readonly buckets: readonly AgeBucket[]
    readonly overdue: number
    /** Σ over open fixes of the dates since the due date. */
    readonly overdueDays: number
    /** Open past the date that was promised first, whatever was agreed since. */
    readonly pastFirstDue: number
    readonly oldestDays?: number
  }
  /** Due dates that were put off in the month, and how many fixes that concerns. */
  readonly postponed: { readonly moves: number; readonly fixes: number }
  /** Most overdue first, then by due date. */
  readonly open: readonly OpenFix[]
  readonly acceptedRisks: readonly AcceptedRisk[]
}
