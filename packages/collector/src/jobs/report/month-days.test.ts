import type { Correction } from '@tabiji/core/budget'
import type { Incident } from '@tabiji/core/incident'
import type { Definition, Objective } from '@tabiji/core/journey'
import { type MonthFacts, parseMonthFacts } from '@tabiji/core/report'
import { dateOf, datesIn } from '@tabiji/core/time'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { createJudge } from '../budget/budgets.ts'
import { createExclusions } from '../budget/exclusions.ts'
import { atOnce } from '../budget/frozen-books.ts'
import { recordRevision } from '../budget/revision.ts'
import { createSlices } from '../budget/slices.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, openBooks } from '../testing/books.ts'
import { monthFacts } from './month.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SLICED: Objective = {
  ...AVAILABILITY,
  name: 'minutes',
  budgeting: { method: 'timeslices', sliceMs: MINUTE, sliceTargetPpm: 900_000, onNoData: 'good' },
}

const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0)) close()
})

/** One reading of the shop: what it counted until then. */
type Told = { readonly at: number; readonly good: number; readonly bad: number }

type Story = {
  readonly zone: string
  readonly month: string
  readonly told: readonly Told[]
  readonly incidents?: readonly Incident[]
  readonly corrections?: readonly Correction[]
  readonly objectives?: readonly Objective[]
}

const startOf = (month: string, zone: string) => {
  for (let at = Date.parse(`${month}-01T00:00:00Z`) - DAY; ; at += 15 * MINUTE) {
    if (dateOf(at, zone) === `${month}-01`) return at
  }
}

function tell({ zone, month, told, incidents = [], corrections = [], objectives = [AVAILABILITY] }: Story): MonthFacts {
  const born = startOf(month, zone) - 40 * DAY
  const file: Definition = { ...definitionOf(...objectives), timeZone: zone }
  const { close, ledger, ledgerStore, alerts } = openBooks(file, born)
  opened.push(close)
  const shop = createShop(born)
  for (const { at, good, bad } of told) ledger.book([shop(at, { pay: [good, 0, bad] })], at)
  const exclusions = createExclusions(ledger, ledgerStore.rows, () => corrections)
  const slices = createSlices(ledger, ledgerStore.rows)
  const judge = createJudge(file, ledger, recordRevision(ledgerStore, file, born), exclusions, slices)
  const sources = {
    ...{ past: ledgerStore, kept: () => undefined, alerts },
    ...{ incidents: () => incidents, doubts: () => [], fixes: () => [], sample: () => false },
  }
  return atOnce(monthFacts(judge, month, sources, startOf(month, zone) + 45 * DAY))
}

function incident(key: string, from: number, to: number, more: Partial<Incident> = {}): Incident {
  const times = { impactStarted: { at: from, origin: 'books' }, mitigated: { at: to, origin: 'person' } } as const
  const life = { openedAt: from, resolvedAt: to, status: 'resolved', episodes: [], roles: {}, drill: false } as const
  return { key, title: key, journeys: ['checkout'], times, ...life, ...more } as Incident
}

const SLOT = 15_000

/** What comes between two readings that follow each other slot by slot belongs to the slot of the second one. */
const placeOf = ({ from }: { readonly from: number }) => from + SLOT

/** Bursts at any slots of the month, each between two such readings: so it is known to which slot it belongs. */
const anyBursts = (month: string, zone: string) =>
  fc
    .uniqueArray(fc.record({ slot: fc.nat((28 * DAY) / SLOT), good: fc.nat(900), bad: fc.nat(60) }), {
      maxLength: 12,
      selector: ({ slot }) => slot,
    })
    .map((bursts) =>
      bursts
        .map((burst) => ({ ...burst, from: startOf(month, zone) + burst.slot * SLOT }))
        .toSorted((a, b) => a.from - b.from),
    )

const tellings = (bursts: readonly { from: number; good: number; bad: number }[]): readonly Told[] =>
  bursts.flatMap(({ from, good, bad }, i) => [
    ...(bursts[i - 1]?.from === from - SLOT ? [] : [{ at: from, good: 0, bad: 0 }]),
    { at: placeOf({ from }), good, bad },
  ])

