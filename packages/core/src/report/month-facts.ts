import type { CorrectionCategory, CorrectionSummary } from '../budget/index.ts'
import type { FixLine, FixMonth, MonthStatistics } from '../fix/index.ts'
import type { Budgeting, Composite, Counts, IndicatorName, NoData, Title, Window } from '../journey/index.ts'
import type { Tally } from '../slo/index.ts'
import type { Ahead } from './ahead.ts'
import type { AlertMonth, SilenceMonth } from './alert-month.ts'
import type { BudgetState, Unjudged } from './budget-state.ts'
import type { DayTally } from './day-tally.ts'
import type { DefinitionChange } from './definition-change.ts'
import type { DrillMonth } from './drill-month.ts'
import type { IncidentMonth } from './incident-month.ts'
import type { MonthMark } from './month-mark.ts'
import type { PolicyMonth } from './policy-step.ts'
import type { Ask, Remark } from './remark.ts'
import type { SpentPart } from './spent-part.ts'
import type { TrackerMonth } from './tracker-month.ts'

/** One stretch of the month under one target. A month whose target changed has several. */
export type AllowancePart = {
  readonly from: string
  readonly to: string
  readonly targetPpm: number
  readonly bad: number
  readonly valid: number
}

/** One objective's month. Every figure follows from `parts`. */
export type ObjectiveMonth = {
  readonly name: string
  readonly indicator: IndicatorName
  readonly step?: string
  /** The target in force at the end of the month. */
  readonly targetPpm: number
  /** The window that drives alerts; the month is what the report judges. */
  readonly window: Window
  /** Its events are what an engine made of a query: no exact figure, and in no total with exact ones. */
  readonly estimate?: true
  /** Absent: counts are events. Otherwise slices, or millionths of them for the mean of ratios. */
  readonly budgeting?: Budgeting
  /** How long nobody read it, and what that was counted as; absent when all was read, or events are counted. */
  readonly noData?: { readonly seconds: number; readonly countedAs: NoData }
  readonly bad: number
  readonly valid: number
  /** The counts without corrections; absent when no correction took anything away. */
  readonly raw?: Tally
  /** Bad events that the targets allow, in millionths of an event: the sum over `parts` of valid × (1,000,000 − target). */
  readonly allowedMillionths: number
  /** The share of the budget left in parts per million; negative when overspent; absent without valid events. */
  readonly leftPpm?: number
  readonly state: BudgetState
  /** Absent when unjudged. */
  readonly met?: boolean
  readonly unjudged?: Unjudged
  readonly parts: readonly AllowancePart[]
  /** The journey's without the time that corrections leave out of this objective; absent when they leave none out. */
  readonly coverage?: JourneyMonth['coverage']
  /** What another engine's rules make of the same month; beside these figures and in none of them. */
  readonly ruler?: RulerMonth
  /** Every day of the month that has begun by `dataUntil`, in order. */
  readonly days?: readonly DayTally[]
  /** Where the bad events come from; the largest of each kind first. */
  readonly spent?: readonly SpentPart[]
  /** Up to twelve months before this one, oldest first; those in which it did not exist are left out. */
  readonly before?: readonly MonthMark[]
}

/** Events of a month as a ruler's rules recorded them: extrapolated, so they are estimates and rounded to whole ones. */
export type RulerMonth = {
  readonly estimate: true
  readonly engine: string
  readonly bad: number
  readonly valid: number
  /** Up to when they are added up. */
  readonly until: string
}

export type StepMonth = { readonly name: string; readonly counts: Counts }

export type JourneyMonth = {
  readonly name: string
  readonly title: Title
  readonly owner?: string
  readonly tier: 1 | 2 | 3
  readonly objectives: readonly ObjectiveMonth[]
  /** Absent: none. */
  readonly composites?: readonly Composite[]
  readonly steps: readonly StepMonth[]
  /** Slots of the month in which the journey's services were really read, and those in which they should have been. */
  readonly coverage: { readonly readSlots: number; readonly expectedSlots: number }
  /** What its owner says about the month. */
  readonly comment?: Remark
  readonly policy?: PolicyMonth
}

