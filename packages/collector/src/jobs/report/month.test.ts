import type { FixHistory } from '@tabiji/core/fix'
import type { Definition } from '@tabiji/core/journey'
import type { Doubt } from '@tabiji/core/ledger'
import { parseMonthFacts } from '@tabiji/core/report'
import { afterEach, describe, expect, test } from 'vitest'
import { createJudge } from '../budget/budgets.ts'
import { atOnce } from '../budget/frozen-books.ts'
import { recordRevision } from '../budget/revision.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { monthFacts } from './month.ts'

const DAY = 24 * 60 * MINUTE
const MONTH = '2026-10'
const START = Date.parse('2026-10-01T00:00:00+09:00')
const END = Date.parse('2026-11-01T00:00:00+09:00')

const opened: (() => void)[] = []

afterEach(() => {
  for (const close of opened.splice(0)) close()
})

function setUp(born: number, file = definitionOf(AVAILABILITY)) {
  const books = openBooks(file, born)
  opened.push(books.close)
  const fixes: FixHistory[] = []
  const doubts: Doubt[] = []
  const facts = (now: number, judge = books.judge, month = MONTH) =>
    atOnce(
      monthFacts(
        judge,
        month,
        {
          past: books.ledgerStore,
          kept: () => undefined,
          alerts: books.alerts,
          incidents: () => [],
          fixes: () => fixes,
          doubts: () => doubts,
          sample: books.ledgerStore.isSample,
        },
        now,
      ),
    )
  return { ...books, facts, fixes, doubts }
}

