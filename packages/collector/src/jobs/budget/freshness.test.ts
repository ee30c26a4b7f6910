import { accountNumber } from '@tabiji/core/ledger'
import { afterEach, describe, expect, test } from 'vitest'
import { AVAILABILITY, createShop, definitionOf, NOON, openBooks } from '../testing/books.ts'
import { windowRows } from './budgets.ts'
import { absentServices, isFresh, patienceWith } from './freshness.ts'

const opened: (() => void)[] = []

afterEach(() => {
  for (const close of opened.splice(0)) close()
})

/** Books with readings of services at given times. */
function booksWith(...read: readonly (readonly [service: string, at: number])[]) {
  const books = openBooks(definitionOf(AVAILABILITY))
  opened.push(books.close)
  for (const [service, at] of read) books.ledger.book([createShop(NOON, service)(at, { pay: [1, 0, 0, 0] })], at)
  windowRows(books.judge, NOON + 60_000)
  const [compiled] = books.judge.evaluator.objectives
  if (compiled === undefined) throw new Error('Expected an objective')
  const fresh = (patience: ReadonlyMap<string, number>, now: number) => isFresh(compiled, books.ledger, patience, now)
  return { fresh }
}

describe('an objective is fresh', () => {
  test('while every service that feeds it was read lately', () => {
    const { fresh } = booksWith(['shop', NOON + 1_000], ['bank', NOON + 30_000])
    const patience = new Map([
      ['shop', 60_000],
      ['bank', 60_000],
    ])
    expect(fresh(patience, NOON + 75_000)).toBe(true)
    expect(fresh(patience, NOON + 75_001)).toBe(false)
  })

  test('whatever has become of a service that nobody reads any more', () => {
    const { fresh } = booksWith(['shop', NOON + 60_000], ['gone', NOON + 1_000])
    expect(fresh(new Map([['shop', 60_000]]), NOON + 90_000)).toBe(true)
  })

  test('not by a reading that lies ahead of now, because the clock went back', () => {
    const { fresh } = booksWith(['shop', NOON + 3_600_000])
    expect(fresh(new Map([['shop', 60_000]]), NOON + 3_600_000)).toBe(true)
    expect(fresh(new Map([['shop', 60_000]]), NOON)).toBe(false)
  })

  test('never when nobody is read at all', () => {
    expect(booksWith().fresh(new Map([['shop', 60_000]]), NOON)).toBe(false)
    expect(booksWith(['gone', NOON + 1_000]).fresh(new Map(), NOON)).toBe(false)
  })
})

test('a service is not absent of which no reading was booked yet: its first one could not be written down', () => {
  const { ledger, close } = openBooks(definitionOf(AVAILABILITY))
  opened.push(close)
  const shop = { journey: 'checkout', step: 'pay', service: 'shop', role: 'own' } as const
  const fed = { accounts: [accountNumber(ledger.books, shop)] }
  const absent = (now: number) => absentServices(fed, ledger, new Map([['shop', 60_000]]), 3_600_000, now)
  expect(absent(NOON)).toEqual([])
  ledger.book([createShop(NOON)(NOON + 15_000, { pay: [1, 0, 0, 0] })], NOON + 15_000)
  expect(absent(NOON + 3_600_000)).toEqual([])
  expect(absent(NOON + 3_640_000)).toEqual(['shop'])
})

test('patience bears three missed readings of the quickest target of a service', () => {
  const targets = [
    { service: 'shop', intervalMs: 15_000 },
    { service: 'shop', intervalMs: 5_000 },
  ]
  expect([...patienceWith(targets, 15)]).toEqual([['shop', 30_000]])
})
