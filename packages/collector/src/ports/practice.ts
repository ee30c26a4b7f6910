import type { Title } from '@tabiji/core/journey'
import type { DrillCoverage, MemberCommand, PracticeItem } from '@tabiji/core/practice'
import type { Result } from './work.ts'

/** What somebody led, ISO 8601. */
type Led = { readonly incident: string; readonly drill: boolean; readonly at: string }

/** Somebody who led, and how often; without `since` nobody named them as a member. */
type ToldLeader = {
  readonly name: string
  readonly since?: string
  readonly incidents: number
  readonly drills: number
  readonly last?: Led
}

type ToldMember = ToldLeader & {
  readonly team?: string
  readonly journeys: readonly string[]
  readonly checklist: { readonly done: number; readonly of: number }
}

/** Who should lead the next drill, and why. */
export type ToldProposal = { readonly name: string; readonly why: 'neverLed' | 'longestAgo'; readonly last?: Led }

/** When a journey is to be practised next; dates are those of the file's zone. */
type ToldDue = {
  readonly journey: string
  readonly tier: 1 | 2 | 3
  /** `1Q`, as it is written. */
  readonly every: string
  readonly lastAt?: string
  readonly due: string
  readonly overdueDays: number
}

export type PracticeOverview = {
  /** The least practised first. */
  readonly members: readonly ToldMember[]
  /** Whoever led and is no member. */
  readonly others: readonly ToldLeader[]
  readonly proposal?: ToldProposal
  /** The longest overdue first. */
  readonly drills: readonly ToldDue[]
  /** How often each journey was practised in the last quarters. */
  readonly coverage: DrillCoverage
}

export type MemberDetails = {
  readonly member: ToldMember
  readonly items: readonly (Pick<PracticeItem, 'id' | 'link'> & {
    readonly text: Title
    readonly ticked: boolean
    readonly at?: string
    readonly by?: string
    readonly byRecord?: true
    readonly detail?: string
    readonly progress?: { readonly done: number; readonly of: number }
  })[]
  /** Those of their journeys, and those for any journey. */
  readonly runbooks: readonly { readonly file: string; readonly address: string; readonly readAt?: string }[]
  /** The newest first. */
  readonly led: readonly Led[]
}

/** People and practice, for pages and the command line. Nothing of it is in month facts, and so in no report. */
export interface Practice {
  /** @param journey whose next drill is asked about; absent: any */
  overview(journey?: string): Result<PracticeOverview>
  /** Who should lead the next drill of a journey; nothing when nobody answers for it. */
  proposal(journey: string): ToldProposal | undefined
  member(name: string): Result<MemberDetails>
  /** @param by who records it, when that is known */
  change(name: string, command: MemberCommand, by?: string): Result<MemberDetails>
}
