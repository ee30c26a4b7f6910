import type { CorrectionCategory } from '@tabiji/core/budget'
import type { FixKind } from '@tabiji/core/fix'
import type { IndicatorName, Level, NoData, Outcome } from '@tabiji/core/journey'
import type { BudgetState, Unjudged } from '@tabiji/core/report'
import type { AheadWords } from './ahead.ts'
import type { AlertQualityWords } from './alert-quality.ts'
import type { AttentionWords } from './attention.ts'
import type { CalendarWords } from './calendar.ts'
import type { ChartWords } from './charts.ts'
import type { ChatWords } from './chat.ts'
import type { DecisionWords } from './decisions.ts'
import type { DrillWords } from './drills.ts'
import type { FixDebtWords } from './fix-debt.ts'
import type { FixTrendWords } from './fix-trend.ts'
import type { IssueWords } from './issue.ts'
import type { Language } from './language.ts'
import type { MeasuredWords } from './measured.ts'
import type { MonthsWords } from './months.ts'
import type { PolicyWords } from './policy.ts'
import type { ResponseWords } from './response.ts'
import type { RestatedWords } from './restated.ts'
import type { SummaryWords } from './summary.ts'
import type { TeamWords } from './team.ts'

type Labels<Name extends string> = { readonly [name in Name]: string }

/**
 * Every word of a report in one language. A sentence is a function of its slots, so that a missing slot does not compile
 * and no sentence is glued from pieces. Slots are written figures or names; a slot `n` is the bare number that decides
 * between singular and plural.
 */
export type Catalogue = Basic & Sections

/** Sections whose words stand in a file of their own, both languages beside each other. */
type Sections = {
  readonly attention: AttentionWords
  readonly charts: ChartWords
  readonly chat: ChatWords
  readonly decisions: DecisionWords
  readonly issue: IssueWords
  readonly response: ResponseWords
  readonly drills: DrillWords
  readonly alertQuality: AlertQualityWords
  readonly ahead: AheadWords
  readonly measured: MeasuredWords
  readonly policy: PolicyWords
  readonly months: MonthsWords
  readonly restated: RestatedWords
  readonly summary: SummaryWords
  readonly team: TeamWords
  readonly fixTrend: FixTrendWords
  readonly fixDebt: FixDebtWords
}

