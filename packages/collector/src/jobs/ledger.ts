import {
  type Account,
  accountNumber,
  applyEntries,
  applyRow,
  type BookingNote,
  type Books,
  bookReading,
  type Edge,
  type Entry,
  edgeAt,
  emptyBooks,
  type Grid,
  moveEdge,
  type Position,
  packEntries,
  type Reading,
  slotAt,
} from '@tabiji/core/ledger'
import type { LedgerStore } from '../ports/ledger-store.ts'

const DAY_SECONDS = 86_400
const TOTAL = 'total'

/** The ledger at work: the books in memory, and the store that they are committed to first. */
export type Ledger = {
  readonly books: Books
  readonly birth: number
  readonly grid: Grid
  /** Where a process's counters stood when it was last heard. */
  positionOf(process: string): Position | undefined
  /**
   * Books readings in one commit. On return the entries are on disk and in the books; when it throws, neither.
   *
   * @returns what people should be able to find out about the readings.
   */
  book(readings: readonly Reading[], now: number): readonly BookingNote[]
  /** Whoever keeps sums beside the books is told of every entry that came into them, after its commit. */
  onBooked(listener: (entries: readonly Entry[]) => void): void
  /** The cumulative point at which a window of the length begins now. Created when first asked for, then moved along. */
  windowEdge(windowMs: number, now: number): Edge
  /** The cumulative point at a time (seconds) that does not move, such as the beginning of a month. */
  fixedEdge(name: string, at: number): Edge
  /** A cumulative point at any time (seconds), worked out from the nearest saved one. */
  pointAt(at: number): Edge
  /** Saves the edges, so that the next start need not walk the log, and a point for every day that has passed. */
  checkpoint(now: number): void
}

export type LedgerRules = { readonly grid: Grid; readonly clockSkewMs: number }

/** Restores the books from the store: saved edges, then whatever the log holds beyond them. */
export function openLedger(store: LedgerStore, rules: LedgerRules): Ledger {
  const books = restoreBooks(store)
  const positions = new Map(store.positions().map((position) => [position.id, position]))
  restoreCoverage(books, positions.values(), rules.grid)
  const seen = [...positions.values()].reduce((latest, { readAt }) => Math.max(latest, readAt), store.birth)
  const state = { storedAccounts: books.accounts.length, lastPointDay: 0, latest: createLatest(seen) }
  const written = new Set<string>()
  const listeners: ((entries: readonly Entry[]) => void)[] = []
  const pointAt = (at: number): Edge => {
    // What was let go is one point: no earlier moment can be told from it.
    const from = Math.max(at, store.keptFrom())
    const edge = store.pointBefore(from)
    moveEdge(edge, from, (from, to) => store.rows(from, to))
    return edge
  }
  const edgeNamed = (name: string, at: number): Edge => {
    const known = books.edges.get(name)
    if (known !== undefined) return known
    const edge = pointAt(at)
    books.edges.set(name, edge)
    return edge
  }
  return {
    books,
    birth: store.birth,
    grid: rules.grid,
    positionOf: (process) => positions.get(process),
    book: (readings, now) => bookAll(readings, now, { store, books, positions, rules, state, written, listeners }),
    onBooked: (listener) => void listeners.push(listener),
    windowEdge: (windowMs, now) => {
      const name = `window ${windowMs}`
      const begins = edgeAt(rules.grid, windowMs, now)
      const known = books.edges.get(name)
      // Nearly always: it is asked for by each objective, and moves once per slot.
      if (known?.at === begins) return known
      const at = Math.max(begins, store.keptFrom())
      const edge = edgeNamed(name, at)
      moveEdge(edge, at, (from, to) => store.rows(from, to))
      return edge
    },
    fixedEdge: (name, at) => {
      const edge = edgeNamed(name, at)
      if (edge.at === at) return edge
      const moved = pointAt(at)
      books.edges.set(name, moved)
      return moved
    },
    pointAt,
    checkpoint: (now) => {
      const day = Math.floor(now / 1000 / DAY_SECONDS)
      if (day > state.lastPointDay) store.savePoint(pointAt(day * DAY_SECONDS))
      state.lastPointDay = day
      const upTo = store.lastRow()
      const edges = [...books.edges].map(([name, edge]) => ({ name, edge, upTo }))
      store.saveEdges([...edges, { name: TOTAL, edge: books.total, upTo }])
    },
  }
}

