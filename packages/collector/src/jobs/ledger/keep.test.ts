import { join } from 'node:path'
import { calendarRange } from '@tabiji/core/budget'
import type { Grid } from '@tabiji/core/ledger'
import { describe, expect, test } from 'vitest'
import { createLogKeeping } from '../../store/log-keeping.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { atOnce } from '../budget/frozen-books.ts'
import { BIRTH, type LedgerOnFile, openOn, podOf, readingAt, rowsOf, START, sumsOf } from '../testing/ledger-on-file.ts'
import { emptyMonth } from '../testing/month.ts'
import { type KeepRules, keepBooks } from './keep.ts'

const DAY = 86_400
const newFile = () => join(temporaryFolder(), 'books.db')
const after = (seconds: number) => START + seconds * 1000

function rulesOf({ ledger, store, database }: LedgerOnFile, keepDays = 400): KeepRules {
  return {
    ledger,
    store: { ...store, ...createLogKeeping(database) },
    keepMs: keepDays * DAY * 1000,
    timeZone: () => 'Asia/Tokyo',
    cuts: () => [],
    calendars: () => [],
    slices: () => [],
    monthFacts: emptyMonth,
  }
}

/** Runs to its end and says what was done. */
function keep(rules: KeepRules, seconds: number) {
  const run = keepBooks(rules, after(seconds))
  for (;;) {
    const { done, value } = run.next()
    if (done === true) return value
  }
}

/** Five good events in every quarter of a minute, for ten minutes, from so many seconds after the start on. */
function bookTenMinutes({ ledger }: LedgerOnFile, from: number, pod = 'pod-1'): void {
  for (let i = 1; i <= 40; i++) {
    const at = from + 15 * i
    ledger.book([readingAt(at, [5 * i, 0, 0, 0], podOf(pod, after(from)))], after(at))
  }
}

const logOf = ({ store }: LedgerOnFile) => sumsOf(store.rows(0, Number.MAX_SAFE_INTEGER))
const rowsIn = ({ database }: LedgerOnFile) => database.prepare('SELECT count(*) FROM log').pluck().get()
const widths = ({ database }: LedgerOnFile) =>
  database.prepare('SELECT DISTINCT width FROM log ORDER BY width').pluck().all()

describe('keeping the log', () => {
  test('leaves what is young as it is', () => {
    const open = openOn(newFile())
    bookTenMinutes(open, 0)
    expect(keep(rulesOf(open), 3_600)).toMatchObject({ rowsBefore: 0, rowsAfter: 0 })
    expect([rowsIn(open), widths(open)]).toEqual([40, [15]])
    open.close()
  })

  test('makes minutes of what is older, then five minutes, with the same sums', () => {
    const open = openOn(newFile())
    bookTenMinutes(open, 0)
    const sums = logOf(open)
    expect(sums).toEqual([[200, 0, 0, 0, 600]])
    keep(rulesOf(open), 2 * DAY)
    expect([rowsIn(open), widths(open), logOf(open)]).toEqual([12, [15, 45, 60], sums])
    keep(rulesOf(open), 5 * DAY)
    expect([rowsIn(open), logOf(open)]).toEqual([5, sums])
    expect(keep(rulesOf(open), 5 * DAY + 3_600)).toMatchObject({ rowsBefore: 0 })
    open.close()
  })

  test('goes on where it was stopped', () => {
    const open = openOn(newFile())
    const rules = rulesOf(open)
    bookTenMinutes(open, 0)
    const sums = logOf(open)
    const step = { width: 60, before: Math.floor(after(3_600) / 60_000) * 60, cuts: [], upTo: open.store.lastRow() }
    const from = Math.floor(START / 60_000) * 60
    const { to } = rules.store.widen({ ...step, from, mostBytes: 1 })
    expect([to, rules.store.widenedTo(60)]).toEqual([from + 60, from + 60])
    keep(rules, 2 * DAY)
    expect([rowsIn(open), logOf(open)]).toEqual([12, sums])
    open.close()
  })

  test('never gives the number of a row to another: what comes next is in the books after a restart', () => {
    const file = newFile()
    const open = openOn(file)
    bookTenMinutes(open, 45)
    keep(rulesOf(open), 2 * DAY)
    // All rows were old, the newest among them; the next one must not take its number.
    open.ledger.book([readingAt(2 * DAY, [207, 0, 0, 0], podOf('pod-1', after(45)))], after(2 * DAY))
    const total = rowsOf(open.ledger.books.total.rows)
    open.close()
    const again = openOn(file)
    expect(rowsOf(again.ledger.books.total.rows)).toEqual(total)
    expect(logOf(again)).toEqual(total)
    again.close()
  })

  test('takes what comes late for a slot that was widened', () => {
    const open = openOn(newFile())
    bookTenMinutes(open, 0)
    keep(rulesOf(open), 2 * DAY)
    const late = podOf('late', after(60))
    open.ledger.book([readingAt(300, [7, 0, 0, 0], late)], after(2 * DAY))
    expect(logOf(open)[0]?.[0]).toBe(207)
    expect(rowsOf(open.ledger.books.total.rows)).toEqual(logOf(open))
    const point = open.ledger.pointAt(Math.floor(after(2 * DAY) / 1000))
    expect(rowsOf(point.rows)).toEqual(logOf(open))
    open.close()
  })
})

