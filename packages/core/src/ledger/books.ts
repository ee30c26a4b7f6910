import { OUTCOMES } from '../journey/index.ts'
import type { Account } from './account.ts'
import type { Entry } from './entry.ts'
import { isCovered, isReversal, unpackEntries } from './packing.ts'
import type { Role } from './reading.ts'

/** Columns of a row of cumulative numbers: one per outcome, then the seconds that were really read. */
export const COLUMNS = OUTCOMES.length + 1
const COVERED_SECONDS = OUTCOMES.length

/** A cumulative point: everything booked in slots that start before `at` (seconds). Rows of {@link COLUMNS} by account. */
export type Edge = { at: number; rows: Float64Array }

/**
 * The books in memory: what all accounts come to, and the same at each window edge. Any window is the difference of two
 * cumulative points, so it costs the same at any length. Everything here can be rebuilt from the log.
 */
export type Books = {
  readonly accounts: Account[]
  readonly numbers: AccountNumbers
  /** Everything ever booked. */
  readonly total: Edge
  /** Window edges by name. */
  readonly edges: Map<string, Edge>
  /** Per account, the end (seconds) of the last slot that was really read. */
  coveredUntil: Float64Array
}

/** By service, role, journey and step in turn: a look at each costs less than to put together one text of all four. */
type AccountNumbers = Map<string, Map<Role, Map<string, Map<string, number>>>>

/** A row of the log, as a store yields it. */
export type LogRow = { readonly start: number; readonly width: number; readonly body: Uint8Array }

export function emptyBooks(): Books {
  return {
    accounts: [],
    numbers: new Map(),
    total: { at: Number.POSITIVE_INFINITY, rows: new Float64Array(0) },
    edges: new Map(),
    coveredUntil: new Float64Array(0),
  }
}

/** The account's number; a new account gets the next one. Numbers are part of the log and never change. */
export function accountNumber(books: Books, account: Account): number {
  return numberOf(books, account.service, account)
}

/** The same for who has the service by itself: a hundred accounts of a reading are looked up without an object for each. */
export function numberOf(books: Books, service: string, { journey, step, role }: Omit<Account, 'service'>): number {
  const known = books.numbers.get(service)?.get(role)?.get(journey)?.get(step)
  if (known !== undefined) return known
  const number = books.accounts.push({ journey, step, service, role }) - 1
  const ofService = entryOf(books.numbers, service)
  entryOf(entryOf(ofService, role), journey).set(step, number)
  if (number >= books.coveredUntil.length) books.coveredUntil = longer(books.coveredUntil, number + 1, 1)
  return number
}

function entryOf<Key, Value extends Map<unknown, unknown>>(map: Map<Key, Value>, key: Key): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = new Map() as Value
  map.set(key, made)
  return made
}

/** Adds committed entries to the total and to every edge at or after their slot. */
export function applyEntries(books: Books, entries: readonly Entry[]): void {
  for (const entry of entries) {
    const end = entry.slot.start + entry.slot.width
    addEntry(books.total, entry)
    for (const edge of books.edges.values()) if (entry.slot.start < edge.at) addEntry(edge, entry)
    if (entry.covered && end > (books.coveredUntil[entry.account] ?? 0)) books.coveredUntil[entry.account] = end
  }
}

/** Adds one row of the log to a cumulative point; the caller sees to it that the row's slot starts before the point. */
export function applyRow(edge: Edge, row: LogRow): void {
  addRow(edge, row, 1)
}

/**
 * Moves an edge to `to` by the log's rows whose slots start in between: adds them on the way forward, and takes the same
 * ones away when the clock went back. An edge that stayed ahead would hide all that is booked until the clock is there.
 */
export function moveEdge(edge: Edge, to: number, rows: (from: number, to: number) => Iterable<LogRow>): void {
  if (to > edge.at) for (const row of rows(edge.at, to)) addRow(edge, row, 1)
  if (to < edge.at) for (const row of rows(to, edge.at)) addRow(edge, row, -1)
  edge.at = to
}

/** Seconds really read of an account between two cumulative points. */
export function coveredSeconds(from: Edge, to: Edge, account: number): number {
  const at = account * COLUMNS + COVERED_SECONDS
  return (to.rows[at] ?? 0) - (from.rows[at] ?? 0)
}

/** The number in a column of an account's row; zero for an account that the point does not know yet. */
export function cell(edge: Edge, account: number, column: number): number {
  return edge.rows[account * COLUMNS + column] ?? 0
}

function addEntry(edge: Edge, entry: Entry): void {
  const sign = entry.reversal ? -1 : 1
  const rows = rowsFor(edge, entry.account)
  const at = entry.account * COLUMNS
  for (let i = 0; i < OUTCOMES.length; i++) rows[at + i] = (rows[at + i] ?? 0) + sign * (entry.counts[i] ?? 0)
  if (entry.covered) rows[at + COVERED_SECONDS] = (rows[at + COVERED_SECONDS] ?? 0) + sign * entry.slot.width
}

function addRow(edge: Edge, { body, width }: LogRow, direction: 1 | -1): void {
  unpackEntries(body, (account, good, slow, error, excluded, marks) => {
    const sign = isReversal(marks) ? -direction : direction
    const rows = rowsFor(edge, account)
    const at = account * COLUMNS
    rows[at] = (rows[at] ?? 0) + sign * good
    rows[at + 1] = (rows[at + 1] ?? 0) + sign * slow
    rows[at + 2] = (rows[at + 2] ?? 0) + sign * error
    rows[at + 3] = (rows[at + 3] ?? 0) + sign * excluded
    if (isCovered(marks)) rows[at + COVERED_SECONDS] = (rows[at + COVERED_SECONDS] ?? 0) + sign * width
  })
}

function rowsFor(edge: Edge, account: number): Float64Array {
  if ((account + 1) * COLUMNS > edge.rows.length) edge.rows = longer(edge.rows, account + 1, COLUMNS)
  return edge.rows
}

/** At least doubles, so that growing account by account stays cheap. */
function longer(old: Float64Array, accounts: number, columns: number): Float64Array {
  const wider = new Float64Array(Math.max(accounts, 8, (old.length / columns) * 2) * columns)
  wider.set(old)
  return wider
}
