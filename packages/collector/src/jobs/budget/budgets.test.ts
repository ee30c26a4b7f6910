import { join } from 'node:path'
import type { CompiledObjective } from '@tabiji/core/budget'
import type { Definition, Objective, Step } from '@tabiji/core/journey'
import { monthRange } from '@tabiji/core/time'
import { describe, expect, test } from 'vitest'
import type { Revision } from '../../ports/ledger-store.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { openOn, podOf, rowsOf } from '../testing/ledger-on-file.ts'
import { calendarParts, createJudge, type Judge, spendingNow, windowRows } from './budgets.ts'

const ZONE = 'Asia/Tokyo'
const NOVEMBER = monthRange('2026-11', ZONE)
const HOUR = 3_600_000
const DAY = 24 * HOUR
const ID = 'measure-feet/availability'

function definitionOf(window: Objective['window']): Definition {
  const statuses = { good: [], bad: [], excluded: [] }
  const step: Step = { name: 'upload', kind: 'http', routes: [], withinMs: 1_000, clock: 'request', statuses }
  const objective: Objective = { name: 'availability', indicator: 'availability', targetPpm: 999_000, window }
  const title = { en: 'Measure', ja: '計測' }
  const journey = { name: 'measure-feet', title, tier: 1, objectives: [objective], steps: [step] } as const
  return { timeZone: ZONE, classes: {}, journeys: [journey], fingerprint: '0123456789abcdef' }
}

/** A ledger that was born two months before, with a way to book events of one moment. */
function openBooks() {
  const birth = NOVEMBER.from - 61 * DAY
  const open = openOn(join(temporaryFolder(), 'books.db'), birth)
  let lives = 0
  return {
    ...open,
    book: (at: number, good: number, error = 0, now = at) => {
      const steps = [{ journey: 'measure-feet', step: 'upload', role: 'own', counts: [good, 0, error, 0] }] as const
      open.ledger.book([{ speaker: podOf(`life-${lives++}`, at - 1), at, steps }], now)
    },
  }
}

function judgeOf(ledger: Ledger, window: Objective['window'], ...revisions: readonly (readonly [number, number])[]) {
  const history = revisions.map(
    ([at, targetPpm], i): Revision => ({ at, fingerprint: `${i}`, targets: { [ID]: targetPpm } }),
  )
  const judge = createJudge(definitionOf(window), ledger, history)
  return { judge, compiled: judge.evaluator.objectives[0] as CompiledObjective }
}

const MONTH = { kind: 'month' } as const

describe('what is spent of a calendar month', () => {
  test('begins at midnight of the file’s zone, and anew with the next month', () => {
    const { ledger, book, close } = openBooks()
    book(NOVEMBER.from - 15_000, 1_000, 500)
    book(NOVEMBER.from, 100_000, 40)
    book(NOVEMBER.to - 15_000, 100_000, 60)
    const { judge, compiled } = judgeOf(ledger, MONTH)
    expect(spendingNow(judge, compiled, NOVEMBER.from - 1)).toMatchObject({ bad: 600 })
    expect(spendingNow(judge, compiled, NOVEMBER.to - 1)).toMatchObject({ bad: 100, valid: 200_100, leftPpm: 500_249 })
    book(NOVEMBER.to, 1_000)
    expect(spendingNow(judge, compiled, NOVEMBER.to)).toMatchObject({ bad: 0, valid: 1_000, leftPpm: 1_000_000 })
    close()
  })

  test('is not touched by what comes late for the month before', () => {
    const { ledger, book, close } = openBooks()
    const { judge, compiled } = judgeOf(ledger, MONTH)
    book(NOVEMBER.from + HOUR, 1_000, 1)
    expect(spendingNow(judge, compiled, NOVEMBER.from + HOUR)).toMatchObject({ bad: 1, valid: 1_001 })
    book(NOVEMBER.from - HOUR, 0, 700, NOVEMBER.from + HOUR)
    book(NOVEMBER.from + HOUR / 2, 0, 5, NOVEMBER.from + HOUR)
    expect(spendingNow(judge, compiled, NOVEMBER.from + HOUR)).toMatchObject({ bad: 6, valid: 1_006 })
    close()
  })

  test('is known to a judge that was asked for nothing else before', () => {
    const { ledger, book, close } = openBooks()
    book(NOVEMBER.from + HOUR, 900, 100)
    const { judge, compiled } = judgeOf(ledger, MONTH)
    expect(spendingNow(judge, compiled, NOVEMBER.from + HOUR)).toMatchObject({ bad: 100, valid: 1_000 })
    close()
  })
})

