import { parseMonthFacts } from '@tabiji/core/report'
import { expect, onTestFinished, test } from 'vitest'
import { createJudge } from '../budget/budgets.ts'
import { createExclusions } from '../budget/exclusions.ts'
import { atOnce, freezeJudge, pointBy } from '../budget/frozen-books.ts'
import { withPoints } from '../budget/points.ts'
import { recordRevision } from '../budget/revision.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { type MonthSources, monthFacts } from './month.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const BORN = Date.parse('2026-10-01T00:00:00+09:00')

/** A shop that is read each minute for some hours. */
function openShop(hours: number) {
  const file = definitionOf(AVAILABILITY)
  const books = openBooks(file, BORN)
  onTestFinished(books.close)
  const { ledger, ledgerStore, corrections } = books
  const shop = createShop(BORN)
  for (let hour = 0; hour < hours; hour++) {
    const minutes = Array.from({ length: 60 }, (_, i) => BORN + hour * HOUR + (i + 1) * MINUTE)
    ledger.book(
      minutes.map((at) => shop(at, { pay: [90, 2, 3, 1], cart: [7, 0, 1, 0] })),
      BORN + (hour + 1) * HOUR,
    )
  }
  const exclusions = createExclusions(ledger, ledgerStore.rows, corrections.all)
  const judge = createJudge(file, ledger, recordRevision(ledgerStore, file, BORN), exclusions)
  return { ...books, judge, shop, end: BORN + hours * HOUR }
}

function factsBy({ ledgerStore, corrections, alerts, judge }: ReturnType<typeof openShop>, now: number) {
  const past = ledgerStore.snapshot()
  onTestFinished(past.close)
  const sources: MonthSources = {
    ...{ past, kept: () => undefined, alerts, incidents: () => [], fixes: () => [], doubts: () => [] },
    sample: () => false,
  }
  return monthFacts(freezeJudge(judge, past, corrections.all), '2026-10', sources, now)
}

test('a month that is told in steps is what it was at the first one, whatever comes in between them', () => {
  const shop = openShop(26)
  const now = shop.end + MINUTE
  const before = atOnce(factsBy(shop, now))
  const [journey] = before.journeys
  expect(journey?.objectives[0]).toMatchObject({ bad: 26 * 60 * 4, valid: 26 * 60 * 103 })

  const run = factsBy(shop, now)
  let at = shop.end
  let steps = 0
  for (let step = run.next(); ; step = run.next()) {
    if (step.done === true) {
      expect(step.value).toEqual(before)
      expect(parseMonthFacts(JSON.parse(JSON.stringify(step.value)))).toMatchObject({ ok: true })
      break
    }
    steps++
    at += 15_000
    shop.ledger.book([shop.shop(at, { pay: [5, 0, 5, 0] })], at)
  }
  expect(steps).toBeGreaterThan(0)
  const after = atOnce(factsBy(shop, now)).journeys[0]?.objectives[0]
  expect(after?.bad).toBe(26 * 60 * 4 + steps * 5)
})

test('a point that is walked to in steps is the one of the ledger, from whichever point the walk begins', () => {
  const { ledger, ledgerStore } = openShop(30)
  for (const at of [BORN + HOUR, BORN + 29 * HOUR, NOON + 300 * DAY].map((ms) => ms / 1000)) {
    expect(atOnce(pointBy(ledgerStore, at)).rows).toEqual(ledger.pointAt(at).rows)
    expect(atOnce(pointBy(ledgerStore, at, ledger.pointAt(BORN / 1000 + 120))).rows).toEqual(ledger.pointAt(at).rows)
  }
})

test('points that a question needs are walked to once, in their order, and no stretch twice', () => {
  const { judge, ledgerStore, ledger } = openShop(3)
  const walked: [from: number, to: number][] = []
  const past = {
    ...ledgerStore,
    rows: (from: number, to: number) => {
      walked.push([from - BORN / 1000, to - BORN / 1000])
      return ledgerStore.rows(from, to)
    },
  }
  const times = [7_200, 3_600, 9_000, 3_600].map((seconds) => BORN / 1000 + seconds)
  const asked = withPoints(judge, past, (by) => times.map((at) => by.ledger.pointAt(at)))
  const points = atOnce(asked)
  expect(points.map(({ rows }) => rows)).toEqual(times.map((at) => ledger.pointAt(at).rows))
  expect(walked.slice(1)).toEqual([
    [3_600, 7_200],
    [7_200, 9_000],
  ])
})