function restoreBooks(store: LedgerStore): Books {
  const books = emptyBooks()
  for (const account of store.accounts()) accountNumber(books, account)
  let restored = false
  const keptFrom = store.keptFrom()
  for (const { name, edge, upTo } of store.edges()) {
    if (edge.at < keptFrom) continue
    for (const row of store.rowsAfter(upTo)) if (row.start < edge.at) applyRow(edge, row)
    if (name === TOTAL) {
      books.total.rows = edge.rows
      restored = true
    } else books.edges.set(name, edge)
  }
  if (!restored) {
    books.total.rows = store.pointBefore(keptFrom).rows
    for (const row of store.rows(keptFrom, Number.MAX_SAFE_INTEGER)) applyRow(books.total, row)
  }
  return books
}

/** A process's last reading covered its own slot, so that slot is not covered a second time after a restart. */
function restoreCoverage(books: Books, positions: Iterable<Position>, grid: Grid): void {
  for (const position of positions) {
    const slot = slotAt(grid, position.readAt, position.readAt)
    for (const account of position.counts.keys()) {
      books.coveredUntil[account] = Math.max(books.coveredUntil[account] ?? 0, slot.start + slot.width)
    }
  }
}

type Desk = {
  readonly store: LedgerStore
  readonly books: Books
  readonly positions: Map<string, Position>
  readonly rules: LedgerRules
  readonly state: { storedAccounts: number; readonly latest: (now: number) => number }
  /** Notes that were written down since the start: a target that is late at every reading says so once. */
  readonly written: Set<string>
  readonly listeners: readonly ((entries: readonly Entry[]) => void)[]
}

/** The latest that the clock has shown, carried on by the process's own time, which nobody sets back. */
function createLatest(seen: number): (now: number) => number {
  let latest = seen
  let since = performance.now()
  return (now) => {
    const at = performance.now()
    latest = Math.max(now, Math.floor(latest + at - since))
    since = at
    return latest
  }
}

function bookAll(readings: readonly Reading[], now: number, desk: Desk): readonly BookingNote[] {
  const { store, books, positions, rules, state, written } = desk
  const moved = new Map<string, Position>()
  const covered = new Map<number, number>()
  const entries: Entry[] = []
  const notes: BookingNote[] = []
  const latest = state.latest(now)
  for (const reading of readings) {
    const { id } = reading.speaker
    const booking = bookReading(reading, moved.get(id) ?? positions.get(id), {
      ...rules,
      birth: store.birth,
      now,
      latest,
      numberOf: (account: Account) => accountNumber(books, account),
      coveredUntil: (account) => covered.get(account) ?? books.coveredUntil[account] ?? 0,
    })
    for (const entry of booking.entries) {
      if (entry.covered) covered.set(entry.account, entry.slot.start + entry.slot.width)
      entries.push(entry)
    }
    notes.push(...booking.notes)
    moved.set(id, booking.position)
  }
  store.commit({
    at: now,
    accounts: books.accounts.slice(state.storedAccounts).map((account, i) => ({
      number: state.storedAccounts + i,
      account,
    })),
    slots: packEntries(entries),
    positions: [...moved.values()],
    notes: notes.filter((note) => note.kind === 'reset' || !written.has(nameOf(note))),
  })
  // Only what is on disk goes into the books: after a failed commit both still agree.
  state.storedAccounts = books.accounts.length
  for (const note of notes) written.add(nameOf(note))
  for (const [id, position] of moved) positions.set(id, position)
  applyEntries(books, entries)
  for (const listener of desk.listeners) listener(entries)
  return notes
}

function nameOf({ kind, process, service }: BookingNote): string {
  return `${kind}\u0000${process}\u0000${service}`
}