describe.each([
  ['Asia/Tokyo', '2026-10'],
  ['America/New_York', '2026-11'],
  ['Asia/Kolkata', '2026-02'],
])('the days of a month in %s (%s)', (zone, month) => {
  test('hold what happened on them, and add up to the month; every bad event has one reason', () => {
    fc.assert(
      fc.property(anyBursts(month, zone), fc.nat((27 * DAY) / HOUR), (bursts, hours) => {
        const from = startOf(month, zone) + hours * HOUR
        const incidents = [incident('INC-0001', from, from + 5 * HOUR), incident('INC-0002', from + HOUR, from + DAY)]
        const facts = tell({ zone, month, told: tellings(bursts), incidents, objectives: [AVAILABILITY, SLICED] })
        expect(parseMonthFacts(JSON.parse(JSON.stringify(facts)))).toEqual({ ok: true, facts })
        const [events, minutes] = facts.journeys[0]?.objectives ?? []
        expect(events?.days).toEqual(
          datesIn(month).map((date) => {
            const own = bursts.filter((burst) => dateOf(placeOf(burst), zone) === date)
            const bad = own.reduce((sum, burst) => sum + burst.bad, 0)
            const valid = own.reduce((sum, burst) => sum + burst.bad + burst.good, 0)
            return { date, bad, valid, allowedMillionths: valid * 10_000 }
          }),
        )
        const during = (begin: number, end: number) =>
          bursts.reduce((sum, burst) => sum + (placeOf(burst) >= begin && placeOf(burst) < end ? burst.bad : 0), 0)
        const of = (key: string) => events?.spent?.find((part) => part.key === key)?.bad ?? 0
        expect(of('INC-0001')).toBe(during(from, from + 5 * HOUR))
        expect(of('INC-0002')).toBe(during(from + 5 * HOUR, from + DAY))
        expect(minutes?.days).toHaveLength(datesIn(month).length)
      }),
      { numRuns: process.env['TABIJI_FULL'] === '1' ? 100 : 6 },
    )
  })
})

describe('where a budget went', () => {
  const month = '2026-10'
  const zone = 'Asia/Tokyo'
  const noon = (day: number) => startOf(month, zone) + (day - 1) * DAY + 12 * HOUR
  const burst = (from: number, good: number, bad: number) => ({ from, good, bad })
  const spentOf = (facts: MonthFacts) =>
    facts.journeys[0]?.objectives[0]?.spent?.map(({ on, key, bad, days }) => [on, key ?? days, bad])

  test('tells an hour that stood out from what was lost in small amounts', () => {
    const bursts = [burst(noon(3), 1_000, 20), burst(noon(5), 1_000, 80), burst(noon(9), 1_000, 30)]
    expect(spentOf(tell({ zone, month, told: tellings(bursts) }))).toEqual([
      ['unexplained', undefined, 80],
      ['drip', 2, 50],
    ])
  })

  test('leaves out drills, other journeys, and what a correction excludes', () => {
    const bursts = [burst(noon(3), 1_000, 20), burst(noon(5), 1_000, 80), burst(noon(9), 1_000, 30)]
    const drill = incident('INC-0001', noon(3) - HOUR, noon(3) + HOUR, { drill: true })
    const other = incident('INC-0002', noon(9) - HOUR, noon(9) + HOUR, { journeys: ['search'] })
    const correction = {
      ...{ key: 'COR-0001', createdAt: noon(5), category: 'provider', reason: 'power cut', appliesTo: [] },
      ...{ zone, from: noon(5), to: noon(5) + MINUTE },
    } as Correction
    const facts = tell({ zone, month, told: tellings(bursts), incidents: [drill, other], corrections: [correction] })
    expect(spentOf(facts)).toEqual([['drip', 2, 50]])
    expect(facts.journeys[0]?.objectives[0]?.days?.find(({ date }) => date === '2026-10-05')).toMatchObject({
      valid: 0,
    })
    expect(parseMonthFacts(facts)).toMatchObject({ ok: true })
  })
})

describe('the months before', () => {
  test('are told from the first that counted anything, as the books know them', () => {
    const september = startOf('2026-09', 'Asia/Tokyo') + 5 * DAY
    const told = [
      ...tellings([{ from: september, good: 9_000, bad: 10 }]),
      ...tellings([{ from: september + 35 * DAY, good: 100, bad: 50 }]),
    ]
    const facts = tell({ zone: 'Asia/Tokyo', month: '2026-10', told })
    expect(facts.journeys[0]?.objectives[0]?.before).toEqual([
      { month: '2026-09', bad: 10, valid: 9_010, allowedMillionths: 90_100_000, state: 'unjudged' },
    ])
  })

  test('are told with those in which nobody counted, once somebody had', () => {
    const july = startOf('2026-07', 'Asia/Tokyo') + 5 * DAY
    const october = startOf('2026-10', 'Asia/Tokyo') + 5 * DAY
    const told = [
      ...tellings([{ from: july, good: 900, bad: 1 }]),
      ...tellings([{ from: october, good: 100, bad: 50 }]),
    ]
    const before = tell({ zone: 'Asia/Tokyo', month: '2026-10', told }).journeys[0]?.objectives[0]?.before
    expect(before?.map(({ month, valid }) => [month, valid])).toEqual([
      ['2026-07', 901],
      ['2026-08', 0],
      ['2026-09', 0],
    ])
  })
})
