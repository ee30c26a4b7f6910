import type { MonthFacts } from '@tabiji/core/report'
import { expect, onTestFinished, test, vi } from 'vitest'
import { AVAILABILITY, createShop, definitionOf, NOON, openBooks } from '../testing/books.ts'
import { keepMonths } from './kept-months.ts'

const ZONE = 'Asia/Tokyo'
const MONTH = '2026-10'
const DAY_AFTER = Date.parse('2026-11-02T10:00:00+09:00')

/** Facts with as many days as stated; nothing else of them is looked at. */
function factsOf(month: string, days = 1, more: Partial<MonthFacts> = {}): MonthFacts {
  const day = { date: `${month}-01`, bad: 0, valid: 0, allowedMillionths: 0 }
  const objectives = [{ days: Array.from({ length: days }, () => day) }]
  const facts = { month, timeZone: ZONE, generatedAt: '', complete: true, incidents: [], journeys: [{ objectives }] }
  return { ...facts, ...more } as unknown as MonthFacts
}

function setUp() {
  const books = openBooks(definitionOf(AVAILABILITY))
  onTestFinished(books.close)
  const state = { changes: 0 }
  const kept = keepMonths({ ledger: books.ledger, judge: () => books.judge, changes: () => state.changes })
  const shop = createShop()
  const tell = (month: string, now: number, facts = factsOf(month)) => kept.telling(month, now, async () => facts)
  /** What one who ran long ago hands over now. */
  const late = (at: number) => {
    const speaker = { id: 'late', identified: true, service: 'shop', startedAt: at - 60_000 }
    const steps = [{ journey: 'checkout', step: 'pay', role: 'own', counts: [1, 0, 0, 0] }] as const
    books.ledger.book([{ speaker, at, steps }], DAY_AFTER)
  }
  return { kept, state, tell, late, book: (at: number) => books.ledger.book([shop(at, { pay: [1, 0, 0, 0] })], at) }
}

test('a month that is over is told again once something of it is booked, or something is changed', async () => {
  const { kept, state, tell, book, late } = setUp()
  book(DAY_AFTER)
  await tell(MONTH, DAY_AFTER)
  book(DAY_AFTER + 60_000)
  expect(kept.find(MONTH, DAY_AFTER + 120_000)?.generatedAt).toBe('2026-11-02T10:02:00+09:00')
  late(NOON + 120_000)
  expect(kept.find(MONTH, DAY_AFTER + 120_000)).toBeUndefined()
  await tell(MONTH, DAY_AFTER)
  state.changes++
  expect(kept.find(MONTH, DAY_AFTER)).toBeUndefined()
})

test('a month that runs stands until the next booking, and no longer than its slot', async () => {
  const { kept, tell, book } = setUp()
  const running = factsOf(MONTH, 1, { complete: false })
  await tell(MONTH, NOON, running)
  expect(kept.find(MONTH, NOON + 14_000)).toBe(running)
  expect(kept.find(MONTH, NOON + 15_000)).toBeUndefined()
  await tell(MONTH, NOON, running)
  book(NOON + 1_000)
  expect(kept.find(MONTH, NOON + 1_000)).toBeUndefined()
})

test('who looks again and again sees one that lacks the last bookings for twenty times as long as it took, and what people did at once', async () => {
  const { kept, state, book } = setUp()
  const running = factsOf(MONTH, 1, { complete: false })
  const clock = vi.spyOn(performance, 'now')
  onTestFinished(() => clock.mockRestore())
  clock.mockReturnValueOnce(1_000).mockReturnValueOnce(3_000)
  await kept.telling(MONTH, NOON, async () => running)
  clock.mockRestore()
  book(NOON + 20_000)
  expect(kept.findRecent(MONTH, NOON + 40_000)).toBe(running)
  expect(kept.find(MONTH, NOON + 40_000)).toBeUndefined()
  expect(kept.findRecent(MONTH, NOON + 40_001)).toBeUndefined()
  state.changes++
  expect(kept.findRecent(MONTH, NOON + 30_000)).toBeUndefined()
})

test('what is changed while a month is told is in it at the next time', async () => {
  const { kept, state, book } = setUp()
  await kept.telling(MONTH, DAY_AFTER, async () => {
    book(NOON)
    return factsOf(MONTH)
  })
  expect(kept.find(MONTH, DAY_AFTER)).toBeUndefined()
  await kept.telling(MONTH, DAY_AFTER, async () => {
    state.changes++
    return factsOf(MONTH)
  })
  expect(kept.find(MONTH, DAY_AFTER)).toBeUndefined()
})

test('a month that could not be told is not kept, and neither is one that is nothing', async () => {
  const { kept } = setUp()
  await expect(kept.telling(MONTH, DAY_AFTER, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk')
  expect(await kept.telling(MONTH, DAY_AFTER, async () => undefined)).toBeUndefined()
  expect(kept.find(MONTH, DAY_AFTER)).toBeUndefined()
})

test('months that nobody asks for leave room for others; one that is larger than all the room is kept alone', async () => {
  const { kept, tell } = setUp()
  const months = Array.from({ length: 14 }, (_, i) =>
    `2025-${String((i % 12) + 1).padStart(2, '0')}`.replace('2025', i < 12 ? '2025' : '2026'),
  )
  for (const month of months) await tell(month, DAY_AFTER)
  const here = () => months.filter((month) => kept.find(month, DAY_AFTER) !== undefined)
  expect(here()).toEqual(months.slice(2))
  await tell(MONTH, DAY_AFTER, factsOf(MONTH, 200_000))
  expect(here()).toEqual([])
  expect(kept.find(MONTH, DAY_AFTER)).toBeDefined()
})

test('an incident that is not over, or hurt a budget that is not over, keeps its month from being settled', async () => {
  const { kept, book } = setUp()
  const incident = { openedAt: '2026-10-31T23:00:00+09:00' }
  const during = (more: object) => factsOf(MONTH, 1, { incidents: [{ ...incident, ...more }] as never })
  const isKept = async (facts: MonthFacts) => {
    await kept.telling(MONTH, DAY_AFTER, async () => facts)
    book(DAY_AFTER)
    return kept.find(MONTH, DAY_AFTER) !== undefined
  }
  expect(await isKept(during({}))).toBe(false)
  expect(await isKept(during({ mitigatedAt: '2026-11-01T01:00:00+09:00' }))).toBe(true)
  expect(await isKept(during({ resolvedAt: '2026-11-02T09:59:59+09:00' }))).toBe(true)
  // The last slot of it begins just before.
  expect(await isKept(during({ resolvedAt: '2026-11-02T10:00:00+09:00' }))).toBe(false)
})
