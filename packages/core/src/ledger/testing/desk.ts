import type { Counts } from '../../journey/index.ts'
import { type Booking, type BookingRules, bookReading } from '../booking.ts'
import { applyEntries, type Books, emptyBooks, type LogRow, numberOf } from '../books.ts'
import { bookDeltas, DELTA_HORIZON_MS, type DeltaBooking } from '../delta.ts'
import type { Entry } from '../entry.ts'
import { packEntries } from '../packing.ts'
import type { Position } from '../position.ts'
import type { DeltaReading, Reading } from '../reading.ts'
import type { Grid } from '../slot.ts'
import { GRID } from './grids.ts'

export const BIRTH = Date.parse('2026-10-10T09:00:00Z')

/** Books readings in memory, one per commit: what a collector does, without its store. */
export type Desk = {
  readonly books: Books
  readonly positions: Map<string, Position>
  readonly log: LogRow[]
  readonly entries: Entry[]
  book(reading: Reading, now: number, latest?: number): Booking
  bookDeltas(told: DeltaReading, now: number): DeltaBooking
  /** Everything booked of an account number, by outcome. */
  booked(account: number): readonly number[]
}

export function openDesk({ grid = GRID, birth = BIRTH, clockSkewMs = 5_000 } = {} as Partial<DeskRules>): Desk {
  const books = emptyBooks()
  const positions = new Map<string, Position>()
  const log: LogRow[] = []
  const all: Entry[] = []
  const sums = new Map<number, readonly number[]>()
  const intervals = new Map<string, readonly number[]>()
  const rulesAt = (now: number, latest = now): BookingRules => ({
    grid,
    birth,
    clockSkewMs,
    now,
    latest,
    numberOf: (service, of) => numberOf(books, service, of),
    coveredUntil: (account) => books.coveredUntil[account] ?? 0,
  })
  const keep = (entries: readonly Entry[]) => {
    log.push(...packEntries(entries).map(({ slot, body }) => ({ ...slot, body })))
    applyEntries(books, entries)
    for (const entry of entries) {
      all.push(entry)
      sums.set(entry.account, plus(sums.get(entry.account), entry.counts))
    }
  }
  return {
    books,
    positions,
    log,
    entries: all,
    book: (reading, now, latest = now) => {
      const booking = bookReading(reading, positions.get(reading.speaker.id), rulesAt(now, latest))
      positions.set(reading.speaker.id, booking.position)
      keep(booking.entries)
      return booking
    },
    bookDeltas: (told, now) => {
      const { id } = told.speaker
      const seen = (from: bigint, to: bigint) => intervals.get(`${id} ${from} ${to}`) ?? []
      const rules = { ...rulesAt(now), seen, forgottenUntil: now - DELTA_HORIZON_MS }
      const booking = bookDeltas(told, positions.get(id), rules)
      if (booking.position !== undefined) positions.set(id, booking.position)
      for (const { from, to, series } of booking.intervals) intervals.set(`${id} ${from} ${to}`, series)
      keep(booking.entries)
      return booking
    },
    booked: (account) => sums.get(account) ?? [0, 0, 0, 0],
  }
}

function plus(sum: readonly number[] = [0, 0, 0, 0], counts: Counts): readonly number[] {
  return counts.map((count, i) => count + (sum[i] ?? 0))
}

type DeskRules = { readonly grid: Grid; readonly birth: number; readonly clockSkewMs: number }
