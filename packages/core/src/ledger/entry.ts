import type { Counts } from '../journey/index.ts'
import type { Slot } from './slot.ts'

/** Counts by outcome of one account in one slot, with the marks that say how they got there. */
export type Entry = {
  /** Number of the account in the books. */
  readonly account: number
  readonly slot: Slot
  readonly counts: Counts
  /** The slot was really read: both ends of the stretch that holds it are known. At most one entry per slot says so. */
  readonly covered: boolean
  /** Spread over a stretch in which no reading was taken: the sum is exact, the slot is not. */
  readonly placed: boolean
  /** Takes events away again, to place them elsewhere. */
  readonly reversal: boolean
}
