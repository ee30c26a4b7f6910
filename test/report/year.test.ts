import { renderCsv, renderReport } from '@tabiji/report'
import { findBrowser, printPdf } from '@tabiji/report/print'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ASKED, DECISIONS, MONTHS } from './testing/calendar.ts'
import { countHeadline, type Headline, missingIn, numbersIn, numbersOf } from './testing/headline.ts'
import { countHours, countMonth, type Sheet } from './testing/naive-events.ts'
import { countCohort, countIncidents, countOnTime, countStock, type Work, workIn } from './testing/naive-work.ts'
import { textOfPdf } from './testing/pdf.ts'
import {
  headlineOfCsv,
  headlineOfJson,
  summaryOfHtml,
  summaryOfMarkdown,
  summaryOfPdf,
  textOfSlack,
} from './testing/printed.ts'
import { promiseOf, verdictsOf } from './testing/promise.ts'
import { factsOf, playYear, RAISED_AT, TODAY, type Year } from './testing/year.ts'

let year: Year
let sheet: Sheet
let work: Work
const headlines = new Map<string, Headline>()

beforeAll(async () => {
  year = await playYear()
  sheet = countHours(year.lines)
  work = workIn(year.lines)
  for (const month of ASKED) {
    headlines.set(month, countHeadline(verdictsOf(year, sheet, month), work, month, TODAY))
  }
}, 600_000)
afterAll(() => year.end())

function headlineOf(month: string): Headline {
  const headline = headlines.get(month)
  if (headline === undefined) throw new Error(`no headline of ${month}`)
  return headline
}

test('the year has what it says: journeys, incidents, fixes and what becomes of them', () => {
  expect(Object.keys(year.journeys)).toHaveLength(25)
  expect([work.incidents.size, work.fixes.size]).toEqual([30, 120])
  const types = new Set([...work.fixes.values()].flatMap((lines) => lines.map(({ command }) => command.type)))
  const all = ['accept', 'add', 'assign', 'block', 'done', 'drop', 'merge', 'move', 'reopen', 'unblock', 'undrop']
  expect([...types].sort()).toEqual(all)
  expect(factsOf(year, '2026-05').definition.revisions).toHaveLength(1)
  expect(Date.parse(factsOf(year, '2026-05').definition.revisions[0]?.at ?? '')).toBe(RAISED_AT)
  const states = new Set(
    ASKED.flatMap((month) => factsOf(year, month).journeys.flatMap((one) => one.objectives)).map(
      ({ state, met, unjudged }) => [state, met, unjudged].join(' '),
    ),
  )
  for (const one of ['healthy true ', 'watch true ', 'risk true ', 'spent false ']) expect(states).toContain(one)
  for (const why of ['no_events', 'too_little_traffic', 'data_gap']) expect(states).toContain(`unjudged  ${why}`)
})

describe.each(ASKED)('%s, counted a second time from the lines of the history,', (month) => {
  test('has the events, days, allowances and verdicts that the daemon tells', () => {
    for (const { name, objectives } of factsOf(year, month).journeys) {
      for (const objective of objectives) {
        const { days, ...counted } = countMonth(sheet, promiseOf(year, name, objective.name), month)
        expect({ ...objective, name }).toMatchObject({ name, ...counted })
        expect(Object.keys(objective).includes('met'), name).toBe(Object.keys(counted).includes('met'))
        expect(objective.days, name).toEqual(days)
      }
    }
  })

  test('has the months before it as they were told themselves', () => {
    const earlier = MONTHS.slice(0, MONTHS.indexOf(month))
    for (const { name, objectives } of factsOf(year, month).journeys) {
      for (const { name: objective, before = [] } of objectives) {
        for (const { month: told, bad, valid, allowedMillionths } of before) {
          expect(earlier).toContain(told)
          const { bad: b, valid: v, allowedMillionths: a } = countMonth(sheet, promiseOf(year, name, objective), told)
          expect([name, objective, told, bad, valid, allowedMillionths]).toEqual([name, objective, told, b, v, a])
        }
      }
    }
  })

  test('has the fixes that the daemon tells: flow, rates, cohorts, ageing', () => {
    const { fixes } = factsOf(year, month)
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
    const { incidents } = factsOf(year, month)
    expect(incidents.filter(({ drill }) => !drill)).toHaveLength(countIncidents(work, month).count)
  })
})

test('the year has a quiet month, a busy one, and months with misses', () => {
  const all = [...headlines.values()]
  expect(Math.min(...all.map(({ incidents }) => incidents))).toBeLessThan(5)
  expect(Math.max(...all.map(({ incidents }) => incidents))).toBeGreaterThanOrEqual(5)
  expect(all.some(({ met, judged }) => met < judged)).toBe(true)
  expect(ASKED.some((month) => (DECISIONS[month] ?? 0) > 0)).toBe(true)
  expect(all.every(({ unjudged }) => unjudged > 0)).toBe(true)
})

describe.each(ASKED)('the numbers that a manager reads first, counted by hand, in %s,', (month) => {
  test('stand in the first section of Markdown and HTML, in both languages', () => {
    const facts = factsOf(year, month)
    const tiles = (['en', 'ja'] as const).flatMap((lang) => {
      const markdown = summaryOfMarkdown(renderReport(facts, { format: 'md', lang }))
      const html = summaryOfHtml(renderReport(facts, { format: 'html', lang }))
      for (const { section } of [markdown, html]) {
        expect({ lang, section, missing: missingIn(section, numbersOf(headlineOf(month))) }).toMatchObject({
          missing: [],
        })
      }
      return [markdown.tiles, html.tiles].map(numbersIn)
    })
    expect(tiles[0]?.length).toBeGreaterThan(5)
    for (const other of tiles) expect(other).toEqual(tiles[0])
  })

  test('are those of the file of facts', () => {
    expect(headlineOfJson(renderReport(factsOf(year, month), { format: 'json', lang: 'en' }))).toEqual(
      headlineOf(month),
    )
  })

  test('stand in the message for Slack, in both languages', () => {
    for (const lang of ['en', 'ja'] as const) {
      const text = textOfSlack(renderReport(factsOf(year, month), { format: 'slack', lang }))
      expect({ text, missing: missingIn(text, numbersOf(headlineOf(month))) }).toMatchObject({ missing: [] })
    }
  })

  test('follow from the tables for spreadsheets', () => {
    const { onTime: _, stock: __, asked: ___, ...told } = headlineOf(month)
    expect(headlineOfCsv(renderCsv(factsOf(year, month)))).toEqual(told)
  })
})

// A browser takes seconds for each: the last month in the short variant.
test.each(process.env['TABIJI_FULL'] === '1' ? MONTHS : MONTHS.slice(-1))(
  'they stand in a PDF of %s too, in both languages',
  { timeout: 240_000 },
  async (month) => {
    const browser = findBrowser(process.env)
    if (browser === undefined) throw new Error('no Chrome, Chromium or Edge is installed on this machine')
    for (const lang of ['en', 'ja'] as const) {
      const pdf = await printPdf(renderReport(factsOf(year, month), { format: 'html', lang }), { browser })
      const section = summaryOfPdf(textOfPdf(pdf), lang)
      const missing = missingIn(section, numbersOf(headlineOf(month)))
      expect({ lang, section, missing }).toMatchObject({ missing: [] })
    }
  },
)
