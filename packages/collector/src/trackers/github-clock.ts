import { SECOND } from '@tabiji/core/time'

/** Clocks that agree so far are taken as the same: more cannot be told from a header that has whole seconds. */
const SAME_MS = 2 * SECOND

/**
 * By how much the clock of a server is ahead of ours, milliseconds.
 *
 * @param date what its header `Date` says; it was written at some instant between `sent` and `got`
 */
export function aheadOf(date: number, sent: number, got: number): number {
  const [least, most] = [date - got, date + SECOND - 1 - sent]
  return least <= SAME_MS && most >= -SAME_MS ? 0 : Math.round((least + most) / 2)
}
