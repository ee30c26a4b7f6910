import type { Counts } from '../journey/index.ts'
import type { Entry } from './entry.ts'
import { place } from './placing.ts'
import { type Grid, type Slot, slotsBetween } from './slot.ts'

/** The time in which events happened that were told together, as slots. */
export type Stretch = {
  readonly slots: readonly Slot[]
  /** Milliseconds: its end, so far as that can be. */
  readonly at: number
  /** Whether a slot counts as really read. */
  readonly covers: (slot: Slot) => boolean
  /** The sum is exact, the slot of each event is not. */
  readonly placed: boolean
}

/** From a time to another, milliseconds. A stamp before the first, or ahead of now, comes from a clock that is off. */
export function stretchBetween(since: number, told: number, { grid, now }: StretchRules): Stretch {
  const from = Math.min(since, now)
  const at = Math.min(Math.max(told, from), now)
  const slots = slotsBetween(grid, from, at, now)
  const covers = at > from ? coveredSlots(slots, grid) : () => false
  return { slots, at, covers, placed: slots.length > 1 || at !== told }
}

type StretchRules = { readonly grid: Grid; readonly now: number }

/** Adds the entries of one account: `added` spread over the stretch. @param readUntil seconds; until then it was read */
export function addEntries(
  entries: Entry[],
  { slots, covers, placed }: Stretch,
  account: number,
  added: Counts,
  readUntil: number,
): void {
  const add = (slot: Slot, counts: Counts) => {
    const covered = covers(slot) && slot.start >= readUntil
    // A long stretch of a quiet account would be tens of thousands of entries that say nothing.
    if (covered || counts[0] !== 0 || counts[1] !== 0 || counts[2] !== 0 || counts[3] !== 0) {
      entries.push({ account, slot, counts, covered, placed, reversal: false })
    }
  }
  // A reading that follows the last one closely, which is nearly every one, adds to one slot only.
  const [only] = slots
  if (slots.length === 1 && only !== undefined) add(only, added)
  else for (const [i, counts] of placeCounts(added, slots).entries()) add(slots[i] as Slot, counts)
}

/**
 * Which of the slots between two readings count as really read: all of them when the stretch is at most two slots (a
 * reading that came a little late), otherwise only the one in which the reading was taken. A stretch of no length, such
 * as a reading that is told twice, shows nothing of its slot and is not asked about.
 */
function coveredSlots(slots: readonly Slot[], grid: Grid): (slot: Slot) => boolean {
  const last = slots[slots.length - 1]
  const short = slots.length <= 2 && slots.every((slot) => slot.width === grid[0].width)
  return (slot) => short || slot === last
}

/** The counts spread over the slots, outcome by outcome. */
function placeCounts(counts: Counts, slots: readonly Slot[]): readonly Counts[] {
  const [good, slow, error, excluded] = counts.map((count) => place(count, slots))
  return slots.map((_, i) => [good?.[i] ?? 0, slow?.[i] ?? 0, error?.[i] ?? 0, excluded?.[i] ?? 0])
}
