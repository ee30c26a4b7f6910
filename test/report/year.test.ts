import type { MonthFacts } from '@tabiji/core/report'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ASKED, MONTHS } from './testing/calendar.ts'
import { countHours, countMonth, type Promise as Promised, type Sheet } from './testing/naive-events.ts'
import { countCohort, countIncidents, countOnTime, countStock, type Work, workIn } from './testing/naive-work.ts'
import { LEFT_OUT, playYear, RAISED_AT, TODAY, type Year } from './testing/year.ts'

const HOUR = 3_600_000
const RAISED_ON = '2026-05-15'
const OUT = [LEFT_OUT.from, LEFT_OUT.to].map((at) => Date.parse(at) / HOUR) as [number, number]

let year: Year
let sheet: Sheet
let work: Work

beforeAll(async () => {
  year = await playYear()
  sheet = countHours(year.lines)
  work = workIn(year.lines)
}, 600_000)
afterAll(() => year.end())

function factsOf(month: string): MonthFacts {
  const facts = year.facts.get(month)
  if (facts === undefined) throw new Error(`no facts of ${month}`)
  return facts
}

function promiseOf(journey: string, objective: string): Promised {
  const target = Math.round((year.journeys[journey]?.objectives[objective] ?? 0) * 10_000)
  const isRaised = journey === 'checkout' && objective === 'availability'
  return {
    ...{ journey, indicator: objective },
    targetOn: (date) => (isRaised && date < RAISED_ON ? 995_000 : target),
    isOut: (hour) => journey === 'checkout' && hour >= OUT[0] && hour < OUT[1],
  }
}

test('the year has what it says: journeys, incidents, fixes and what becomes of them', () => {
  expect(Object.keys(year.journeys)).toHaveLength(25)
  expect([work.incidents.size, work.fixes.size]).toEqual([30, 120])
  const types = new Set([...work.fixes.values()].flatMap((lines) => lines.map(({ command }) => command.type)))
  const all = ['accept', 'add', 'assign', 'block', 'done', 'drop', 'merge', 'move', 'reopen', 'unblock', 'undrop']
  expect([...types].sort()).toEqual(all)
  expect(factsOf('2026-05').definition.revisions).toHaveLength(1)
  expect(Date.parse(factsOf('2026-05').definition.revisions[0]?.at ?? '')).toBe(RAISED_AT)
  const states = new Set(
    ASKED.flatMap((month) => factsOf(month).journeys.flatMap((one) => one.objectives)).map(({ state, met, unjudged }) =>
      [state, met, unjudged].join(' '),
    ),
  )
  for (const one of ['healthy true ', 'watch true ', 'risk true ', 'spent false ']) expect(states).toContain(one)
  for (const why of ['no_events', 'too_little_traffic', 'data_gap']) expect(states).toContain(`unjudged  ${why}`)
})

describe.each(ASKED)('%s, counted a second time from the lines of the history,', (month) => {
  test('has the events, days, allowances and verdicts that the daemon tells', () => {
    for (const { name, objectives } of factsOf(month).journeys) {
      for (const objective of objectives) {
        const { days, ...counted } = countMonth(sheet, promiseOf(name, objective.name), month)
        expect({ ...objective, name }).toMatchObject({ name, ...counted })
        expect(Object.keys(objective).includes('met'), name).toBe(Object.keys(counted).includes('met'))
        expect(objective.days, name).toEqual(days)
      }
    }
  })

  test('has the months before it as they were told themselves', () => {
    const earlier = MONTHS.slice(0, MONTHS.indexOf(month))
    for (const { name, objectives } of factsOf(month).journeys) {
      for (const { name: objective, before = [] } of objectives) {
        for (const { month: told, bad, valid, allowedMillionths } of before) {
          expect(earlier).toContain(told)
          const { bad: b, valid: v, allowedMillionths: a } = countMonth(sheet, promiseOf(name, objective), told)
          expect([name, objective, told, bad, valid, allowedMillionths]).toEqual([name, objective, told, b, v, a])
        }
      }
    }
  })

  test('has the fixes that the daemon tells: flow, rates, cohorts, ageing', () => {
    const { fixes } = factsOf(month)
    const { flow, buckets, overdue, overdueDays, oldest } = countStock(work, month)
    expect(fixes.flow).toEqual(flow)
    const { openAtStart, created, returned, done, dropped } = flow
    expect(fixes.stock).toEqual({ numerator: done, denominator: openAtStart + created + returned - dropped })
    expect(fixes.onTime.share).toEqual(countOnTime(work, month, TODAY))
    expect(fixes.ageing.buckets.map(({ open }) => open)).toEqual(buckets)
    expect([fixes.ageing.overdue, fixes.ageing.overdueDays]).toEqual([overdue, overdueDays])
    expect(fixes.ageing.oldestDays).toBe(oldest)
    for (const { month: since, within } of fixes.cohorts) {
      for (const { days, share } of within) {
        expect([since, days, share]).toEqual([since, days, countCohort(work, since, days, TODAY)])
      }
    }
  })

  test('has the incidents that the daemon tells', () => {
    const { incidents } = factsOf(month)
    expect(incidents.filter(({ drill }) => !drill)).toHaveLength(countIncidents(work, month).count)
  })
})
