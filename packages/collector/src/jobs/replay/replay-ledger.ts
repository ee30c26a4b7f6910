import {
  type Account,
  accountNumber,
  applyRow,
  type Books,
  COLUMNS,
  type Edge,
  type Entry,
  edgeAt,
  emptyBooks,
  type Grid,
  isCovered,
  isPlaced,
  isReversal,
  moveEdge,
  type StoredRow,
  unpackEntries,
} from '@tabiji/core/ledger'
import type { LedgerView } from '../ledger/ledger.ts'
import { type BookedEvents, createReplayRows, type ReplayRow, type ReplayRowRules } from './replay-rows.ts'

/** The stored books that are replayed. */
export type ReplaySource = {
  /** In the order of their numbers. */
  readonly accounts: readonly Account[]
  /** The latest saved cumulative point at or before the time, seconds. */
  pointBefore(at: number): Edge
  /** Rows of slots that start in [from, to), seconds, ascending by slot and then by id. */
  rows(from: number, to: number): Iterable<StoredRow>
}

/** A ledger whose present is moved by hand through the past. */
export type ReplayLedger = LedgerView & {
  /** Books what has become known by the time, milliseconds. */
  advance(now: number): void
  /** Rows that are known, of slots that start in [from, to), seconds. */
  rows(from: number, to: number): Iterable<ReplayRow>
  /** See `ReplayRows`. */
  booked(): BookedEvents
  widenedAt(at: number): number
}

/**
 * Walks stored books forward, once: each row is added to the total when it becomes known, and passed by each window's edge
 * when that comes to its slot. So a stretch costs its rows and its ticks, whatever the windows are.
 *
 * Where old slots were put together, a window is whole slots: it ends with the last one that is over, and begins at an edge of
 * one. With slots as they were booked, windows begin where the daemon's did.
 */
export function createReplayLedger(source: ReplaySource, rules: Omit<ReplayRowRules, 'isCounted'>): ReplayLedger {
  const { grid, from } = rules
  const isCounted = (account: number) => source.accounts[account]?.role === 'own'
  const rows = createReplayRows(source.rows, { ...rules, isCounted })
  const listeners: ((entries: readonly Entry[]) => void)[] = []
  const base = source.pointBefore(from)
  moveEdge(base, from, source.rows)
  const books = emptyBooks()
  const meet = meeting(books, source.accounts)
  base.rows.forEach((count, i) => {
    if (count !== 0) meet(Math.floor(i / COLUMNS))
  })
  books.total.rows = base.rows.slice()
  const copyAt = (at: number): Edge => {
    const edge = { at: base.at, rows: base.rows.slice() }
    moveEdge(edge, Math.max(at, base.at), rows.known)
    return edge
  }
  const edgeNamed = (name: string, at: number): Edge => {
    const edge = books.edges.get(name) ?? copyAt(at)
    books.edges.set(name, edge)
    if (edge.at !== at) moveEdge(edge, Math.max(at, base.at), rows.known)
    return edge
  }
  return {
    books,
    grid,
    onBooked: (listener) => void listeners.push(listener),
    advance: (now) => {
      for (const row of rows.advance(now)) book(row, books, meet, grid[0].width, listeners)
      leaveBehind(books, base, rows)
    },
    rows: rows.known,
    booked: rows.booked,
    widenedAt: rows.widenedAt,
    windowEdge: (ms, now) => edgeNamed(`window ${ms}`, beginning(grid, ms, now, rows.widenedAt)),
    fixedEdge: edgeNamed,
    pointAt: copyAt,
  }
}

/** Accounts become known in the order of their numbers, each when it is first counted. */
function meeting(books: Books, accounts: readonly Account[]): (number: number) => void {
  return (number) => {
    for (let next = books.accounts.length; next <= number; next++) {
      const account = accounts[next]
      if (account === undefined) throw new RangeError(`Expected account ${next} to be known, got a row that names it`)
      accountNumber(books, account)
    }
  }
}

function book(
  row: ReplayRow,
  books: Books,
  meet: (number: number) => void,
  finest: number,
  listeners: readonly ((entries: readonly Entry[]) => void)[],
): void {
  const end = row.start + row.width
  // What was put together to one slot comes at its end; until the next one is over its service counts as read.
  const readUntil = end + Math.max(0, row.width - finest)
  const entries: Entry[] = []
  unpackEntries(row.body, (account, good, slow, error, excluded, marks) => {
    meet(account)
    const covered = isCovered(marks)
    if (covered && readUntil > (books.coveredUntil[account] ?? 0)) books.coveredUntil[account] = readUntil
    if (listeners.length === 0) return
    const counts = [good, slow, error, excluded] as const
    entries.push({ account, slot: row, counts, covered, placed: isPlaced(marks), reversal: isReversal(marks) })
  })
  applyRow(books.total, row)
  for (const edge of books.edges.values()) if (row.start < edge.at) applyRow(edge, row)
  for (const listener of listeners) listener(entries)
}

/**
 * Lets go of rows that every edge has passed. What comes late for their time is in no window: it would be in the total and in
 * every edge alike.
 */
function leaveBehind(books: Books, base: Edge, rows: ReturnType<typeof createReplayRows>): void {
  const earliest = Math.min(...[...books.edges.values()].map(({ at }) => at))
  if (!Number.isFinite(earliest) || earliest - base.at < 86_400) return
  moveEdge(base, earliest, rows.known)
  rows.leave(earliest)
}

/** Seconds: where a window that ends now begins. */
function beginning(grid: Grid, ms: number, now: number, widenedAt: (at: number) => number): number {
  const plain = edgeAt(grid, ms, now)
  const [wideNow, wideThen] = [widenedAt(Math.floor(now / 1000)), widenedAt(plain)]
  if (wideNow === 0 && wideThen === 0) return plain
  const end = wideNow === 0 ? plain + Math.floor(ms / 1000) : Math.floor(now / 1000 / wideNow) * wideNow
  const begin = end - Math.floor(ms / 1000)
  const width = Math.max(wideThen, grid[0].width)
  return Math.ceil(begin / width) * width
}
