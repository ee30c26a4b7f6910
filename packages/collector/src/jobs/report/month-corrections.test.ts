import type { Correction } from '@tabiji/core/budget'
import { type MonthFacts, parseMonthFacts } from '@tabiji/core/report'
import { afterEach, describe, expect, test } from 'vitest'
import { createJudge } from '../budget/budgets.ts'
import { createExclusions } from '../budget/exclusions.ts'
import { atOnce } from '../budget/frozen-books.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, openBooks } from '../testing/books.ts'
import { monthFacts } from './month.ts'

const DAY = 24 * 60 * MINUTE
const START = Date.parse('2026-10-01T00:00:00+09:00')
const END = Date.parse('2026-11-01T00:00:00+09:00')
const LATENCY = { ...AVAILABILITY, name: 'latency', indicator: 'latency' } as const
const FILE = definitionOf(AVAILABILITY, LATENCY)

const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0)) close()
})

/** Each noon of the month brings 900 good, 60 slow and 40 failed ones. */
function setUp(hasNoons = true) {
  const { close, ledger, ledgerStore, corrections, alerts } = openBooks(FILE, START - DAY)
  opened.push(close)
  const exclusions = createExclusions(ledger, ledgerStore.rows, corrections.all)
  const shop = createShop(START - DAY)
  for (let day = 0; day < (hasNoons ? 31 : 0); day++) {
    const noon = START + day * DAY + DAY / 2
    ledger.book([shop(noon, {})], noon)
    ledger.book([shop(noon + 15_000, { pay: [900, 60, 40, 7] })], noon + 15_000)
  }
  const facts = (now: number, file = FILE): MonthFacts => {
    const judge = createJudge(file, ledger, ledgerStore.revisions(), exclusions)
    const sources = {
      ...{ past: ledgerStore, kept: () => undefined },
      ...{ alerts, incidents: () => [], doubts: () => [], fixes: () => [], sample: () => false },
    }
    return atOnce(monthFacts(judge, '2026-10', sources, now))
  }
  const add = (from: number, to: number, more: Partial<Correction> = {}) => {
    const stated = {
      createdAt: from,
      category: 'provider',
      reason: 'power cut',
      appliesTo: [],
      zone: 'Asia/Tokyo',
      from,
      to,
      ...more,
    } as const
    const added = corrections.add(stated)
    exclusions.changed()
    return added
  }
  return { facts, add, ledger, ledgerStore, corrections, exclusions }
}

const noonOf = (day: number) => START + (day - 1) * DAY + DAY / 2
const objectivesOf = ({ journeys }: MonthFacts) =>
  journeys[0]?.objectives.map(({ bad, valid, raw }) => [bad, valid, raw && [raw.bad, raw.valid]])

