import { join } from 'node:path'
import { cell, coveredSeconds } from '@tabiji/core/ledger'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { BIRTH, type LedgerOnFile, openOn, podOf, readingAt, rowsOf, START, sumsOf } from '../testing/ledger-on-file.ts'
import type { Ledger } from './ledger.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const newFile = () => join(temporaryFolder(), 'books.db')
const after = (seconds: number) => START + seconds * 1000

function book(ledger: Ledger, seconds: number, ...readings: Parameters<Ledger['book']>[0]) {
  return ledger.book(readings, after(seconds))
}

/** Good events of the first account in a window that ends `seconds` after the start. */
function goodIn(ledger: Ledger, windowMs: number, seconds: number): number {
  return cell(ledger.books.total, 0, 0) - cell(ledger.windowEdge(windowMs, after(seconds)), 0, 0)
}

/** The books as the log has them. */
const logOf = ({ store }: LedgerOnFile) => sumsOf(store.rows(0, Number.MAX_SAFE_INTEGER))

describe('readings of one commit', () => {
  test('of two processes of one account are one line in the log, and its slot was read once', () => {
    const open = openOn(newFile())
    book(open.ledger, 15, readingAt(1, [5, 0, 1, 0], podOf('pod-1')), readingAt(2, [7, 2, 0, 0], podOf('pod-2')))
    expect(logOf(open)).toEqual([[12, 2, 1, 0, 15]])
    expect(rowsOf(open.ledger.books.total.rows)).toEqual(logOf(open))
    expect(open.store.lastRow()).toBe(1)
    open.close()
  })

  test('of one process are booked one after the other', () => {
    const open = openOn(newFile())
    book(open.ledger, 30, readingAt(15, [5, 0, 0, 0]), readingAt(30, [9, 0, 0, 0]), readingAt(15, [5, 0, 0, 0]))
    expect(logOf(open)).toEqual([[9, 0, 0, 0, 30]])
    open.close()
  })

  test('may make good a month in which the collector was down, however many entries that is', () => {
    const open = openOn(newFile())
    const month = 30 * 86_400
    const counts = Array.from({ length: 20 }, (_, i) => 1_000_000 + i)
    const steps = counts.map((count, i) => {
      return { journey: 'measure-feet', step: `step-${i}`, role: 'own', counts: [count, 0, 0, 0] } as const
    })
    book(open.ledger, month, { ...readingAt(month, [0, 0, 0, 0]), steps })
    expect(logOf(open).map(([good]) => good)).toEqual(counts)
    expect(rowsOf(open.ledger.books.total.rows)).toEqual(logOf(open))
    open.close()
  })

  test('give their notes back and keep them', () => {
    const open = openOn(newFile())
    const notes = book(open.ledger, 15, readingAt(15, [5, 0, 0, 0], podOf('old', BIRTH - HOUR)))
    expect(notes).toEqual([{ kind: 'baseline', process: 'old', service: 'scan' }])
    expect(open.database.prepare('SELECT kind, process FROM note').all()).toEqual([
      { kind: 'baseline', process: 'old' },
    ])
    open.close()
  })
})

