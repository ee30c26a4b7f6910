import {
  type BookingNote,
  type Books,
  bookDeltas,
  bookReading,
  DELTA_HORIZON_MS,
  type Entry,
  type Grid,
  type Interval,
  numberOf,
  type Position,
  type Told,
} from '@tabiji/core/ledger'
import type { LedgerStore } from '../../ports/ledger-store.ts'

/** What a group of readings comes to, before any of it is committed. */
export type Group = {
  readonly moved: ReadonlyMap<string, Position>
  readonly entries: readonly Entry[]
  readonly intervals: ReadonlyMap<string, Interval>
  /** On each of the readings, in their order. */
  readonly notes: readonly (readonly BookingNote[])[]
}

type Desk = {
  readonly store: Pick<LedgerStore, 'birth' | 'interval'>
  readonly books: Books
  readonly positions: ReadonlyMap<string, Position>
  readonly rules: { readonly grid: Grid; readonly clockSkewMs: number }
  readonly latest: (now: number) => number
  readonly forgottenUntil: number
  readonly pending: Pending
}

/** Until when accounts are read by a group that is not committed yet, seconds by account. Used again by the next group. */
export type Pending = { until: Float64Array }

export const noPending = (): Pending => ({ until: new Float64Array(0) })

/** Asks core what a group comes to, one reading after the other: each sees what those before it left. */
export function bookGroup(told: readonly Told[], now: number, desk: Desk): Group {
  const { store, books, positions, rules, pending } = desk
  const moved = new Map<string, Position>()
  const intervals = new Map<string, Interval>()
  const entries: Entry[] = []
  pending.until.fill(0)
  const shared = {
    ...rules,
    birth: store.birth,
    now,
    latest: desk.latest(now),
    numberOf: (service: string, of: Parameters<typeof numberOf>[2]) => numberOf(books, service, of),
    coveredUntil: (account: number) => Math.max(pending.until[account] ?? 0, books.coveredUntil[account] ?? 0),
  }
  const notes = told.map((one) => {
    const { id } = one.speaker
    const known = moved.get(id) ?? positions.get(id)
    const seen = (from: bigint, to: bigint) =>
      intervals.get(nameOfInterval(id, from, to))?.series ?? store.interval(id, from, to)
    const forgottenUntil = Math.max(desk.forgottenUntil, now - DELTA_HORIZON_MS)
    const booking =
      'points' in one ? bookDeltas(one, known, { ...shared, seen, forgottenUntil }) : bookReading(one, known, shared)
    // The accounts of the reading have numbers by now, and the books have made room for them.
    if (pending.until.length < books.coveredUntil.length)
      pending.until = grown(pending.until, books.coveredUntil.length)
    for (const entry of booking.entries) {
      if (entry.covered) pending.until[entry.account] = entry.slot.start + entry.slot.width
      entries.push(entry)
    }
    if ('intervals' in booking) {
      for (const each of booking.intervals) intervals.set(nameOfInterval(id, each.from, each.to), each)
    }
    if (booking.position !== undefined) moved.set(id, booking.position)
    return booking.notes
  })
  return { moved, entries, intervals, notes }
}

function grown(old: Float64Array, length: number): Float64Array {
  const made = new Float64Array(length)
  made.set(old)
  return made
}

function nameOfInterval(process: string, from: bigint, to: bigint): string {
  return `${process}\u0000${from}\u0000${to}`
}