/** What the two big files hold. */
export type Basic = {
  readonly language: Language
  readonly states: Labels<BudgetState>
  readonly indicators: Labels<IndicatorName>
  readonly outcomes: Labels<Outcome>
  readonly levels: Readonly<Record<Level, string>>
  readonly kinds: Labels<FixKind>
  readonly unjudged: Labels<Unjudged>
  readonly met: string
  readonly missed: string
  readonly separator: string
  /** Something with something about it in brackets. */
  readonly also: (text: string, also: string) => string
  readonly of: (part: string, whole: string) => string
  readonly days: (n: number, days: string) => string
  readonly duration: (hours: number, minutes: number) => string

  readonly header: Labels<'sample' | 'complete' | 'running' | 'incomplete' | 'contents'> & {
    readonly title: (month: string) => string
    readonly status: (status: string, dataUntil: string) => string
    readonly dataUntil: (dataUntil: string, generatedAt: string) => string
    readonly period: (first: string, last: string, zone: string) => string
    readonly definition: (fingerprint: string) => string
  }

  readonly journeys: Labels<
    | 'heading'
    | 'none'
    | 'each'
    | 'state'
    | 'journey'
    | 'objective'
    | 'noObjective'
    | 'counts'
    | 'target'
    | 'result'
    | 'failed'
    | 'used'
    | 'verdict'
    | 'alertsOn'
    | 'month'
    | 'step'
    | 'all'
    | 'from'
    | 'to'
  > & {
    readonly corrected: (objective: string) => string
    readonly estimated: (name: string) => string
    readonly estimates: (n: number, objectives: string) => string
    readonly byRuler: (objective: string, engine: string, result: string, bad: string, valid: string) => string
    readonly withoutCorrections: (objective: string, result: string, bad: string, valid: string) => string
    readonly rolling: (window: string) => string
    /** Periods of the calendar, counted from a date. */
    readonly calendar: CalendarWords
    readonly objectives: (journey: string) => string
    readonly steps: (journey: string) => string
    readonly parts: (objective: string) => string
    readonly owner: (owner: string) => string
    /** A composite, the member that it stands as, that one's verdict, and of how many it is the worst. */
    readonly composite: (name: string, worst: string, verdict: string, count: string) => string
    /** Members of which nothing is known beside the worst one. */
    readonly compositeUnjudged: (name: string, members: string) => string
    readonly tier: (tier: string) => string
    readonly gap: (missing: string, expected: string, share: string) => string
    readonly gapTooLarge: (missing: string, expected: string, share: string) => string
    readonly doubts: (n: number, count: string, duration: string, events: string) => string
    readonly oneFailure: (objective: string, n: number, events: string, share: string) => string
    readonly oneSlice: (objective: string, n: number, slices: string, share: string) => string
    /** How a budget is kept that counts slices of time. */
    readonly timeslices: (objective: string, slice: string, share: string) => string
    readonly ratioTimeslices: (objective: string, slice: string) => string
    readonly noData: (objective: string, duration: string, counted: string) => string
    readonly countedAs: Labels<NoData>
  }

  readonly alerts: Labels<'heading' | 'none' | 'level' | 'fired' | 'resolved' | 'open'>

  readonly incidents: Labels<
    | 'heading'
    | 'none'
    | 'key'
    | 'what'
    | 'level'
    | 'journeys'
    | 'opened'
    | 'stoppedAfter'
    | 'resolved'
    | 'stillOpen'
    | 'drill'
    /** The month was over when they were merged. */
    | 'restatedMerge'
  > & {
    readonly half: (incidents: string, median: string, shortest: string, longest: string) => string
    readonly few: (n: number, incidents: string) => string
    readonly drillsLeftOut: (n: number, drills: string) => string
    readonly merged: (key: string, others: string, stamp: string) => string
  }

  readonly fixes: FixWords

  readonly measuring: Labels<
    | 'heading'
    | 'changes'
    | 'since'
    | 'definition'
    | 'corrections'
    | 'correction'
    | 'reason'
    | 'objectives'
    | 'from'
    | 'to'
    | 'times'
    | 'excluded'
    | 'events'
    | 'author'
    | 'onRecord'
    | 'rawStays'
  > & {
    readonly because: Readonly<Record<CorrectionCategory, (reason: string) => string>>
  }

  readonly terms: Labels<
    | 'heading'
    | 'outcomes'
    | 'outcomesText'
    | 'result'
    | 'resultText'
    | 'allowed'
    | 'allowedText'
    | 'used'
    | 'usedText'
    | 'states'
    | 'statesText'
    | 'onTime'
    | 'onTimeText'
    | 'stock'
    | 'stockText'
    | 'clearance'
    | 'clearanceText'
    | 'flow'
    | 'flowText'
    | 'overdue'
    | 'overdueText'
    | 'stop'
    | 'stopText'
  > & {
    readonly thisMonth: (definition: string, formula: string) => string
  }
}

type FixWords = Labels<
  | 'heading'
  | 'noneDue'
  | 'nothingToDo'
  | 'noneOpen'
  | 'rates'
  | 'rate'
  | 'value'
  | 'fraction'
  | 'meaning'
  | 'onTime'
  | 'stockRate'
  | 'stockMeaning'
  | 'clearance'
  | 'clearanceMeaning'
  | 'noNew'
  | 'flow'
  | 'openAtStart'
  | 'created'
  | 'returned'
  | 'done'
  | 'dropped'
  | 'openAtEnd'
  | 'openNow'
  | 'ageing'
  | 'age'
  | 'open'
  | 'overdue'
  | 'portion'
  | 'key'
  | 'what'
  | 'kind'
  | 'origin'
  | 'owner'
  | 'assigned'
  | 'unassigned'
  | 'due'
  | 'late'
  | 'cohorts'
  | 'createdIn'
  | 'risks'
  | 'approver'
  | 'onRecord'
  | 'reason'
  | 'until'
> & {
  readonly perNew: (done: string, created: string) => string
  readonly onTimeMeaning: (target: string) => string
  readonly promise: (n: number, done: string, due: string, percent: string, target: string) => string
  readonly promiseFew: (n: number, done: string, due: string, target: string) => string
  readonly stock: (n: number, done: string, all: string, percent: string) => string
  readonly stockFew: (n: number, done: string, all: string) => string
  readonly accepted: (n: number, accepted: string) => string
  readonly notYetDue: (n: number, fixes: string) => string
  readonly provisional: (until: string) => string
  readonly debt: (n: number, open: string, overdue: string, oldest: string) => string
  readonly overdueDays: (days: string) => string
  readonly pastFirstDue: (n: number, fixes: string) => string
  readonly postponed: (n: number, moves: string, fixes: string) => string
  readonly list: (date: string) => string
  readonly movedFrom: (due: string, first: string, n: number, times: string) => string
  readonly within: (days: string) => string
  readonly maturing: (share: string) => string
}
