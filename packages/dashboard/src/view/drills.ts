import type { Level, Title } from '@tabiji/core/journey'

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
  readonly proposal?: { readonly name: string; readonly why: 'neverLed' | 'longestAgo' }
  readonly members: readonly {
    readonly name: string
    readonly team?: string
    readonly incidents: number
    readonly drills: number
    readonly checklist: { readonly done: number; readonly of: number }
  }[]
  readonly journeys: readonly { readonly name: string; readonly title: Title }[]
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
}
