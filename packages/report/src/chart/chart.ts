import type { BurnPoint, SpentOn } from '@tabiji/core/report'
import type { Ageing } from './ageing.ts'
import type { Curves } from './curves.ts'

/**
 * What a chart shows, as data: no colour, no pixel, no format. HTML draws it, and every format writes the table that stands
 * beside it, so nobody depends on seeing it. One file in this folder draws each kind.
 */
export type Chart = Ageing | BurnDown | Curves | Dots | Spent | Strip

type BurnDown = {
  readonly kind: 'burn-down'
  readonly points: readonly BurnPoint[]
  /** Days of the whole month, so that a running one leaves room. */
  readonly days: number
  readonly labels: {
    /** At the end of the line: how much is left. */
    readonly left: string
    /** What an even pace would leave. */
    readonly pace: string
    /** Of the top and the bottom of the axis. */
    readonly full: string
    readonly none: string
  }
}

/** Rows of times, milliseconds, on one axis from a minute to a day. */
type Dots = {
  readonly kind: 'dots'
  readonly rows: readonly {
    readonly label: string
    readonly values: readonly number[]
    readonly median?: number
    /** Times of drills, which are no times of incidents. */
    readonly practice?: true
  }[]
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
}

/** One bar of bad events by cause, in parts per million of its length; the budget may end within it. */
type Spent = {
  readonly kind: 'spent'
  readonly pieces: readonly { readonly on: SpentOn; readonly ppm: number; readonly label: string }[]
  readonly budgetPpm: number
  readonly labels: { readonly whole: string }
}

/** A bar for each day; `over` where it had more bad events than it was allowed. */
type Strip = {
  readonly kind: 'strip'
  readonly bars: readonly { readonly bad: number; readonly over: boolean }[]
  /** Days of the whole month, so that a running one leaves room. */
  readonly days: number
  readonly labels: { readonly most: string; readonly none: string }
}
