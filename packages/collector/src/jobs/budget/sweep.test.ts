import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { calendarParts, createJudge, targetDuring, windowRows } from './budgets.ts'
import { createSweeper } from './sweep.ts'

const DAY = 24 * 60 * MINUTE
const MONTH = { from: Date.parse('2026-10-01T00:00:00+09:00'), to: Date.parse('2026-11-01T00:00:00+09:00') }
const monthly = { ...AVAILABILITY, name: 'monthly', window: { kind: 'month' } } as const
/** Weeks from Sunday: one ends in the middle of the month. */
const weekly = {
  ...AVAILABILITY,
  name: 'weekly',
  window: { kind: 'calendar', count: 1, unit: 'w', from: '2026-10-18' },
} as const
const FILE = definitionOf(AVAILABILITY, monthly, weekly)
const ID = 'checkout/monthly'
const opened: (() => void)[] = []

afterEach(() => {
  for (const close of opened.splice(0)) close()
})

function setUp(pay: readonly number[] = [1_000, 0, 0, 0]) {
  const books = openBooks(FILE)
  opened.push(books.close)
  books.ledger.book([createShop()(NOON + 15_000, { pay })], NOON + 15_000)
  const picked = (now: number, open: readonly string[] = [], judge = books.judge) => {
    const sweeper = createSweeper(judge)
    return [...sweeper.pick(now, windowRows(judge, now), open)].map(({ compiled }) => compiled.id)
  }
  return { ...books, picked }
}

describe('what has to be asked in full at a tick', () => {
  test('is nothing while all is well', () => {
    expect(setUp().picked(NOON + 15_000)).toEqual([])
  })

  test('is whatever burns or has spent of its budget, over any kind of window', () => {
    const ids = ['checkout/availability', 'checkout/monthly', 'checkout/weekly']
    expect(setUp([1_000, 0, 500, 0]).picked(NOON + 15_000)).toEqual(ids)
    const { picked } = setUp([1_000, 0, 6, 0])
    expect(picked(NOON + 2 * DAY)).toEqual(ids)
    // From Sunday on the week is a new one.
    expect(picked(NOON + 3 * DAY + MINUTE)).toEqual(ids.slice(0, 2))
  })

  test('is whatever has an open alert, well or not', () => {
    const { picked } = setUp()
    expect(picked(NOON + 15_000, ['checkout/monthly/spent-50', 'gone/availability/level-1'])).toEqual([ID])
  })

  test('is an objective whose target was changed in the month, until the next month', () => {
    const { ledger, picked } = setUp()
    const revisions = [NOON - 2 * DAY, NOON - DAY].map((at, i) => {
      return { at, fingerprint: `${i}`, targets: { [ID]: 980_000 + i * 10_000 } }
    })
    const judge = createJudge(FILE, ledger, revisions)
    expect(picked(NOON + 15_000, [], judge)).toEqual([ID])
    expect(picked(MONTH.to, [], judge)).toEqual([])
  })

  test('is an objective whose target was changed in the week, until the next week', () => {
    const { ledger, picked } = setUp()
    const revisions = [NOON - 9 * DAY, NOON - DAY].map((at, i) => {
      return { at, fingerprint: `${i}`, targets: { 'checkout/weekly': 980_000 + i * 10_000 } }
    })
    const judge = createJudge(FILE, ledger, revisions)
    expect(picked(NOON + 15_000, [], judge)).toEqual(['checkout/weekly'])
    expect(picked(NOON + 3 * DAY, [], judge)).toEqual([])
  })
})

test('a file knows its own rules and no others', () => {
  const { knows } = createSweeper(setUp().judge)
  expect(['level-1', 'level-2', 'spent-100'].map((rule) => knows(`checkout/availability/${rule}`))).toEqual([
    true,
    true,
    true,
  ])
  expect(['checkout/availability/level-3', 'checkout/latency/level-1', 'availability'].map(knows)).toEqual([
    false,
    false,
    false,
  ])
})

test('the one target of a month is that of its only part at every moment of it, whatever the revisions were', () => {
  const { ledger } = setUp()
  const anyRevision = fc.record({
    at: fc.integer({ min: MONTH.from - 40 * DAY, max: MONTH.to - 1 }),
    targets: fc.constantFrom({ [ID]: 990_000 }, { [ID]: 990_000 }, { [ID]: 999_000 }, {}),
  })
  fc.assert(
    fc.property(fc.array(anyRevision, { maxLength: 4 }), fc.integer({ ...minMax(MONTH) }), (revisions, now) => {
      const history = revisions.sort((a, b) => a.at - b.at).map((one, i) => ({ ...one, fingerprint: `${i}` }))
      // A file in force was recorded before now.
      const judge = createJudge(FILE, ledger, history)
      const [, compiled] = judge.evaluator.objectives
      if (compiled === undefined) throw new Error('Expected an objective by month')
      const target = targetDuring(judge, compiled, MONTH)
      const point = ledger.pointAt(0)
      const parts = calendarParts(judge, compiled, MONTH.from, now, () => point, point)
      if (!Number.isNaN(target)) expect(parts.map(({ targetPpm }) => targetPpm)).toEqual([target])
    }),
  )
})

function minMax({ from, to }: typeof MONTH) {
  return { min: from, max: to - 1 }
}
