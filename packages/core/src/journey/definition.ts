import type { Period } from '../time/index.ts'
import type { Condition } from './condition.ts'

/** A name in both languages that people read. */
export type Title = { readonly en: string; readonly ja: string }

/** 1 page now, 2 next business day, 3 make known. */
export type Level = 1 | 2 | 3

export const INDICATORS = ['availability', 'latency', 'experience'] as const

/** Which outcomes are bad and which are valid; the rule itself is in `slo/indicator.ts`. */
export type IndicatorName = (typeof INDICATORS)[number]

/** A rolling stretch that ends now, or one of the calendar in the file's time zone: its month, or a period that is counted from a date. */
export type Window = { readonly kind: 'rolling'; readonly ms: number } | CalendarWindow
export type CalendarWindow = { readonly kind: 'month' } | ({ readonly kind: 'calendar' } & Period)

/**
 * Two windows that must both burn before a level rings. The speed is either a factor in thousandths (14.4 → 14400) or
 * the share of the budget that the long window may spend, in parts per million (2 % → 20000).
 */
export type Pair = {
  readonly level: Level
  readonly longMs: number
  readonly shortMs: number
  readonly speed: { readonly factorMilli: number } | { readonly spendsPpm: number }
}

/** When a burning budget rings. Data, so that a demo, a test and a month in production run the same code. */
export type Policy = {
  readonly pairs: readonly Pair[]
  /** Percentages of the spent budget that are made known at level 3, ascending whole numbers. */
  readonly milestones: readonly number[]
  /** What must hold on the long window before anything rings: few failures prove little. */
  readonly guard: { readonly badEvents: number; readonly confidencePercent: number }
  /** How long every short window must stay calm before a level resolves; default: the shortest short window. */
  readonly keepMs?: number
}

export const BUDGETING_METHODS = ['occurrences', 'timeslices', 'ratio-timeslices'] as const

/** What a slice counts as that nobody read: not at all, as kept, as broken, or as the slice before it. */
export const NO_DATA = ['ignore', 'good', 'bad', 'hold'] as const
export type NoData = (typeof NO_DATA)[number]

/**
 * A budget that is kept in slices of time instead of events. `timeslices`: a slice is good when at least the target share
 * of its events was. `ratio-timeslices`: each slice weighs the same, whatever its traffic.
 */
export type Budgeting = {
  readonly sliceMs: number
  readonly onNoData: NoData
} & ({ readonly method: 'timeslices'; readonly sliceTargetPpm: number } | { readonly method: 'ratio-timeslices' })

/** A promise: an indicator of the journey, or of one of its steps, reaches the target over the window. */
export type Objective = {
  /** Unique in its journey: `availability`, `upload.latency` for one step, `availability.probe` for what probes saw. */
  readonly name: string
  readonly indicator: IndicatorName
  /** It judges what probes saw from outside. Absent: what the services counted. */
  readonly of?: 'probe'
  readonly step?: string
  /** Parts per million: 99.9 % is 999000. Below 1,000,000, because 100 % leaves no budget to divide by. */
  readonly targetPpm: number
  readonly window: Window
  /** Absent: the budget is kept in events (occurrences). */
  readonly budgeting?: Budgeting
  /** Absent: the default policy of `budget/`. */
  readonly policy?: Policy
  /** Its events are what an engine made of a query, not what services counted. Absent: exact. */
  readonly estimate?: true
}

/** When the clock of a step starts and stops. */
export const CLOCKS = ['request', 'body', 'headers'] as const
export type Clock = (typeof CLOCKS)[number]

/** `path` is a pattern such as `/v1/scans/:id`. */
export type Route = { readonly method: string; readonly path: string }

/** One kind of request or job of a journey, with the time promised for it; or what an engine is asked for, without one. */
export type Step = {
  readonly name: string
  readonly kind: 'http' | 'job' | 'query'
  readonly routes: readonly Route[]
  /** The promised time in milliseconds; an event that takes exactly this long is in time. */
  readonly withinMs: number
  /** Another time in milliseconds, that events are judged by in the shadow; it changes no verdict. */
  readonly candidateMs?: number
  readonly clock: Clock
  /** HTTP statuses whose default verdict is overridden for this step. */
  readonly statuses: {
    readonly good: readonly number[]
    readonly bad: readonly number[]
    readonly excluded: readonly number[]
  }
}

/** A rule without a budget: a condition on counts, and the level at which it rings. */
export type SimpleAlert = {
  /** Unique among the rules of its journey or step; part of the id by which its alerts are kept. */
  readonly name: string
  /** Absent: over all steps of the journey. */
  readonly step?: string
  readonly level: Level
  readonly condition: Condition
  /** Of how many events a share must be before it says anything. */
  readonly atLeast?: number
  /** A line for whoever is told. */
  readonly note?: string
  /** In place of the journey's. */
  readonly runbook?: string
  /** Where it stands in the document, from its root; absent for those that every journey has and nobody wrote as a rule. */
  readonly path?: readonly string[]
}

/**
 * Objectives that stand or fall together, because a customer needs all of them: it stands as its worst member does. Nothing is added
 * up, and it rings by its members' own rules.
 */
export type Composite = {
  /** Unique in its journey, among its objectives too. */
  readonly name: string
  /** `JOURNEY/OBJECTIVE`, each once. */
  readonly members: readonly string[]
}

export type Journey = {
  readonly name: string
  readonly title: Title
  readonly owner?: string
  /** Address of the runbook that an alert brings along. */
  readonly runbook?: string
  /** 1 is what the business lives on. */
  readonly tier: 1 | 2 | 3
  readonly objectives: readonly Objective[]
  readonly steps: readonly Step[]
  /** Absent: none. */
  readonly alerts?: readonly SimpleAlert[]
  /** Absent: none. */
  readonly composites?: readonly Composite[]
}

/** After how long people are told that nothing could be read of what feeds a journey, and at which level; false: never. */
export type Stale = { readonly afterMs: number; readonly level: Level } | false

/** A journeys file that has been read and checked. Journeys and steps keep the order in which they were written. */
export type Definition = {
  readonly timeZone: string
  /** Shared promises by name, in milliseconds. */
  readonly classes: Readonly<Record<string, number>>
  readonly journeys: readonly Journey[]
  /** What the file states for journeys that state nothing themselves; absent: the default. */
  readonly stale?: Stale
  /** 16 hexadecimal digits that change with anything that changes a verdict; see `fingerprint.ts`. */
  readonly fingerprint: string
}
