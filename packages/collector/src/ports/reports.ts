import type {
  Ask,
  IssueChange,
  IssueRequest,
  MissingComment,
  MonthFacts,
  Remark,
  RemarkEvent,
  ReportIssue,
} from '@tabiji/core/report'
import type { Result } from './work.ts'

/** A file of a report: `report.ja.html`, `report.journeys.csv`. */
export type ReportFile = { readonly name: string; readonly body: Uint8Array }

/** A file of an issued report as it is listed. */
export type ToldFile = { readonly name: string; readonly bytes: number; readonly sha256: string }

/** Facts that were frozen, and their stamp. */
type IssuedFacts = { readonly issue: ReportIssue; readonly facts: MonthFacts }

/** Makes every format in both languages of one set of facts. What a browser has to print may be missing, with the reason. */
export type ReportPress = {
  /** All files of an issue. */
  print(
    facts: MonthFacts,
    issue: ReportIssue,
    withPeople: boolean,
  ): Promise<{ readonly files: readonly ReportFile[]; readonly notPrinted?: string }>
  /** One file of a draft, marked as one; nothing for a name that no draft has. */
  draft(facts: MonthFacts, name: string): ReportFile | undefined
  /** The version that renders. */
  readonly version: string
}

/** Facts of a month that nobody has issued, as they were at one time. */
export type Draft = { readonly month: string /** Milliseconds. */; readonly at: number; readonly facts: MonthFacts }

/** A month as the list of reports tells it. */
export type ToldReport = {
  readonly month: string
  readonly status: 'draft' | 'issued'
  /** Of an issued one. */
  readonly revision?: number
  readonly issuedAt?: string
  readonly by?: string
  /** When its draft was made last; ISO 8601. */
  readonly draftAt?: string
  /** How many comments its owners owe. */
  readonly missing: number
}

/** Everything that is kept of a month's report. */
export type ReportDetails = ToldReport & {
  readonly revisions: readonly (Omit<ReportIssue, 'changes'> & {
    readonly changes: number
    readonly files: readonly ToldFile[]
  })[]
  readonly missingComments: readonly MissingComment[]
  /** What was written for journeys, by their names. */
  readonly comments: readonly (Remark & { readonly journey: string })[]
  /** What stands instead of the computed sentences. */
  readonly headline?: Remark
  readonly asks: readonly Ask[]
}

/** A report that was issued just now, and what is worth knowing of it. */
export type JustIssued = ReportDetails & {
  /** Why there is no PDF among the files. */
  readonly notPrinted?: string
}

type AskRequest = Pick<Ask, 'month' | 'text' | 'why' | 'journey' | 'owner' | 'due'>

/** The life of monthly reports. What is refused is a value; a store that fails throws, and then nothing was recorded. */
export interface Reports {
  /** The newest month first. */
  list(): { readonly reports: readonly ToldReport[] }
  report(month: string): Result<ReportDetails>
  missing(month: string): Promise<Result<{ readonly month: string; readonly missing: readonly MissingComment[] }>>
  asks(): { readonly asks: readonly Ask[] }
  comment(said: { readonly month: string; readonly journey: string; readonly text: string }, by?: string): Result<Said>
  headline(said: { readonly month: string; readonly text?: string }, by?: string): Result<Said>
  ask(asked: AskRequest, by?: string): Result<Ask>
  answer(
    answer: { readonly key: string; readonly state: 'agreed' | 'declined' | 'done'; readonly text?: string },
    by?: string,
  ): Result<Ask>
  except(said: { readonly journey: string; readonly until: string; readonly reason: string }, by?: string): Result<Said>
  /** Freezes a month and renders it. */
  issue(
    month: string,
    request: IssueRequest & { readonly withPeople?: boolean },
    by?: string,
  ): Promise<Result<JustIssued>>
  /** Freezes it again, and tells what differs. */
  reissue(
    month: string,
    request: { readonly reason: string; readonly partMonth?: boolean; readonly withPeople?: boolean },
    by?: string,
  ): Promise<Result<JustIssued>>
  /** Makes the draft of a month anew. */
  redraft(month: string): Promise<Result<ReportDetails>>
  /** What was frozen. @param revision absent: the newest */
  issued(month: string, revision?: number): IssuedFacts | undefined
  /** A file exactly as it was issued. */
  file(month: string, name: string, revision?: number): ReportFile | undefined
  draftFile(month: string, name: string): ReportFile | undefined
  changes(
    month: string,
    from: number,
    to: number,
  ): Result<{ readonly changes: readonly IssueChange[]; readonly more: number }>
  /** Makes the drafts that are due by the clock. @returns their months */
  tick(now: number): Promise<readonly string[]>
}

/** What somebody said, and whether the month was issued already: then the next revision will say it. */
type Said = { readonly month?: string; readonly journey?: string; readonly issued?: number }

/** Where reports are kept. */
export interface ReportStore {
  /** Everything that was said, in order. */
  remarks(): readonly RemarkEvent[]
  /** Appends in one transaction with what the decision reads. */
  remark<Decided>(decide: (events: readonly RemarkEvent[], append: (event: RemarkEvent) => void) => Decided): Decided
  /** Stamps of a month, the first revision first. */
  revisions(month: string): readonly ReportIssue[]
  /** Months of which something is kept, the newest first. */
  months(): readonly string[]
  /** @returns false when somebody else issued this revision meanwhile; then nothing was kept */
  issue(issued: IssuedFacts & { readonly files: readonly ReportFile[] }): boolean
  issued(month: string, revision?: number): IssuedFacts | undefined
  files(month: string, revision: number): readonly ToldFile[]
  file(month: string, name: string, revision: number): ReportFile | undefined
  draft(month: string): Draft | undefined
  /** When the draft of a month was made, milliseconds, without unpacking it: that of a large file is dozens of megabytes. */
  draftAt(month: string): number | undefined
  keepDraft(draft: Draft): void
}

/** A store that is only looked at, beside a daemon or without one. */
export type ReportArchive = Pick<
  ReportStore,
  'months' | 'revisions' | 'issued' | 'files' | 'file' | 'draft' | 'draftAt'
>