/** A correction that was active when the facts were written, as far as it lies in the month. */
export type CorrectionMonth = Pick<CorrectionSummary, 'key' | 'reason' | 'author' | 'createdAt' | 'rrule'> & {
  /** Absent in facts of a collector that did not know categories. */
  readonly category?: CorrectionCategory
  /** The objectives that it is for: `checkout/availability`. */
  readonly objectives: readonly string[]
  /** What is excluded of the month, in whole slots, ascending. Two corrections may exclude the same time. */
  readonly stretches: readonly { readonly from: string; readonly to: string }[]
  /** How long all stretches are. */
  readonly seconds: number
  /** Events in the stretches of the steps that the objectives count, other than excluded ones. */
  readonly events: number
}

/**
 * A time of the month in which a process of a service may have counted what nobody was told: it ended, or could not be
 * read, without handing its final counters over. In no other figure.
 */
export type DoubtMonth = {
  readonly service: string
  readonly from: string
  readonly to: string
  /** Events by outcome at the pace at which the process counted when it was last heard. */
  readonly estimate: Counts
}

/** The one schema of month facts. It only grows: a reader drops what it does not know. */
export const MONTH_FACTS = 'report/v1'

/**
 * Everything that one monthly report is rendered from. All formats and both languages come from this one snapshot, so
 * they cannot disagree; it is plain JSON, and each figure in it can be recomputed from the ledger.
 */
export type MonthFacts = {
  readonly schema: typeof MONTH_FACTS
  /** `YYYY-MM`, a calendar month in `timeZone`. */
  readonly month: string
  /** Absent: of all teams. Otherwise only its journeys, and what concerns them, are told. */
  readonly team?: string
  readonly timeZone: string
  /** ISO 8601 with offset; `to` is the first instant after the month. */
  readonly from: string
  readonly to: string
  readonly generatedAt: string
  /** The last instant up to which the ledger was read; earlier than `to` while the month runs. */
  readonly dataUntil: string
  /** Whether the month is over and every slot of it is in the books. */
  readonly complete: boolean
  /** Made-up data, such as the demo's: every rendering says so first. */
  readonly sample: boolean
  readonly definition: {
    readonly fingerprint: string
    readonly revisions: readonly DefinitionChange[]
  }
  /** Absent in facts of a collector that knew none, and when there is none. */
  readonly corrections?: readonly CorrectionMonth[]
  readonly journeys: readonly JourneyMonth[]
  readonly alerts: readonly AlertMonth[]
  /** Those that were open at any instant of the month, oldest first, drills among them. */
  readonly incidents: readonly IncidentMonth[]
  readonly fixes: FixMonth
  /** Every fix that a figure of the month counts, as it stood when the month ended; absent in facts of a collector that did not list them. */
  readonly fixList?: readonly FixLine[]
  /** Absent in facts of a collector that did not store them. */
  readonly statistics?: MonthStatistics
  /** Absent when there is nothing to doubt. */
  readonly doubts?: readonly DoubtMonth[]
  /** What was kept quiet, and why; the longest first. */
  readonly silences?: readonly SilenceMonth[]
  readonly drills?: DrillMonth
  /** Asked for in this month's report, and in that of the month before. */
  readonly asks?: readonly Ask[]
  /** Stands instead of the sentences that are made from figures; every rendering says that a person wrote it. */
  readonly headline?: Remark
  readonly ahead?: Ahead
  /** Absent: fixes are in no tracker. */
  readonly trackers?: readonly TrackerMonth[]
  /** What a report for one team says otherwise, by team; only of months that were frozen, because nobody can work it out later. */
  readonly teamParts?: Readonly<Record<string, TeamParts>>
}

/**
 * The families that cannot be cut out of those of all teams, because they are sums and rates over what the facts do not list:
 * whoever keeps the books works them out for a team.
 */
export type TeamParts = Pick<
  MonthFacts,
  'fixes' | 'statistics' | 'fixList' | 'alerts' | 'silences' | 'drills' | 'corrections' | 'doubts'
>