describe('the facts of a month', () => {
  test('declare what is in doubt, as far as it lies in the month, and read as always when nothing is', () => {
    const house = setUp(START - DAY)
    expect(house.facts(START + DAY)).not.toHaveProperty('doubts')
    const pace = { counts: [60, 0, 6, 0], overMs: MINUTE } as const
    house.doubts.push({ process: 'p', service: 'shop', from: START - MINUTE, to: START + 2 * MINUTE, pace })
    const facts = house.facts(START + DAY)
    expect(facts.doubts).toEqual([
      { service: 'shop', from: facts.from, to: expect.stringContaining('T00:02:00'), estimate: [120, 0, 12, 0] },
    ])
    expect(parseMonthFacts(facts)).toMatchObject({ ok: true })
  })

  test('count every event of the month and none of its neighbours', () => {
    const house = setUp(START - DAY)
    const shop = createShop(START - DAY)
    const book = (at: number, pay: readonly number[]) => house.ledger.book([shop(at, { pay })], at)
    book(START - MINUTE, [0, 0, 0, 0])
    book(START - 1, [100, 0, 7, 0])
    book(START, [10, 1, 2, 3])
    book(END - 1, [20, 0, 1, 0])
    book(END, [500, 0, 500, 0])
    const [journey] = house.facts(END + DAY).journeys
    // The last reading before the month told of one slot before it; the one in its first instant tells of the month's.
    expect(journey?.steps.find(({ name }) => name === 'pay')?.counts).toEqual([30, 1, 3, 3])
    expect(journey?.objectives[0]).toMatchObject({ bad: 3, valid: 34 })
  })

  test('are the same when they are asked for again, and pass their own check', () => {
    const house = setUp(START)
    const shop = createShop(START)
    for (let day = 0; day < 31; day++)
      house.ledger.book(
        [shop(START + day * DAY + (NOON % DAY), { pay: [990, 3, 5, 2] })],
        START + day * DAY + (NOON % DAY),
      )
    const facts = house.facts(END + DAY)
    expect(house.facts(END + DAY)).toEqual(facts)
    const parsed = parseMonthFacts(JSON.parse(JSON.stringify(facts)))
    expect(parsed).toMatchObject({ ok: true })
  })

  test('are a draft while the month runs', () => {
    const house = setUp(START)
    const shop = createShop(START)
    house.ledger.book([shop(NOON, { pay: [10, 0, 0, 0] })], NOON)
    const facts = house.facts(NOON + MINUTE)
    expect(facts).toMatchObject({ complete: false, dataUntil: '2026-10-15T12:00:15+09:00' })
    expect(house.facts(END + DAY).complete).toBe(false)
    house.ledger.book([shop(END + MINUTE, {})], END + MINUTE)
    expect(house.facts(END + DAY).complete).toBe(true)
  })

  test('give no verdict over a gap, and say how large it is', () => {
    const house = setUp(START)
    const shop = createShop(START)
    const readings = Array.from({ length: DAY / 15_000 }, (_, i) =>
      shop(START + (i + 1) * 15_000, { pay: [9, 0, 0, 0] }),
    )
    house.ledger.book(readings, START + DAY)
    const [journey] = house.facts(END + DAY).journeys
    expect(journey?.coverage).toEqual({ readSlots: 5_760, expectedSlots: 178_560 })
    expect(journey?.objectives[0]).toMatchObject({ state: 'unjudged', unjudged: 'data_gap' })
  })

  test('of a journey are judged by who was there: a service that joins later was not missing', () => {
    const house = setUp(START)
    const shop = createShop(START)
    house.ledger.book([shop(START + DAY, { pay: [9_000, 0, 9, 0] })], START + DAY)
    house.ledger.book([shop(END + 15_000, { pay: [9_000, 0, 9, 0] })], END + 15_000)
    const before = house.facts(END + DAY).journeys[0]
    const web = createShop(END + DAY, 'web')
    house.ledger.book([web(END + DAY + 15_000, { pay: [1, 0, 0, 0] })], END + DAY + 15_000)
    expect(house.facts(END + 2 * DAY).journeys[0]?.coverage).toEqual(before?.coverage)
    expect(before?.coverage.readSlots).toBeGreaterThan(0)
  })

  test('sum the allowances of each target when the target was changed', () => {
    const before = definitionOf(AVAILABILITY)
    const house = setUp(START - DAY, before)
    const shop = createShop(START - DAY)
    const book = (at: number) => house.ledger.book([shop(at, { pay: [990, 0, 10, 0] })], at)
    house.ledger.book([shop(START, {})], START)
    book(START + DAY)
    const changed = definitionOf({ ...AVAILABILITY, targetPpm: 995_000 })
    house.ledgerStore.saveRevision({
      at: NOON,
      fingerprint: 'feedfacefeedface',
      targets: { 'checkout/availability': 995_000 },
    })
    book(END - DAY)
    const judge = createJudge(changed, house.ledger, house.ledgerStore.revisions())
    const [objective] = house.facts(END + DAY, judge).journeys[0]?.objectives ?? []
    expect(objective?.parts.map(({ targetPpm }) => targetPpm)).toEqual([990_000, 995_000])
    const allowed = objective?.parts.reduce((sum, part) => sum + part.valid * (1_000_000 - part.targetPpm), 0)
    expect(objective).toMatchObject({ allowedMillionths: allowed, targetPpm: 995_000, valid: 2_000, bad: 20 })
  })

  test('of a month that is over stay what they were when the file changed afterwards', () => {
    const house = setUp(START - DAY)
    const shop = createShop(START - DAY)
    house.ledger.book([shop(START - MINUTE, {})], START - MINUTE)
    house.ledger.book([shop(NOON, { pay: [990, 0, 10, 0], cart: [500, 0, 0, 0] })], NOON)
    const before = house.facts(END + DAY)
    const [journey] = house.judge.definition.journeys
    if (journey === undefined) throw new Error('Expected a journey')
    const changed: Definition = {
      ...house.judge.definition,
      fingerprint: 'feedfacefeedface',
      journeys: [
        {
          ...journey,
          title: { en: 'Pay', ja: '支払い' },
          steps: journey.steps.filter(({ name }) => name === 'pay'),
          objectives: [
            { ...AVAILABILITY, targetPpm: 999_900 },
            { ...AVAILABILITY, name: 'experience' },
          ],
        },
      ],
    }
    const revisions = recordRevision(house.ledgerStore, changed, END + 2 * DAY)
    const judge = createJudge(changed, house.ledger, revisions)
    const { generatedAt: _, fixes: __, ...after } = house.facts(END + 3 * DAY, judge)
    expect(before).toMatchObject(after)
    // The running month is told by the file in force.
    const november = house.facts(END + 3 * DAY, judge, '2026-11')
    expect(november.journeys[0]).toMatchObject({ title: { en: 'Pay' }, steps: [{ name: 'pay' }] })
    expect(november.definition.revisions).toEqual([
      {
        ...{ at: '2026-11-03T00:00:00+09:00', fingerprint: 'feedfacefeedface' },
        targets: [
          { objective: 'checkout/availability', beforePpm: 990_000, afterPpm: 999_900 },
          { objective: 'checkout/experience', afterPpm: 990_000 },
        ],
      },
    ])
  })

  test('say that the data are made up once any made-up event was booked', () => {
    const house = setUp(START)
    expect(house.facts(NOON).sample).toBe(false)
    house.ledgerStore.markSample()
    expect(house.facts(NOON).sample).toBe(true)
  })

  test('of a month with a clock change have as many slots as the wall had', () => {
    const newYork = { ...definitionOf(AVAILABILITY), timeZone: 'America/New_York' }
    const from = Date.parse('2026-03-01T00:00:00-05:00')
    const house = setUp(from, newYork)
    const shop = createShop(from)
    house.ledger.book([shop(from + DAY, { pay: [1, 0, 0, 0] })], from + DAY)
    const facts = house.facts(from + 60 * DAY, house.judge, '2026-03')
    expect(facts).toMatchObject({ from: '2026-03-01T00:00:00-05:00', to: '2026-04-01T00:00:00-04:00' })
    expect(facts.journeys[0]?.coverage.expectedSlots).toBe((743 * 3600) / 15)
  })
})
