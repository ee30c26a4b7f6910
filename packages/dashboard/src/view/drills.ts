import type { Level, Title } from '@tabiji/core/journey'
import type { DrillCoverage } from '@tabiji/core/practice'
import type { MonthFacts } from '@tabiji/core/report'
import type { ShownChecklist } from './incidents.ts'

/** A drill as it was held. Times are ISO 8601; lengths from its beginning, milliseconds. */
export type Drill = {
  readonly key: string
  readonly journey: string
  readonly level: Level
  readonly what: string
  readonly by?: string
  readonly startedAt: string
  readonly ended?: { readonly at: string }
  readonly times: {
    readonly rangMs?: number
    readonly toldMs?: number
    readonly ackedMs?: number
    readonly resolvedMs?: number
  }
  readonly alerts: readonly { readonly id: string }[]
  /** The incidents that its alerts belong to, and how many fixes came of them. */
  readonly incidents: readonly { readonly key: string; readonly fixes: number }[]
}

/** An incident that could be practised. */
type Past = {
  readonly key: string
  readonly title: string
  readonly level?: Level
  readonly journeys: readonly string[]
}

/** What the page of drills reads. */
export type DrillsView = {
  readonly drills: readonly Drill[]
  readonly due: readonly {
    readonly journey: string
    readonly every: string
    readonly lastAt?: string
    readonly due: string
    readonly overdueDays: number
  }[]
  readonly coverage: DrillCoverage
  readonly proposal?: { readonly name: string; readonly why: 'neverLed' | 'longestAgo' }
  readonly members: readonly {
    readonly name: string
    readonly team?: string
    readonly incidents: number
    readonly drills: number
    readonly checklist: { readonly done: number; readonly of: number }
  }[]
  /** Whoever led and is no member. */
  readonly others: readonly { readonly name: string; readonly incidents: number; readonly drills: number }[]
  readonly journeys: readonly { readonly name: string; readonly title: Title }[]
  /** Incidents of which a drill can be made, the newest first. */
  readonly past: readonly Past[]
  /** The one that somebody looks at, with what was done first about it then. */
  readonly chosen?: Past & { readonly openedAt: string; readonly checklist: ShownChecklist }
  /** The month under way, whose times stand beside those of drills. */
  readonly facts?: MonthFacts
}

/** What a member's own page reads. */
export type MemberView = {
  readonly member: DrillsView['members'][number]
  readonly items: readonly {
    readonly id: string
    readonly text: Title
    readonly link?: string
    readonly ticked: boolean
    readonly byRecord?: true
    readonly detail?: string
  }[]
  readonly runbooks: readonly { readonly file: string; readonly address: string; readonly readAt?: string }[]
  /** The newest first. */
  readonly led: readonly { readonly incident: string; readonly drill: boolean; readonly at: string }[]
}
