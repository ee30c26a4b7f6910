import {
  accountNumber,
  applyEntries,
  applyRow,
  type BookingNote,
  type Books,
  DELTA_HORIZON_MS,
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
  type Told,
} from '@tabiji/core/ledger'
import type { LedgerStore } from '../../ports/ledger-store.ts'
import { bookGroup, noPending, type Pending } from './group.ts'

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
  /** The same for whatever processes may say. @returns the notes on each, in their order */
  bookTold(told: readonly Told[], now: number): readonly (readonly BookingNote[])[]
  /** Whoever keeps sums beside the books is told of every entry that came into them, after its commit. */
  onBooked(listener: (entries: readonly Entry[]) => void): void
  /** The cumulative point at which a window of the length begins now. Created when first asked for, then moved along. */
  windowEdge(windowMs: number, now: number): Edge
  /** The cumulative point at a time (seconds) that does not move, such as the beginning of a month. */
  fixedEdge(name: string, at: number): Edge
  /** A cumulative point at any time (seconds), worked out from the nearest one that is saved or in memory. */
  pointAt(at: number): Edge
  /** Saves the edges, so that the next start need not walk the log, and a point for every day that has passed. */
  checkpoint(now: number): void
}

/** What judging needs of a ledger: cumulative points to compare. A replay has one whose present is in the past. */
export type LedgerView = Pick<Ledger, 'books' | 'grid' | 'onBooked' | 'windowEdge' | 'fixedEdge' | 'pointAt'>

export type LedgerRules = { readonly grid: Grid; readonly clockSkewMs: number }

/** Restores the books from the store: saved edges, then whatever the log holds beyond them. */
export function openLedger(store: LedgerStore, rules: LedgerRules): Ledger {
  const books = restoreBooks(store)
  const positions = new Map(store.positions().map((position) => [position.id, position]))
  restoreCoverage(books, positions.values(), rules.grid)
  const seen = [...positions.values()].reduce((latest, { readAt }) => Math.max(latest, readAt), store.birth)
  const state = {
    storedAccounts: books.accounts.length,
    lastPointDay: 0,
    latest: createLatest(seen),
    forgottenUntil: store.forgottenUntil(),
  }
  const listeners: ((entries: readonly Entry[]) => void)[] = []
  const desk: Desk = { store, books, positions, rules, state, written: new Set(), listeners, pending: noPending() }
  const pointAt = (at: number): Edge => {
    // What was let go is one point: no earlier moment can be told from it.
    const from = Math.max(at, store.keptFrom())
    const edge = nearestEdge(books, from) ?? store.pointBefore(from)
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
    book: (readings, now) => bookAll(readings, now, desk).flat(),
    bookTold: (told, now) => bookAll(told, now, desk),
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

/**
 * A copy of an edge in memory that is nearer than the day's saved point can be: from the one that begins the last hour it is a few
 * slots to the minute in which an incident began, and from midnight it may be thousands.
 */
function nearestEdge({ edges }: Books, at: number): Edge | undefined {
  let nearest: Edge | undefined
  let distance = at % DAY_SECONDS
  for (const edge of edges.values()) {
    const far = Math.abs(edge.at - at)
    if (far < distance) {
      nearest = edge
      distance = far
    }
  }
  return nearest === undefined ? undefined : { at: nearest.at, rows: nearest.rows.slice() }
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
    for (const account of position.counts.accounts) {
      books.coveredUntil[account] = Math.max(books.coveredUntil[account] ?? 0, slot.start + slot.width)
    }
  }
}

/**
 * What was read first of a process that ran before the ledger is its baseline and books nothing, but read it was: a service without
 * any entry must not look as if nobody had ever read it. Its slot stays to be covered by the reading after it.
 */
function noteFirstReading(books: Books, { readAt, counts }: Position, grid: Grid): void {
  const { start } = slotAt(grid, readAt, readAt)
  for (const account of counts.accounts) {
    books.coveredUntil[account] = Math.max(books.coveredUntil[account] ?? 0, start)
  }
}

type Desk = {
  readonly store: LedgerStore
  readonly books: Books
  readonly positions: Map<string, Position>
  readonly rules: LedgerRules
  readonly state: { storedAccounts: number; readonly latest: (now: number) => number; forgottenUntil: number }
  /** Notes that were written down since the start: a target that is late at every reading says so once. */
  readonly written: Set<string>
  readonly listeners: readonly ((entries: readonly Entry[]) => void)[]
  readonly pending: Pending
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

/** How long intervals may be due before they are let go: a commit should not delete a few rows each time. */
const FORGET_EVERY_MS = 5 * 60_000

function bookAll(told: readonly Told[], now: number, desk: Desk): readonly (readonly BookingNote[])[] {
  const { store, books, positions, rules, state, written } = desk
  const { moved, entries, intervals, notes } = bookGroup(told, now, { ...desk, ...state })
  const all = notes.flat()
  const due = now - DELTA_HORIZON_MS
  const forgets = intervals.size > 0 && due - state.forgottenUntil >= FORGET_EVERY_MS
  store.commit({
    at: now,
    accounts: books.accounts.slice(state.storedAccounts).map((account, i) => ({
      number: state.storedAccounts + i,
      account,
    })),
    slots: packEntries(entries),
    positions: [...moved.values()],
    notes: all.filter((note) => note.kind === 'reset' || !written.has(nameOf(note))),
    intervals: [...intervals.values()],
    ...(forgets && { forgetUntil: due }),
  })
  // Only what is on disk goes into the books: after a failed commit both still agree.
  state.storedAccounts = books.accounts.length
  if (forgets) state.forgottenUntil = due
  for (const note of all) written.add(nameOf(note))
  for (const [id, position] of moved) {
    if (!positions.has(id)) noteFirstReading(books, position, rules.grid)
    positions.set(id, position)
  }
  applyEntries(books, entries)
  for (const listener of desk.listeners) listener(entries)
  return notes
}

function nameOf({ kind, process, service }: BookingNote): string {
  return `${kind}\u0000${process}\u0000${service}`
}
