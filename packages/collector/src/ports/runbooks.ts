import type { Choice, PageSection, Runbook } from '@tabiji/core/runbook'
import type { IncidentChange, IncidentDetails, Result } from './work.ts'

/** What the collector can read of runbooks. */
export interface Runbooks {
  /** The first step of the runbook at an address; nothing where it cannot be read, whatever the reason. Never throws. */
  firstStep(address: string): string | undefined
  /** The page at an address as it is written; nothing where it cannot be read. Never throws. */
  text(address: string): string | undefined
  /** Every page that says in its front matter which alerts it is for; what cannot be read is left out. Never throws. */
  all(): readonly Runbook[]
}

/** The runbook of one alert. */
export type ChosenFor = {
  readonly alert: string
  readonly rule: string
  /** `checkout/pay: slow` */
  readonly about: string
  /** The address that the alert brings along; absent: none. */
  readonly address?: string
  /** Where it comes from: the rule itself, a page of the folders, the journeys file, or nowhere. */
  readonly from: 'rule' | 'folder' | 'journey' | 'none'
  readonly considered: Choice['considered']
}

/** How the pages of one rule were served; times in ISO 8601. */
type ToldRank = {
  readonly rule: string
  readonly pages: number
  readonly useful: number
  readonly useless: number
  readonly unanswered: number
  readonly lastAt: string
}

/** A runbook as people work through it in an incident: what may be ticked, and what is; times in ISO 8601. */
export type WorkedPage = {
  readonly address: string
  /** Which trouble it was chosen for. */
  readonly about: string
  readonly steps: readonly {
    readonly step: string
    readonly done: boolean
    readonly at?: string
    readonly by?: string
  }[]
  /** Absent where the page is only led to, because it cannot be read here. */
  readonly sections?: readonly PageSection[]
}

/** Runbooks at work: which one is for what, and whether they help. */
export interface RunbookDesk {
  /** Pages by their journey, those for any journey at the end. */
  list(): readonly Runbook[]
  /** The runbooks of an alert, or of each alert of an incident. */
  chosenFor(key: string): Result<{ readonly choices: readonly ChosenFor[] }>
  /** Records with an incident whether a runbook helped; one that is named must have been proposed, or be a page. */
  help(
    key: string,
    said: Omit<Extract<IncidentChange, { type: 'help' }>, 'type'>,
    by: string | undefined,
  ): Result<IncidentDetails>
  /** What the alerts of an incident bring along, else what its journeys name; each once, what is about the hurt step first. */
  worked(key: string): Result<{ readonly incident: string; readonly pages: readonly WorkedPage[] }>
  /**
   * Records with an incident that a step was gone through, or not after all.
   *
   * @param said the step by its words or its number on the page; the runbook where it is on several
   */
  step(
    key: string,
    said: { readonly step: string; readonly runbook?: string; readonly done: boolean },
    by: string | undefined,
  ): ReturnType<RunbookDesk['worked']>
  /** Rules whose pages since an instant (milliseconds) had no useful runbook, the worst first; drills are left out. */
  rank(since: number): readonly ToldRank[]
}
