import type { Cause } from '../alert/index.ts'
import type { Spending } from '../budget/index.ts'
import type { Counts, Journey, Level, Objective, Step } from '../journey/index.ts'
import type { Tally } from '../slo/index.ts'

/** The events of one window, and how long it has really been since its beginning, in seconds. */
export type WindowStanding = Tally & { readonly ms: number; readonly seconds: number }

/** How an objective stands at one moment: all that its series are made of. */
export type Standing = {
  readonly journey: Journey
  readonly objective: Objective
  /** Ascending by length. */
  readonly windows: readonly WindowStanding[]
  readonly budget: Spending
  /** Of the budget's window, milliseconds. */
  readonly periodMs: number
  readonly fresh: boolean
  /** Open alerts by level. */
  readonly open: readonly { readonly level: Level; readonly count: number }[]
}

/** Everything that was ever booked of a step, by outcome. */
export type StepStanding = { readonly journey: string; readonly step: Step; readonly counts: Counts }

/** An alert that is firing, by names: its objective may be gone from the file. */
export type OpenAlert = {
  /** Such as `A-0042`. */
  readonly id: string
  readonly rule: string
  readonly level: Level
  readonly journey: string
  /** Absent for a simple rule. */
  readonly objective?: string
  readonly cause: Pick<Cause, 'kind'>
}

/** What all series of a scrape are made of. */
export type Standings = {
  readonly objectives: readonly Standing[]
  readonly steps: readonly StepStanding[]
  readonly alerts: readonly OpenAlert[]
}
