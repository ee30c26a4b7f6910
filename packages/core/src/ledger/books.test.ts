import { describe, expect, test } from 'vitest'
import type { Counts } from '../journey/index.ts'
import type { Account } from './account.ts'
import {
  accountNumber,
  applyEntries,
  applyRow,
  type Books,
  COLUMNS,
  cell,
  coveredSeconds,
  type Edge,
  emptyBooks,
  type LogRow,
  moveEdge,
} from './books.ts'
import type { Entry } from './entry.ts'
import { packEntries } from './packing.ts'

const UPLOAD: Account = { journey: 'measure-feet', step: 'upload', service: 'scan', role: 'own' }

function entryOf(start: number, counts: Counts, marks: Partial<Entry> = {}): Entry {
  return { account: 0, slot: { start, width: 15 }, counts, covered: true, placed: false, reversal: false, ...marks }
}

/** Entries as rows of a log, and a way to read it between two times as a store does. */
function logOf(...entries: readonly Entry[]) {
  const log: LogRow[] = packEntries(entries).map(({ slot, body }) => ({ ...slot, body }))
  return (from: number, to: number) => log.filter(({ start }) => start >= from && start < to)
}

const rowOf = (edge: Edge, account = 0) => [0, 1, 2, 3, 4].map((column) => cell(edge, account, column))
const edgeAt = (at: number): Edge => ({ at, rows: new Float64Array(0) })

test('an account keeps its number, and another role of the same step is another account', () => {
  const books = emptyBooks()
  expect([accountNumber(books, UPLOAD), accountNumber(books, { ...UPLOAD, role: 'probe' })]).toEqual([0, 1])
  expect([accountNumber(books, { ...UPLOAD }), books.accounts.length]).toEqual([0, 2])
})

test('names cannot be put together so that two accounts are one', () => {
  const books = emptyBooks()
  accountNumber(books, { ...UPLOAD, journey: 'a', step: 'b c' })
  expect(accountNumber(books, { ...UPLOAD, journey: 'a b', step: 'c' })).toBe(1)
})

describe('an entry is added', () => {
  const booksWith = (...edges: readonly number[]): Books => {
    const books = emptyBooks()
    for (const at of edges) books.edges.set(String(at), edgeAt(at))
    return books
  }

  test('to the total and to every edge after its slot begins, however late it comes', () => {
    const books = booksWith(45, 60, 75)
    applyEntries(books, [entryOf(60, [1, 2, 3, 4])])
    applyEntries(books, [entryOf(45, [10, 0, 0, 0])])
    expect(rowOf(books.total)).toEqual([11, 2, 3, 4, 30])
    expect([45, 60, 75].map((at) => rowOf(books.edges.get(String(at)) ?? edgeAt(at))[0])).toEqual([0, 10, 11])
  })

  test('and taken away again by its reversal', () => {
    const books = booksWith(75)
    applyEntries(books, [entryOf(60, [5, 0, 1, 0]), entryOf(60, [5, 0, 1, 0], { reversal: true })])
    expect([rowOf(books.total), rowOf(books.edges.get('75') ?? edgeAt(0))]).toEqual([
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ])
  })

  test('for accounts beyond those that a point has room for', () => {
    const books = booksWith(75)
    applyEntries(books, [entryOf(60, [1, 0, 0, 0], { account: 0 }), entryOf(60, [7, 0, 0, 0], { account: 1_000 })])
    expect([cell(books.total, 0, 0), cell(books.total, 1_000, 0), cell(books.total, 5_000, 0)]).toEqual([1, 7, 0])
    expect(books.total.rows.length % COLUMNS).toBe(0)
  })
})

test('the seconds between two points are those of slots that were read', () => {
  const books = emptyBooks()
  applyEntries(books, [
    entryOf(30, [1, 0, 0, 0]),
    entryOf(45, [1, 0, 0, 0], { covered: false }),
    entryOf(60, [0, 0, 0, 0]),
  ])
  expect(coveredSeconds(edgeAt(0), books.total, 0)).toBe(30)
})

describe('an edge moves', () => {
  const rows = logOf(entryOf(15, [1, 0, 0, 0]), entryOf(30, [2, 0, 0, 0]), entryOf(45, [4, 0, 0, 0]))

  test.each([
    ['nowhere', 30, 1],
    ['forward over the slots before it', 45, 3],
    ['forward past the end of the log', 900, 7],
    ['back, when the clock went back', 15, 0],
  ])('%s', (_, to, events) => {
    const edge = edgeAt(0)
    moveEdge(edge, 30, rows)
    moveEdge(edge, to, rows)
    expect([edge.at, cell(edge, 0, 0)]).toEqual([to, events])
  })

  test('to the same point whichever way it goes', () => {
    const [there, straight] = [edgeAt(0), edgeAt(0)]
    for (const to of [45, 15, 900, 30, 46]) moveEdge(there, to, rows)
    moveEdge(straight, 46, rows)
    expect(rowOf(there)).toEqual(rowOf(straight))
  })

  test('with what was booked twice for one slot', () => {
    const [edge, twice] = [edgeAt(0), logOf(entryOf(15, [1, 0, 0, 0]))]
    moveEdge(edge, 30, (from, to) => [...twice(from, to), ...rows(from, to)])
    expect(cell(edge, 0, 0)).toBe(2)
  })
})

test('a row of the log adds what its entries added', () => {
  const entries = [entryOf(60, [1, 2, 3, 4]), entryOf(60, [9, 9, 9, 9], { account: 3, covered: false })]
  const [books, edge] = [emptyBooks(), edgeAt(90)]
  applyEntries(books, entries)
  for (const row of logOf(...entries)(0, 90)) applyRow(edge, row)
  expect([rowOf(edge), rowOf(edge, 3)]).toEqual([rowOf(books.total), rowOf(books.total, 3)])
})