describe('what is older than must be kept', () => {
  const HORIZON = Date.parse('2026-12-01T00:00:00+09:00') / 1000
  /** 60 days after the start, a little in December and a little in January. */
  const December = (HORIZON * 1000 - START) / 1000 + 3 * DAY
  const January = December + 35 * DAY

  function openOld(file: string): LedgerOnFile {
    const open = openOn(file)
    bookTenMinutes(open, 0)
    bookTenMinutes(open, December, 'pod-2')
    open.ledger.checkpoint(after(December + DAY))
    return open
  }

  test('goes by whole months, and its sums stay', () => {
    const file = newFile()
    const open = openOld(file)
    const rules = rulesOf(open, 30)
    const total = rowsOf(open.ledger.books.total.rows)
    const inDecember = rowsOf(open.ledger.books.total.rows, open.ledger.pointAt(HORIZON).rows)
    const kept = keep(rules, January)
    expect(kept).toMatchObject({ months: 2 })
    expect(kept.swept).toBeGreaterThan(0)
    expect(open.store.keptFrom()).toBe(HORIZON)
    expect([...open.store.rows(0, HORIZON)]).toEqual([])
    const check = ({ ledger }: LedgerOnFile) => {
      expect(rowsOf(ledger.books.total.rows)).toEqual(total)
      expect(rowsOf(ledger.books.total.rows, ledger.pointAt(HORIZON).rows)).toEqual(inDecember)
      // Nothing before can be told any more, so every earlier moment is the one from which on all is kept.
      expect(ledger.pointAt(BIRTH / 1000)).toEqual(ledger.pointAt(HORIZON))
    }
    check(open)
    open.close()
    const again = openOn(file)
    check(again)
    again.database.exec('DELETE FROM edge')
    again.close()
    const rebuilt = openOn(file)
    check(rebuilt)
    rebuilt.close()
  })

  test('leaves the facts of its months, as they were told when it went', () => {
    const open = openOld(newFile())
    const rules = rulesOf(open, 30)
    keep(rules, January)
    expect(rules.store.keptMonth('2026-10')).toEqual(atOnce(emptyMonth('2026-10', after(January))))
    expect(rules.store.keptMonth('2026-11')?.month).toBe('2026-11')
    expect(rules.store.keptMonth('2026-12')).toBeUndefined()
    expect(keep(rules, January + DAY)).toMatchObject({ months: 0 })
    open.close()
  })

  test('is added to the sums when more of it comes late, and goes again', () => {
    const file = newFile()
    const open = openOld(file)
    const rules = rulesOf(open, 30)
    keep(rules, January)
    open.ledger.book([readingAt(300, [7, 0, 0, 0], podOf('late', after(60)))], after(January))
    expect(rowsOf(open.ledger.books.total.rows)[0]?.[0]).toBe(407)
    expect(rowsOf(open.ledger.pointAt(HORIZON).rows)[0]?.[0]).toBe(207)
    open.ledger.book([readingAt(January, [0, 3, 0, 0], podOf('pod-3', after(January - 5)))], after(January))
    expect(keep(rules, January + DAY).swept).toBeGreaterThan(0)
    const total = rowsOf(open.ledger.books.total.rows)
    open.close()
    const again = openOn(file)
    expect([rowsOf(again.ledger.books.total.rows), total[0]?.[0]]).toEqual([total, 407])
    again.close()
  })
})

test('the beginning of a week stays an edge where slots become wider than the distance of midnight to a whole hour', () => {
  const week = { kind: 'calendar', count: 1, unit: 'w', from: '2026-10-12' } as const
  const grid: Grid = [
    { fromAgeSeconds: 0, width: 15 },
    { fromAgeSeconds: DAY, width: 3_600 },
  ]
  const zone = 'Asia/Kathmandu'
  const open = openOn(newFile(), BIRTH, grid)
  const monday = calendarRange(week, after(3 * DAY), zone).from
  const first = (monday - START) / 1000 - 300
  bookTenMinutes(open, first)
  const point = () => rowsOf(open.ledger.pointAt(monday / 1000).rows)
  const before = point()
  // What was booked lies on both sides of midnight, to the slot.
  expect(before).toEqual([[95, 0, 0, 0, 285]])
  const rules = { ...rulesOf(open), timeZone: () => zone }
  expect(keep({ ...rules, calendars: () => [week] }, 4 * DAY).rowsBefore).toBeGreaterThan(0)
  expect(point()).toEqual(before)
  open.close()
})
