import type { Edge } from '@tabiji/core/ledger'
import type { MonthFacts } from '@tabiji/core/report'

/** A stretch of the log whose rows may be written again in wider slots. Seconds; both ends are multiples of the width. */
export type Widening = {
  readonly width: number
  readonly from: number
  readonly before: number
  /** Moments whose cumulative points must stay what they are. Those of saved points are added to them. */
  readonly cuts: readonly number[]
  /** Only rows up to this one are touched: those that are in the saved edges already. */
  readonly upTo: number
  /** About how much is read in one transaction; at least one wide slot is. */
  readonly mostBytes: number
}

/** What one transaction came to. */
export type Widened = { readonly to: number; readonly rowsBefore: number; readonly rowsAfter: number }

/** Entries that are let go: everything in slots before `point`, which holds what they came to. */
export type Forgetting = { readonly point: Edge; readonly months: readonly MonthFacts[] }

/**
 * Keeps the log from growing for ever. Sums never change by it: wider slots hold what the narrow ones held, and what is let go is
 * in a point that stays.
 */
export interface LogKeeping {
  /** Beginning of the first slot in the log, seconds; absent for an empty log. */
  firstSlot(): number | undefined
  /** Up to where slots were widened to a width, seconds; 0 at first. */
  widenedTo(width: number): number
  /**
   * Writes the next part of a stretch in wider slots and remembers how far it came, in one transaction. A new row takes the
   * place of the newest of those that it is made of, so it is in the saved edges as they were, and `up_to` stays true.
   */
  widen(stretch: Widening): Widened
  /** Keeps the months' facts and the point, and marks everything before it as let go, in one transaction. */
  forget(forgetting: Forgetting): void
  /** Deletes rows that were let go, up to the row `upTo`. @returns how many; fewer than `most` when no more are there */
  sweep(upTo: number, most: number): number
  /** A month as it was told when its entries were let go. */
  keptMonth(month: string): MonthFacts | undefined
}
