import { join } from 'node:path'
import { type Entry, type Position, packEntries } from '@tabiji/core/ledger'
import { describe, expect, test } from 'vitest'
import { sumsOf } from '../jobs/testing/ledger-on-file.ts'
import type { LedgerCommit } from '../ports/ledger-store.ts'
import { openDatabase } from './database.ts'
import { createLedgerStore } from './ledger-store.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const NOW = Date.parse('2026-10-10T12:00:00Z')
const DAY = 86_400

function openStore(file = join(temporaryFolder(), 'books.db')) {
  const open = openDatabase(file, NOW)
  return { file, ...open, store: createLedgerStore(open.database) }
}

const UPLOAD = { journey: 'measure-feet', step: 'upload', service: 'scan', role: 'own' } as const
const POSITION: Position = {
  id: 'pod-1',
  identified: true,
  service: 'scan',
  startedAt: NOW - 5,
  readAt: NOW,
  baseline: false,
  endedAt: NOW + 1,
  counts: { accounts: [0, 300], counts: [Number.MAX_SAFE_INTEGER, 0, 7, 1, 1, 2, 3, 4] },
}

function entryOf(start: number, good: number, account = 0): Entry {
  const marks = { covered: true, placed: false, reversal: false }
  return { account, slot: { start, width: 15 }, counts: [good, 0, 0, 0], ...marks }
}

function commitOf(entries: readonly Entry[], rest: Partial<LedgerCommit> = {}): LedgerCommit {
  return { at: NOW, accounts: [], slots: packEntries(entries), positions: [], notes: [], intervals: [], ...rest }
}

describe('what is committed is there after a restart', () => {
  test('accounts by their numbers, positions to the last event, and notes', () => {
    const { file, store, close } = openStore()
    const other = { ...UPLOAD, step: 'start' }
    const unidentified: Position = {
      id: 'a',
      identified: false,
      service: 'scan',
      readAt: 1,
      baseline: true,
      counts: { accounts: [], counts: [] },
    }
    store.commit(
      commitOf([], {
        accounts: [
          { number: 0, account: UPLOAD },
          { number: 1, account: other },
        ],
        positions: [POSITION, unidentified],
        notes: [{ kind: 'baseline', process: 'a', service: 'scan' }],
      }),
    )
    close()
    const again = openStore(file)
    expect(again.store.accounts()).toEqual([UPLOAD, other])
    expect(again.store.positions().toSorted((a, b) => b.id.localeCompare(a.id))).toEqual([POSITION, unidentified])
    expect(again.database.prepare('SELECT kind, process, service FROM note').all()).toEqual([
      { kind: 'baseline', process: 'a', service: 'scan' },
    ])
    again.close()
  })

  test('edges, the one without a time too, and only those that were saved last', () => {
    const { file, store, close } = openStore()
    const edge = { at: 90, rows: Float64Array.of(1, 2, 3, 4, 15) }
    store.saveEdges([{ name: 'window 5', edge, upTo: 1 }])
    store.saveEdges([
      { name: 'month 0', edge, upTo: 3 },
      { name: 'total', edge: { at: Number.POSITIVE_INFINITY, rows: edge.rows }, upTo: 3 },
    ])
    close()
    const again = openStore(file)
    expect(again.store.edges()).toEqual([
      { name: 'month 0', edge, upTo: 3 },
      { name: 'total', edge: { at: Number.POSITIVE_INFINITY, rows: edge.rows }, upTo: 3 },
    ])
    again.close()
  })

  test('revisions, oldest first', () => {
    const { store, close } = openStore()
    store.saveRevision({ at: 20, fingerprint: 'b', targets: { 'measure-feet/availability': 998_000 } })
    store.saveRevision({ at: 10, fingerprint: 'a', targets: { 'measure-feet/availability': 999_000 } })
    expect(store.revisions().map(({ at, fingerprint }) => [at, fingerprint])).toEqual([
      [10, 'a'],
      [20, 'b'],
    ])
    close()
  })
})