describe('what is spent of a fortnight', () => {
  const FORTNIGHT = { kind: 'calendar', count: 2, unit: 'w', from: '2026-11-09' } as const
  const BEGIN = Date.parse('2026-11-09T00:00:00+09:00')

  test('begins at midnight of the first date, and anew every two weeks', () => {
    const { ledger, book, close } = openBooks()
    book(BEGIN - 15_000, 1_000, 500)
    book(BEGIN, 100_000, 40)
    book(BEGIN + 14 * DAY - 15_000, 100_000, 60)
    const { judge, compiled } = judgeOf(ledger, FORTNIGHT)
    expect(spendingNow(judge, compiled, BEGIN - 1)).toMatchObject({ bad: 600 })
    expect(spendingNow(judge, compiled, BEGIN + 14 * DAY - 1)).toMatchObject({ bad: 100, leftPpm: 500_249 })
    book(BEGIN + 14 * DAY, 1_000)
    expect(spendingNow(judge, compiled, BEGIN + 14 * DAY)).toMatchObject({ bad: 0, valid: 1_000, leftPpm: 1_000_000 })
    close()
  })

  test('is the sum of what each target allowed in it, and the next one knows the last target only', () => {
    const { ledger, book, close } = openBooks()
    const changed = BEGIN + 3 * DAY
    const { judge, compiled } = judgeOf(ledger, FORTNIGHT, [BEGIN - DAY, 999_000], [changed, 990_000])
    book(BEGIN + DAY, 99_990, 10)
    book(changed + DAY, 9_980, 20)
    const told = spendingNow(judge, compiled, changed + DAY)
    expect(told).toMatchObject({ bad: 30, valid: 110_000, allowedMillionths: 100_000 * 1_000 + 10_000 * 10_000 })
    book(BEGIN + 14 * DAY, 1_000)
    expect(spendingNow(judge, compiled, BEGIN + 14 * DAY)).toMatchObject({ allowedMillionths: 1_000 * 10_000 })
    close()
  })

  test('is the same after a restart, with what came late for its first day', () => {
    const file = join(temporaryFolder(), 'fortnight.db')
    const open = openOn(file, BEGIN - 10 * DAY)
    const pod = podOf('pod', BEGIN - 10 * DAY)
    const told = (at: number, error: number) => ({
      speaker: pod,
      at,
      steps: [{ journey: 'measure-feet', step: 'upload', role: 'own', counts: [1_000, 0, error, 0] }] as const,
    })
    open.ledger.book([told(BEGIN - 15_000, 1)], BEGIN - 15_000)
    open.ledger.book([told(BEGIN + HOUR, 5)], BEGIN + HOUR)
    const first = judgeOf(open.ledger, FORTNIGHT)
    const before = spendingNow(first.judge, first.compiled, BEGIN + HOUR)
    expect(before).toMatchObject({ bad: 4 })
    open.ledger.checkpoint(BEGIN + HOUR)
    open.close()
    const again = openOn(file)
    const second = judgeOf(again.ledger, FORTNIGHT)
    expect(spendingNow(second.judge, second.compiled, BEGIN + HOUR)).toEqual(before)
    again.ledger.book([told(BEGIN + 2 * HOUR, 12)], BEGIN + 2 * HOUR)
    expect(spendingNow(second.judge, second.compiled, BEGIN + 2 * HOUR)).toMatchObject({ bad: 11 })
    again.close()
  })
})

test('what is spent of a rolling window leaves it when it is older than that', () => {
  const { ledger, book, close } = openBooks()
  book(NOVEMBER.from, 1_000, 3)
  book(NOVEMBER.from + DAY, 1_000, 1)
  const { judge, compiled } = judgeOf(ledger, { kind: 'rolling', ms: 7 * DAY })
  expect(spendingNow(judge, compiled, NOVEMBER.from + 7 * DAY - HOUR)).toMatchObject({
    bad: 4,
    valid: 2_004,
    leftPpm: -996_008,
  })
  expect(spendingNow(judge, compiled, NOVEMBER.from + 7 * DAY + HOUR)).toMatchObject({ bad: 1, valid: 1_001 })
  expect(spendingNow(judge, compiled, NOVEMBER.from + 9 * DAY)).toEqual({ bad: 0, valid: 0, allowedMillionths: 0 })
  close()
})

