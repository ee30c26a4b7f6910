import type { FixSummary } from '@tabiji/core/fix'
import type { IncidentStanding, IncidentSummary, Question } from '@tabiji/core/incident'
import type { Level, Title } from '@tabiji/core/journey'
import type { PostmortemDuty } from '@tabiji/core/postmortem'
import type { MonthFacts } from '@tabiji/core/report'

import type { ShownRunbook } from './runbook.ts'

type Named = { readonly name: string; readonly title: Title }

/** What the list of incidents reads. */
export type IncidentsView = {
  readonly state: 'open' | 'resolved' | 'all'
  /** Newest first. */
  readonly incidents: readonly IncidentSummary[]
  readonly journeys: readonly Named[]
  /** The month under way: what there was instead, when there was no incident. */
  readonly facts?: Pick<MonthFacts, 'month' | 'alerts' | 'drills'>
}

/** What an incident costs; instants are ISO 8601, shares parts per million. */
export type ShownImpact = {
  readonly from: string
  readonly to: string
  /** It cannot grow any more. */
  readonly ended: boolean
  readonly journeys: readonly {
    readonly journey: string
    readonly objective: string
    readonly valid: number
    readonly bad: number
    readonly budgetPpm: number
  }[]
  readonly others?: readonly { readonly journey: string; readonly ok: boolean }[]
}

/** One line of the assembled timeline. */
export type ShownLine = {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly source: string
  readonly by?: string
  readonly text: Title
  readonly starred: boolean
  readonly struck?: { readonly reason: string }
}

export type ShownChecklist = {
  readonly level?: Level
  readonly done: number
  readonly items: readonly {
    readonly id: string
    readonly text: Title
    readonly ticked: boolean
    readonly at?: string
    readonly by?: string
    readonly via?: string
    readonly detail?: string
    readonly dueAt?: string
    readonly link?: string
  }[]
}

/** What the page of one incident reads. */
export type IncidentView = {
  readonly incident: IncidentStanding
  readonly fixes: readonly FixSummary[]
  readonly impact?: ShownImpact
  readonly checklist: ShownChecklist
  /** What nobody has recorded yet. */
  readonly questions: readonly Question[]
  readonly lastUpdate?: { readonly at: string; readonly by?: string; readonly text: string }
  readonly nextUpdateAt?: string
  readonly lines: readonly ShownLine[]
  /** How each objective of its journeys went, a sign for each slot. */
  readonly series: readonly { readonly objective: string; readonly spark: string }[]
  /** What its alerts bring along, or else what its journeys name; each once. */
  readonly runbooks: readonly ShownRunbook[]
  readonly alerts: readonly {
    readonly id: string
    readonly rule: string
    readonly level: Level
    readonly open: boolean
    readonly since: string
  }[]
  readonly duty?: PostmortemDuty
  /** What it can be merged into. */
  readonly others: readonly Pick<IncidentSummary, 'key' | 'title'>[]
  readonly journeys: readonly Named[]
  /** Where tickets can be created. */
  readonly trackers: readonly { readonly name: string }[]
}