describe('the log', () => {
  test('is read by slot, whatever order its rows came in, the later row of a slot last', () => {
    const { store, close } = openStore()
    store.commit(commitOf([entryOf(60, 1), entryOf(45, 2)]))
    store.commit(commitOf([entryOf(30, 4), entryOf(60, 8)]))
    const rows = [...store.rows(30, 61)]
    expect(rows.map(({ start }) => start)).toEqual([30, 45, 60, 60])
    expect(rows.map((row) => sumsOf([row])[0]?.[0])).toEqual([4, 2, 1, 8])
    expect([...store.rows(31, 60)].map(({ start }) => start)).toEqual([45])
    close()
  })

  test('is read by what was committed after a row', () => {
    const { store, close } = openStore()
    expect(store.lastRow()).toBe(0)
    store.commit(commitOf([entryOf(60, 1), entryOf(75, 2)]))
    const upTo = store.lastRow()
    store.commit(commitOf([entryOf(30, 4)]))
    expect([...store.rowsAfter(upTo)].map(({ start }) => start)).toEqual([30])
    expect([...store.rowsAfter(0)].map(({ start }) => start)).toEqual([60, 75, 30])
    expect([...store.rowsAfter(store.lastRow())]).toEqual([])
    close()
  })
})

describe('points', () => {
  const firstGood = (rows: Float64Array) => rows[0] ?? 0

  test('are found by the time before which they lie, and there is nothing before the first', () => {
    const { store, close } = openStore()
    for (const day of [1, 2]) store.savePoint({ at: day * DAY, rows: Float64Array.of(day, 0, 0, 0, 0) })
    const found = [DAY - 1, DAY, 2 * DAY - 1, 2 * DAY, 9 * DAY].map((at) => store.pointBefore(at))
    expect(found.map(({ at, rows }) => [at / DAY, firstGood(rows)])).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
      [2, 2],
      [2, 2],
    ])
    close()
  })

  test('grow by what comes late for a slot before them, and by nothing else', () => {
    const { store, close } = openStore()
    for (const day of [1, 2, 3]) store.savePoint({ at: day * DAY, rows: new Float64Array(0) })
    store.commit(commitOf([entryOf(DAY, 5), entryOf(2 * DAY - 15, 2), entryOf(3 * DAY, 100), entryOf(DAY, 1, 9)]))
    const good = [1, 2, 3].map((day) => firstGood(store.pointBefore(day * DAY).rows))
    expect(good).toEqual([0, 7, 7])
    expect(store.pointBefore(2 * DAY).rows[9 * 5]).toBe(1)
    close()
  })
})

describe('a commit that fails', () => {
  const everything = (database: ReturnType<typeof openStore>['database']) =>
    ['account', 'process', 'log', 'note', 'point'].map((table) => database.prepare(`SELECT * FROM ${table}`).all())

  test.each<[string, Partial<LedgerCommit>]>([
    ['at its accounts', { accounts: [{ number: 0, account: UPLOAD }] }],
    ['at its positions', { positions: [POSITION, { ...POSITION, id: 'pod-2', readAt: 0.5 }] }],
  ])('%s leaves nothing of itself', (_, broken) => {
    const { database, store, close } = openStore()
    store.commit(commitOf([entryOf(60, 1)], { accounts: [{ number: 0, account: UPLOAD }], positions: [POSITION] }))
    store.savePoint({ at: 90, rows: new Float64Array(0) })
    const before = everything(database)
    const notes = [{ kind: 'stale', process: 'a', service: 'scan' }] as const
    expect(() => store.commit(commitOf([entryOf(60, 2)], { notes, ...broken }))).toThrow()
    expect(everything(database)).toEqual(before)
    store.commit(commitOf([entryOf(60, 4)]))
    expect(sumsOf(store.rows(0, 90))[0]?.[0]).toBe(5)
    close()
  })
})