describe('a month with corrections', () => {
  test('judges by what is left, keeps the raw numbers, and passes its own check', () => {
    const { facts, add } = setUp()
    add(noonOf(3), noonOf(3) + MINUTE, { author: 'suzuki', appliesTo: ['checkout/availability'] })
    const month = facts(END + DAY)
    expect(objectivesOf(month)).toEqual([
      [1_200, 30_000, [1_240, 31_000]],
      [1_860, 29_760, undefined],
    ])
    expect(month.corrections).toEqual([
      {
        key: 'COR-0001',
        category: 'provider',
        reason: 'power cut',
        author: 'suzuki',
        createdAt: '2026-10-03T12:00:00+09:00',
        objectives: ['checkout/availability'],
        stretches: [{ from: '2026-10-03T12:00:00+09:00', to: '2026-10-03T12:01:00+09:00' }],
        seconds: 60,
        events: 1_000,
      },
    ])
    expect(month.journeys[0]?.steps.find(({ name }) => name === 'pay')?.counts).toEqual([27_900, 1_860, 1_240, 217])
    expect(parseMonthFacts(JSON.parse(JSON.stringify(month)))).toEqual({ ok: true, facts: month })
  })

  test('tells of a recurring one as far as it lies in the month, and of overlapping ones each in full', () => {
    const { facts, add } = setUp()
    add(noonOf(3) - 30 * DAY, noonOf(3) - 30 * DAY + MINUTE, { rrule: 'FREQ=DAILY;INTERVAL=10' })
    add(noonOf(3) - MINUTE, noonOf(3) + MINUTE)
    const month = facts(END + DAY)
    expect(month.corrections?.map(({ stretches, seconds, events }) => [stretches.length, seconds, events])).toEqual([
      [3, 180, 3_000],
      [1, 120, 1_000],
    ])
    expect(objectivesOf(month)?.[0]).toEqual([1_120, 28_000, [1_240, 31_000]])
    expect(parseMonthFacts(JSON.parse(JSON.stringify(month)))).toMatchObject({ ok: true })
  })

  test('reads as before once they are withdrawn, and when they lie elsewhere', () => {
    const { facts, add, corrections, exclusions } = setUp()
    const before = facts(END + DAY)
    add(END, END + DAY)
    add(START - DAY, START)
    const { key } = add(noonOf(3), noonOf(3) + MINUTE)
    expect(facts(END + DAY)).not.toEqual(before)
    corrections.withdraw(key, { at: END, reason: 'it was us' })
    exclusions.changed()
    expect(facts(END + DAY)).toEqual(before)
  })

  test('that runs tells of a planned one only what has passed of it', () => {
    const { facts, add } = setUp()
    add(noonOf(30), noonOf(31) + MINUTE)
    expect(facts(noonOf(30) - MINUTE).corrections).toBeUndefined()
    const month = facts(noonOf(30) + 2 * MINUTE)
    expect(month.corrections).toMatchObject([{ seconds: 135, stretches: [{ to: '2026-10-30T12:02:15+09:00' }] }])
  })

  test('does not miss what was not read in time that is left out, for those objectives that leave it out', () => {
    const { facts, add } = setUp()
    // Two slots a day were read; all but those of one day's noon are left out of one objective.
    add(START, noonOf(15), { appliesTo: ['checkout/availability'] })
    add(noonOf(15) + MINUTE, END, { appliesTo: ['checkout/availability'] })
    const month = facts(END + DAY)
    const [availability, latency] = month.journeys[0]?.objectives ?? []
    expect(availability?.coverage).toEqual({ readSlots: 2, expectedSlots: 4 })
    expect(latency).not.toHaveProperty('coverage')
    expect(month.journeys[0]?.coverage).toEqual({ readSlots: 62, expectedSlots: 178_560 })
    expect(parseMonthFacts(JSON.parse(JSON.stringify(month)))).toEqual({ ok: true, facts: month })
  })

  test('is judged when the only gap of the month is left out', () => {
    const { facts, add, ledger } = setUp(false)
    const shop = createShop(END - 2 * DAY)
    const times = Array.from({ length: 2 * 5_760 }, (_, slot) => END - 2 * DAY + slot * 15_000)
    ledger.book(
      times.map((at) => shop(at, { pay: [100, 0, 0, 0] })),
      END,
    )
    const verdicts = () => facts(END + DAY).journeys[0]?.objectives.map(({ state, unjudged }) => unjudged ?? state)
    expect(verdicts()).toEqual(['data_gap', 'data_gap'])
    add(START, END - 2 * DAY, { appliesTo: ['checkout/availability'] })
    expect(verdicts()).toEqual(['healthy', 'data_gap'])
    expect(parseMonthFacts(facts(END + DAY))).toMatchObject({ ok: true })
  })

  test('takes each correction from the target that held then', () => {
    const { facts, add, ledgerStore } = setUp()
    const revision = {
      at: noonOf(15) - DAY / 2,
      fingerprint: 'feedfacefeedface',
      targets: { 'checkout/availability': 950_000 },
    }
    ledgerStore.saveRevision(revision)
    add(noonOf(3), noonOf(3) + MINUTE)
    add(noonOf(20), noonOf(21) + MINUTE)
    const month = facts(END + DAY, definitionOf({ ...AVAILABILITY, targetPpm: 950_000 }, LATENCY))
    const parts = month.journeys[0]?.objectives[0]?.parts
    expect(parts?.map(({ targetPpm, bad, valid }) => [targetPpm, bad, valid])).toEqual([
      [990_000, 520, 13_000],
      [950_000, 600, 15_000],
    ])
    expect(parseMonthFacts(JSON.parse(JSON.stringify(month)))).toMatchObject({ ok: true })
  })
})
