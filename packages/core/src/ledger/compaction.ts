import type { Counts } from '../journey/index.ts'
import type { LogRow } from './books.ts'
import type { Entry } from './entry.ts'
import { isCovered, isPlaced, isReversal, type PackedSlot, packEntries, unpackEntries } from './packing.ts'
import type { Grid, Slot } from './slot.ts'

/** Old entries that may be kept in wider slots: those of slots that end at or before `before`, a multiple of `width`. */
export type WideningDue = { readonly width: number; readonly before: number }

/**
 * Which stretches of the log may be kept wider now, the narrower first. A tier's age alone is not enough: a clock that goes back
 * moves the edges of windows back, and an edge must never come to lie inside a slot that was widened.
 *
 * @param now milliseconds; @param reserveSeconds how far the clock may go back
 */
export function wideningDue(grid: Grid, now: number, reserveSeconds: number): readonly WideningDue[] {
  const seconds = Math.floor(now / 1000) - reserveSeconds
  return grid
    .slice(1)
    .map(({ width, fromAgeSeconds }) => ({ width, before: Math.floor((seconds - fromAgeSeconds) / width) * width }))
}

/**
 * Whether the rows of a wide slot may become one. Widening moves what was booked in the slot to the slot's beginning, so a
 * cumulative point inside it would change: a wide slot with such a moment in its middle stays as it is.
 *
 * @param cuts seconds, moments whose cumulative points must stay what they are
 */
export function mayWiden({ start, width }: Slot, cuts: readonly number[]): boolean {
  return !cuts.some((cut) => cut > start && cut < start + width)
}

/** What the rows say of one account: counts, and for how many seconds the slot was really read. */
type Sum = { account: number; reversal: boolean; counts: number[]; placed: boolean; covered: number }

/**
 * The same sums in one wide slot. Counts add up; an account is marked *placed* when any part of it was, because then it is not
 * certain that all happened where it is booked; seconds that were read add up.
 *
 * An account that was read for the whole slot is marked *covered* in it. One that was read for a part of it has its counts
 * there without the mark, and the mark with no counts in a further slot that begins together with the wide one and is as
 * wide as the time that was read. So no second is covered that was not, and whoever adds up the log finds what was there.
 *
 * @param rows all rows of slots that begin inside the wide one and end by its end
 */
export function widenRows(slot: Slot, rows: Iterable<LogRow>): readonly PackedSlot[] {
  const entries: Entry[] = []
  for (const { account, reversal, counts, placed, covered } of sumRows(rows)) {
    const whole = covered === slot.width
    const [good = 0, slow = 0, error = 0, excluded = 0] = counts
    const entry = { account, slot, counts: [good, slow, error, excluded] as const, covered: whole, placed, reversal }
    entries.push(entry)
    if (whole || covered === 0) continue
    const read = { start: slot.start, width: covered }
    entries.push({ ...entry, slot: read, counts: NOTHING, covered: true, placed: false })
  }
  return packEntries(entries)
}

const NOTHING: Counts = [0, 0, 0, 0]

function sumRows(rows: Iterable<LogRow>): Iterable<Sum> {
  const sums = new Map<number, Sum>()
  for (const { body, width } of rows) {
    unpackEntries(body, (account, good, slow, error, excluded, marks) => {
      const reversal = isReversal(marks)
      const key = account * 2 + Number(reversal)
      let sum = sums.get(key)
      if (sum === undefined) {
        sum = { account, reversal, counts: [0, 0, 0, 0], placed: false, covered: 0 }
        sums.set(key, sum)
      }
      const { counts } = sum
      counts[0] = (counts[0] ?? 0) + good
      counts[1] = (counts[1] ?? 0) + slow
      counts[2] = (counts[2] ?? 0) + error
      counts[3] = (counts[3] ?? 0) + excluded
      sum.placed ||= isPlaced(marks)
      if (isCovered(marks)) sum.covered += width
    })
  }
  return sums.values()
}