describe('a commit that finds no room on the disk', () => {
  /** As many pages as there are: the next page that is needed is one too many. */
  const fillDisk = ({ database }: LedgerOnFile) =>
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`)
  const emptyDisk = ({ database }: LedgerOnFile) => database.pragma('max_page_count = 1000000')
  /** More accounts than fit into the pages that there are. */
  const wide = (seconds: number, count: number) => ({
    ...readingAt(seconds, [0, 0, 0, 0], podOf('wide')),
    steps: Array.from({ length: 400 }, (_, i) => {
      const step = `a-step-with-a-long-name-so-that-it-takes-some-room-${i}`
      return { journey: 'measure-feet', step, role: 'own', counts: [count, 0, 0, 0] } as const
    }),
  })

  test('changes neither the books nor the log, and both agree after the next one', () => {
    const file = newFile()
    const open = openOn(file)
    book(open.ledger, 15, readingAt(15, [5, 0, 0, 0]))
    const edge = open.ledger.windowEdge(5 * MINUTE, after(15))
    const before = rowsOf(open.ledger.books.total.rows)
    fillDisk(open)
    expect(() => book(open.ledger, 30, readingAt(30, [9, 0, 0, 0]), wide(30, 3))).toThrow('full')
    expect([rowsOf(open.ledger.books.total.rows), logOf(open)]).toEqual([before, before])
    expect(open.store.accounts()).toHaveLength(1)
    expect(rowsOf(edge.rows)).toEqual([])

    emptyDisk(open)
    book(open.ledger, 45, readingAt(45, [11, 0, 0, 0], podOf('pod-1'), 'upload'), wide(45, 4))
    expect(open.store.accounts()).toEqual(open.ledger.books.accounts)
    expect(open.store.accounts()).toHaveLength(401)
    expect(logOf(open).map(([good]) => good)).toEqual([11, ...new Array(400).fill(4)])
    expect(rowsOf(open.ledger.books.total.rows)).toEqual(logOf(open))
    open.close()

    const again = openOn(file)
    expect(rowsOf(again.ledger.books.total.rows)).toEqual(logOf(again))
    book(again.ledger, 60, readingAt(60, [12, 0, 0, 0]), wide(60, 4))
    expect(logOf(again).map(([good]) => good)).toEqual([12, ...new Array(400).fill(4)])
    again.close()
  })

  test('keeps the numbers of accounts that the failed commit met first', () => {
    const open = openOn(newFile())
    fillDisk(open)
    expect(() => book(open.ledger, 15, wide(15, 1))).toThrow('full')
    emptyDisk(open)
    book(open.ledger, 30, readingAt(30, [5, 0, 0, 0]))
    expect(open.store.accounts()).toEqual(open.ledger.books.accounts)
    expect(logOf(open)[400]).toEqual([5, 0, 0, 0, 30])
    open.close()
  })
})

describe('a daemon that starts again', () => {
  test('has in its edges what was committed after they were saved, for slots before and after them', () => {
    const file = newFile()
    const first = openOn(file)
    book(first.ledger, 15, readingAt(15, [10, 0, 0, 0]))
    book(first.ledger, 300, readingAt(300, [20, 0, 0, 0]))
    expect(goodIn(first.ledger, MINUTE, 300)).toBe(3)
    first.ledger.checkpoint(after(300))
    book(first.ledger, 330, readingAt(330, [22, 0, 0, 0]))
    // A late one: told now, of a slot that the saved edge has passed.
    book(first.ledger, 331, readingAt(60, [100, 0, 0, 0], podOf('spooled')))
    first.close()

    const again = openOn(file)
    expect(rowsOf(again.ledger.books.total.rows)).toEqual(logOf(again))
    const edge = again.ledger.windowEdge(MINUTE, after(331))
    expect(rowsOf(again.ledger.books.total.rows, edge.rows)).toEqual(
      sumsOf(again.store.rows(edge.at, Number.MAX_SAFE_INTEGER)),
    )
    expect(goodIn(again.ledger, 10 * MINUTE, 331)).toBe(122)
    again.close()
  })

  test('does not say of a slot that it was read twice', () => {
    const file = newFile()
    const first = openOn(file)
    book(first.ledger, 1, readingAt(1, [1, 0, 0, 0]))
    first.close()
    const again = openOn(file)
    book(again.ledger, 2, readingAt(2, [2, 0, 0, 0]), readingAt(3, [1, 0, 0, 0], podOf('pod-2')))
    book(again.ledger, 16, readingAt(16, [3, 0, 0, 0]))
    expect(coveredSeconds({ at: 0, rows: new Float64Array(0) }, again.ledger.books.total, 0)).toBe(30)
    again.close()
  })

  test('knows its processes: none is counted whole again', () => {
    const file = newFile()
    const first = openOn(file)
    book(first.ledger, 15, readingAt(15, [10, 0, 0, 0]))
    first.close()
    const again = openOn(file)
    book(again.ledger, 30, readingAt(30, [12, 0, 0, 0]))
    expect(logOf(again)).toEqual([[12, 0, 0, 0, 30]])
    again.close()
  })
})

describe('late entries', () => {
  test('are in the total and in every edge at or after their slot', () => {
    const open = openOn(newFile())
    const now = 2 * 3600
    book(open.ledger, now, readingAt(now, [1, 0, 0, 0], podOf('pod-1', after(now))))
    expect([MINUTE, HOUR, 3 * HOUR].map((window) => goodIn(open.ledger, window, now))).toEqual([1, 1, 1])
    book(open.ledger, now, readingAt(3_700, [50, 0, 0, 0], podOf('spooled', after(3_699))))
    book(open.ledger, now, readingAt(3_500, [700, 0, 0, 0], podOf('spooled-too', after(3_499))))
    expect([MINUTE, HOUR, 3 * HOUR].map((window) => goodIn(open.ledger, window, now))).toEqual([1, 51, 751])
    open.close()
  })

  test('are in the points of all days after them, and in those only', () => {
    const open = openOn(newFile())
    const DAYS = 86_400
    for (const day of [1, 2, 3]) {
      book(open.ledger, day * DAYS, readingAt(day * DAYS, [day, 0, 0, 0]))
      open.ledger.checkpoint(after(day * DAYS))
    }
    const at = (day: number) => Math.floor(after(0) / 1000 / DAYS) * DAYS + day * DAYS
    const before = [1, 2, 3].map((day) => cell(open.ledger.pointAt(at(day)), 0, 0))
    book(open.ledger, 3 * DAYS + 1, readingAt(DAYS + 3600, [1_000, 0, 0, 0], podOf('spooled', after(DAYS + 3599))))
    expect([1, 2, 3].map((day) => cell(open.ledger.pointAt(at(day)), 0, 0))).toEqual([
      before[0],
      (before[1] ?? 0) + 1_000,
      (before[2] ?? 0) + 1_000,
    ])
    open.close()
  })
})

test('a clock that goes back does not blind the windows', () => {
  const open = openOn(newFile())
  book(open.ledger, 7_200, readingAt(7_200, [10, 0, 0, 0], podOf('pod-1', after(7_199))))
  expect(goodIn(open.ledger, 5 * MINUTE, 7_200)).toBe(10)
  // An hour back: what happens now is in the window of now.
  book(open.ledger, 3_600, readingAt(3_600, [15, 0, 0, 0]))
  expect(goodIn(open.ledger, 5 * MINUTE, 3_600)).toBe(15)
  expect(goodIn(open.ledger, 5 * MINUTE, 7_215)).toBe(10)
  open.close()
})

test('an edge that does not move is asked for by its time, and follows when that changes', () => {
  const open = openOn(newFile())
  book(open.ledger, 15, readingAt(15, [10, 0, 0, 0]))
  book(open.ledger, 60, readingAt(60, [40, 0, 0, 0]))
  const at = (seconds: number) => cell(open.ledger.fixedEdge('month 0', after(seconds) / 1000), 0, 0)
  expect([at(15), at(30), at(75), at(30)]).toEqual([0, 10, 40, 10])
  book(open.ledger, 61, readingAt(16, [5, 0, 0, 0], podOf('spooled')))
  expect(at(30)).toBe(10 + 5)
  open.close()
})

test('what is to be said about a reading is said at each one, and written down once', () => {
  const open = openOn(newFile())
  const noted = open.database.prepare('SELECT count(*) FROM note').pluck()
  book(open.ledger, 15, readingAt(15, [1, 0, 0, 0]))
  const stranger = { ...podOf('pod-1'), service: 'shop' }
  const told = [30, 45, 60].map((seconds) => book(open.ledger, seconds, readingAt(seconds, [2, 0, 0, 0], stranger)))
  expect(told.map((notes) => notes.map(({ kind }) => kind))).toEqual(Array(3).fill(['foreign_service']))
  expect(noted.get()).toBe(1)
  open.close()
})
