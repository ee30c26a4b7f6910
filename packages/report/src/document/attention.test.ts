import type { MonthFacts } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { LANGUAGES, renderHtml, renderMarkdown } from '../index.ts'
import { emptyFacts, octoberFacts } from '../testing/facts.ts'
import { toldFacts } from '../testing/told.ts'
import type { Block } from './block.ts'
import { composeReport } from './report.ts'

/** The blocks below the heading with an anchor, up to the next of the same level. */
function section(facts: MonthFacts, anchor: string, withPeople = false): Block[] {
  const { blocks } = composeReport(facts, 'en', { withPeople })
  const start = blocks.findIndex((block) => block.type === 'heading' && block.anchor === anchor)
  const level = (block: Block | undefined) => (block?.type === 'heading' ? block.level : 4)
  const length = blocks.slice(start + 1).findIndex((block) => level(block) <= level(blocks[start]))
  return start === -1 ? [] : blocks.slice(start + 1, length === -1 ? undefined : start + 1 + length)
}

const chartsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.type === 'chart' ? [block.chart.kind] : []))

const textsOf = (rows: Extract<Block, { type: 'table' }>['rows'] = []) => rows.map((row) => row.map(({ text }) => text))

test('a journey at a glance says how it was before and what its owner says', () => {
  const glance = section(toldFacts(), 'journeys').find((block) => block.type === 'table')
  expect(glance?.columns.map(({ label }) => label).slice(-3)).toEqual([
    'Since last month',
    '12 months',
    "Owner's comment",
  ])
  expect(textsOf(glance?.rows).map((row) => [row[1], row[6], row[7], row[9]])).toEqual([
    ['Measure feet', '108.0 %', '▼ 0.08 pt', 'The queue of scans had no bound.'],
    ['Order', '79.4 %', '▼ 0.039 pt', ''],
    ['Read the result', '68.0 %', '▼ 0.18 pt', ''],
    ['Search shoes', '39.0 %', '▼ 0.19 pt', ''],
    ['Send shoes back', 'not judged: too little traffic', '', ''],
  ])
  const marks = glance?.rows[0]?.[8]?.marks ?? []
  expect([marks.length, marks[0]?.text, marks.at(-1)?.text]).toEqual([
    12,
    'November 2025: Healthy',
    'October 2026: Spent',
  ])
})

test('twelve months are marks in Markdown, and words to whoever does not see them', () => {
  expect(renderMarkdown(toldFacts(), 'en')).toContain('| ●●●○●✖●●●●●✖ |')
  expect(renderHtml(toldFacts(), 'ja')).toContain('role="img" aria-label="2025年11月：健全, 2025年12月：健全')
})

test('a month in which an objective did not exist keeps its place among the marks', () => {
  const facts = toldFacts()
  const journeys = facts.journeys.map((journey) => ({
    ...journey,
    objectives: journey.objectives.map((one) => ({ ...one, before: one.before?.slice(10) ?? [] })),
  }))
  expect(renderMarkdown({ ...facts, journeys }, 'en')).toContain('| ·········●●✖ |')
  const page = renderHtml({ ...facts, journeys }, 'ja')
  expect(page).toContain('aria-label="2025年11月：データなし, ')
  expect(page.match(/<b>·<\/b>/g)).toHaveLength(9 * facts.journeys.length)
})

test('facts that know nothing of earlier months have no columns for them', () => {
  const glance = section(octoberFacts(), 'journeys').find((block) => block.type === 'table')
  expect(glance?.columns.at(-1)?.label).toBe('Budget used')
})

test('what missed its target or is at risk has a block with its charts, and nothing else has one', () => {
  const blocks = section(toldFacts(), 'attention')
  expect(blocks.flatMap((block) => (block.type === 'heading' ? [block.anchor] : []))).toEqual([
    'attention-measure-feet',
    'attention-order',
  ])
  expect(chartsOf(section(toldFacts(), 'attention-measure-feet'))).toEqual(['burn-down', 'spent', 'strip'])
  const told = (withPeople: boolean) =>
    section(toldFacts(), 'attention-measure-feet', withPeople).find((block) => block.type === 'paragraph')?.sentences
  expect(told(false)).toEqual([
    'availability was missed (99.89 % against 99.9 %); 108.0 % of its error budget was used.',
    'The owner says: The queue of scans had no bound.',
  ])
  expect(told(true)?.[1]).toBe('suzuki says: The queue of scans had no bound.')
})

test('the parts of a budget stand with their time and share, and the bar ends where they end', () => {
  const spent = section(toldFacts(), 'attention').find(
    (block) => block.type === 'chart' && block.chart.kind === 'spent',
  )
  if (spent?.type !== 'chart' || spent.chart.kind !== 'spent') throw new Error('no such chart')
  expect(textsOf(spent.rows)).toEqual([
    ['incident', 'INC-0007', '2026-10-20 13:02 to 2026-10-20 13:40', '3,465', '72.0 %'],
    ['alert without incident', 'A-0009', '2026-10-06 02:10 to 2026-10-06 03:25', '700', '14.5 %'],
    ['unexplained', '', '2026-10-13 19:00 to 2026-10-13 20:00', '300', '6.2 %'],
    ['slow drip', '', 'on 29 days', '732', '15.2 %'],
  ])
  const length = spent.chart.pieces.reduce((sum, { ppm }) => sum + ppm, 0)
  expect(length).toBeGreaterThan(999_990)
  expect(length).toBeLessThanOrEqual(1_000_000)
  expect(spent.chart.budgetPpm).toBe(Math.floor((4_812 * 1_000_000) / 5_197))
})

test('open fixes of its incidents are listed with the journey, and those of no incident of it are not', () => {
  const keys = (facts: MonthFacts) =>
    section(facts, 'attention-measure-feet').flatMap((block) =>
      block.type === 'table' ? textsOf(block.rows).map(([key]) => key) : [],
    )
  expect(keys(toldFacts())).toEqual(['FIX-0104', 'FIX-0105', 'FIX-0107', 'FIX-0108'])
  const facts = toldFacts()
  const incidents = facts.incidents.map((incident) => ({ ...incident, journeys: ['order'] }))
  expect(keys({ ...facts, incidents })).toEqual([])
})

test('the appendix has every day of every journey, and draws only what is not drawn above', () => {
  const appendix = section(toldFacts(), 'each-journey')
  expect(chartsOf(appendix)).toEqual([])
  const daily = appendix.find((block) => block.type === 'table' && block.unfold !== undefined)
  expect(daily?.type === 'table' && textsOf(daily.rows)[19]).toEqual(['2026-10-20', '3,521', '155', '155,226'])
})

test('when all is well a sentence says so', () => {
  const [, measureFeet] = octoberFacts().journeys
  const [, latency] = measureFeet?.objectives ?? []
  if (measureFeet === undefined || latency === undefined) throw new Error('October has this journey')
  const facts = { ...emptyFacts(), journeys: [{ ...measureFeet, objectives: [latency] }] }
  expect(section(facts, 'attention')).toEqual([
    { type: 'paragraph', sentences: ['No journey missed its target or is at risk.'] },
  ])
})

test.each(LANGUAGES)('every chart is drawn with a sentence and without a number that is none, in %s', (language) => {
  const charts = renderHtml(toldFacts(), language).match(/<svg class="chart"[\s\S]*?<\/svg>/g) ?? []
  expect(charts.length).toBeGreaterThanOrEqual(3)
  for (const chart of charts) {
    expect(chart).toMatch(/aria-label="[^"]+"/)
    expect(chart).not.toMatch(/NaN|undefined|Infinity/)
  }
})
