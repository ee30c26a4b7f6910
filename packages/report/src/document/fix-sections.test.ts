import { repeatsIn } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { octoberFacts } from '../testing/facts.ts'
import { owedFacts } from '../testing/owed.ts'
import { catalogueOf } from '../words/catalogues.ts'
import { LANGUAGES, type Language } from '../words/language.ts'
import { composeReport } from './report.ts'

function blocksOf(language: Language, facts = owedFacts(), withPeople = false) {
  return composeReport(facts, language, { withPeople }).blocks
}

function rowsOf(caption: string, language: Language = 'en', withPeople = false): string[] {
  return blocksOf(language, owedFacts(), withPeople)
    .flatMap((block) =>
      (block.type === 'table' || block.type === 'chart') && block.caption === caption ? block.rows : [],
    )
    .map((row) => row.map(({ text }) => text).join(' | '))
}

const { fixDebt, fixes } = catalogueOf('en')

test('what came back is told apart: the fix was open, or it was done', () => {
  expect(repeatsIn(owedFacts())).toEqual([
    { incident: 'INC-0010', fix: 'FIX-0011', openSince: '2026-08-20' },
    { incident: 'INC-0011', fix: 'FIX-0015', doneAt: '2026-10-12T12:00:00+09:00' },
  ])
  expect(rowsOf(fixDebt.repeated)).toEqual([
    'INC-0010 | FIX-0011 | open since 2026-08-20',
    'INC-0011 | FIX-0015 | done on 2026-10-12',
  ])
  expect(rowsOf(fixDebt.watched)[1]).toBe(
    'FIX-0015 | Warm the cache of sizes | 2026-10-12 | it came back | 19 days | INC-0011',
  )
})

test('an incident of another month is no repeat of this one', () => {
  const facts = { ...owedFacts(), from: '2026-10-25T00:00:00+09:00' }
  expect(repeatsIn(facts).map(({ incident }) => incident)).toEqual(['INC-0011'])
})

test('open fixes are weighed by the budget that their incidents burnt, each incident once', () => {
  expect(rowsOf(fixDebt.exposed)).toEqual(['measure-feet/availability | 46.5 %'])
  expect(rowsOf(fixDebt.worth)[0]).toBe(
    'FIX-0011 | Retry the upload with backoff | measure-feet/availability: 46.5 % | INC-0007 and INC-0010 | 1',
  )
  expect(rowsOf(fixDebt.virtual).at(-1)).toBe(
    'INC-0012 | no cause is recorded · stopped later than 30 min, and no fix to mitigate it · level 1 without a fix, and no reason why none is needed',
  )
})

test('who is late is named only when asked for, and that nobody is, always', () => {
  const owners = (withPeople: boolean) => rowsOf(fixDebt.overdue, 'en', withPeople).map((row) => row.split(' | ')[2])
  expect(owners(false)).toEqual(['assigned', 'assigned', 'nobody'])
  expect(owners(true)).toEqual(['suzuki', 'suzuki', 'nobody'])
})

test('a young month is an estimate, hollow on the chart and marked in the table; few fixes are a fraction without a point', () => {
  const chart = blocksOf('en').find((block) => block.type === 'chart' && block.chart.kind === 'curves')
  const panels = chart?.type === 'chart' && chart.chart.kind === 'curves' ? chart.chart.panels : []
  expect(panels.map(({ points }) => points.map(({ text }) => text))).toEqual([
    ['25 %', '50 %', '75 %'],
    ['100 %', '100 %', '100 %'],
    ['20 %', '60 %', '≈ 60 %'],
    ['75 %', '≈ 75 %'],
    ['≈ 33 %'],
  ])
  expect(rowsOf(fixes.cohorts)[3]).toBe(
    'September 2026 | 4 | 75 % (3 of 4) | 75 % (3 of 4) so far, estimate ≈ 75 % | 75 % (3 of 4) so far',
  )
  const few = blocksOf('en', octoberFacts()).filter(
    (block) => block.type === 'table' && block.caption === fixes.cohorts,
  )
  expect(few).toHaveLength(1)
})

test.each(LANGUAGES)('facts of a collector that stored no statistics say nothing of them in %s', (language) => {
  const words = catalogueOf(language)
  const { statistics: _, ...facts } = owedFacts()
  const captions = blocksOf(language, facts).flatMap((block) => ('caption' in block ? [block.caption] : []))
  for (const caption of [words.fixTrend.months, words.fixDebt.exposed, words.fixDebt.watched]) {
    expect(captions).not.toContain(caption)
    expect(blocksOf(language).some((block) => 'caption' in block && block.caption === caption)).toBe(true)
  }
  expect(captions).toContain(words.fixes.ageing)
})