test('the windows of a judge begin where the ledger says', () => {
  const { ledger, book, close } = openBooks()
  book(NOVEMBER.from - DAY, 10)
  const { judge } = judgeOf(ledger, MONTH)
  const rows = windowRows(judge, NOVEMBER.from)
  expect(rows.map((row) => rowsOf(row)[0]?.[0] ?? 0)).toEqual(judge.evaluator.windows.map((ms) => (ms > DAY ? 0 : 10)))
  close()
})

describe('a month whose target was changed', () => {
  const day = (n: number) => NOVEMBER.from + n * DAY
  const partsOf = (judge: Judge, compiled: CompiledObjective, to = NOVEMBER.to) =>
    calendarParts(
      judge,
      compiled,
      NOVEMBER.from,
      to,
      (at) => judge.ledger.pointAt(at / 1000),
      judge.ledger.books.total,
    ).map(({ from, to: until, targetPpm, bad, valid }) => [
      (from - NOVEMBER.from) / DAY,
      (until - NOVEMBER.from) / DAY,
      targetPpm,
      bad,
      valid,
    ])

  test('allows what each target allowed while it held', () => {
    const { ledger, book, close } = openBooks()
    book(day(1), 99_900, 100)
    book(day(10) - 15_000, 0, 7)
    book(day(10), 49_960, 40)
    const { judge, compiled } = judgeOf(ledger, MONTH, [day(-20), 999_000], [day(10), 998_000])
    expect(partsOf(judge, compiled)).toEqual([
      [0, 10, 999_000, 107, 100_007],
      [10, 30, 998_000, 40, 50_000],
    ])
    expect(spendingNow(judge, compiled, day(11))).toMatchObject({ bad: 147, allowedMillionths: 200_007_000 })
    close()
  })

  // 15-second slots: a revision 7 seconds into one holds from the next one on.
  const slot = (n: number, seconds: number) => day(n) + seconds * 1_000
  const parts = (...cuts: readonly (readonly [number, number, number])[]) => cuts
  test.each([
    ['at the next slot when it came inside one', [[slot(3, 7), 998_000]], parts([0, 30, 998_000])],
    [
      'at the next slot after an earlier one',
      [
        [day(-1), 999_000],
        [slot(3, 7), 998_000],
      ],
      parts([0, 3 + 15_000 / DAY, 999_000], [3 + 15_000 / DAY, 30, 998_000]),
    ],
    [
      'by the last of two revisions in one slot',
      [
        [day(-1), 999_000],
        [slot(3, 1), 997_000],
        [slot(3, 2), 998_000],
      ],
      parts([0, 3 + 15_000 / DAY, 999_000], [3 + 15_000 / DAY, 30, 998_000]),
    ],
    [
      'nowhere when it was taken back in the same slot',
      [
        [day(-1), 999_000],
        [slot(3, 1), 997_000],
        [slot(3, 2), 999_000],
      ],
      parts([0, 30, 999_000]),
    ],
    [
      'nowhere when the target stayed',
      [
        [day(-1), 999_000],
        [day(3), 999_000],
      ],
      parts([0, 30, 999_000]),
    ],
    [
      'not by what came before or after it',
      [
        [day(-9), 990_000],
        [day(-1), 999_000],
        [day(30), 980_000],
      ],
      parts([0, 30, 999_000]),
    ],
    [
      'by the first known target when all are later',
      [
        [day(31), 997_000],
        [day(40), 990_000],
      ],
      parts([0, 30, 997_000]),
    ],
    ['by the file’s target when none is known', [], parts([0, 30, 999_000])],
  ] as const)('is cut %s', (_, revisions, expected) => {
    const { ledger, close } = openBooks()
    const { judge, compiled } = judgeOf(ledger, MONTH, ...revisions)
    expect(partsOf(judge, compiled).map(([from, to, targetPpm]) => [from, to, targetPpm])).toEqual(expected)
    close()
  })

  test('is judged by the target in force in its first moment', () => {
    const { ledger, close } = openBooks()
    const { judge, compiled } = judgeOf(ledger, MONTH, [day(-9), 990_000], [day(-1), 999_000])
    expect(partsOf(judge, compiled, NOVEMBER.from)).toEqual([[0, 0, 999_000, 0, 0]])
    close()
  })

  test('is not cut ahead of now by a revision of the slot that is not over', () => {
    const { ledger, book, close } = openBooks()
    const { judge, compiled } = judgeOf(ledger, MONTH, [day(-1), 999_000], [slot(3, 7), 998_000])
    book(slot(3, 8), 10, 1)
    expect(partsOf(judge, compiled, slot(3, 9))).toEqual([[0, 3 + 9_000 / DAY, 999_000, 1, 11]])
    close()
  })
})
