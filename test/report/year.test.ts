import { renderCsv, renderReport } from '@tabiji/report'
import { findBrowser, printPdf } from '@tabiji/report/print'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ASKED, DECISIONS, MONTHS } from './testing/calendar.ts'
import { countHeadline, type Headline, missingIn, numbersIn, numbersOf } from './testing/headline.ts'
import { countHours, type Sheet } from './testing/naive-events.ts'
import { type Work, workIn } from './testing/naive-work.ts'
import { textOfPdf } from './testing/pdf.ts'
import {
  headlineOfCsv,
  headlineOfJson,
  summaryOfHtml,
  summaryOfMarkdown,
  summaryOfPdf,
  textOfSlack,
} from './testing/printed.ts'
import { verdictsOf } from './testing/promise.ts'
import { differences, figuresOf, kindsOf } from './testing/recount/leaves.ts'
import { recountMonth } from './testing/recount/month.ts'
import { isStated, NEVER_MORE, unneeded } from './testing/recount/stated.ts'
import { countTold, disagreements, misprint, misprintsIn } from './testing/written/misprints.ts'
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

test.each(ASKED)(
  'every figure in the facts of %s is the one that is counted from the lines of the history',
  (month) => {
    const told = figuresOf(factsOf(year, month))
    const counted = figuresOf(recountMonth({ year, sheet, work }, month))
    expect(differences(told, counted, isStated)).toEqual([])
  },
)

test('a figure that nobody counts a second time is told with its path, and so is one that is missing or another one', () => {
  const counted = { days: [{ date: '2026-05-01', bad: 2, valid: 5 }], reason: 'text is no figure' }
  const told = { days: [{ date: '2026-05-01', bad: 3, late: 1 }], sample: true, note: 'nor is this' }
  expect(differences(figuresOf(told), figuresOf(counted), isStated)).toEqual([
    'days.2026-05-01.bad: the facts say 3, counted again it is 2',
    'days.2026-05-01.late: the facts say 1, counted again it is nothing',
    'days.2026-05-01.valid: the facts say nothing, counted again it is 5',
  ])
})

test('what is called stated is stated by some month, and what is counted is more than nothing in some month', () => {
  expect(unneeded(ASKED.flatMap((month) => [...figuresOf(factsOf(year, month)).keys()]))).toEqual([])
  const kinds = new Map<string, boolean>()
  for (const month of ASKED) {
    for (const [kind, figures] of kindsOf(factsOf(year, month))) {
      kinds.set(kind, kinds.get(kind) === true || figures.some(Boolean))
    }
  }
  const nothing = [...kinds].flatMap(([kind, isMore]) => (isMore || NEVER_MORE[kind] !== undefined ? [] : [kind]))
  expect(nothing).toEqual([])
  expect(Object.keys(NEVER_MORE).filter((kind) => !kinds.has(kind))).toEqual([])
})

test.each(ASKED)(
  'every number that is written of %s follows from its facts, and both languages write the same',
  (month) => {
    const facts = factsOf(year, month)
    const [english, japanese] = (['en', 'ja'] as const).map((lang) => renderReport(facts, { format: 'md', lang }))
    if (english === undefined || japanese === undefined) throw new Error('Expected two reports')
    expect(misprintsIn(facts, english)).toEqual([])
    expect(disagreements(english, japanese)).toEqual([])
  },
)

test('a number that is misprinted is found, wherever it stands', () => {
  const facts = factsOf(year, '2026-10')
  const english = renderReport(facts, { format: 'md', lang: 'en' })
  const told = countTold(english)
  expect(told).toBeGreaterThan(4_000)
  expect(misprintsIn(facts, misprint(english))).toHaveLength(told)
  expect(disagreements(english, misprint(english)).length).toBeGreaterThan(1_000)
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
