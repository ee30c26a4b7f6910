import type { MonthFacts } from '@tabiji/core/report'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderCsv, renderMarkdown, renderQuarter } from '../render.ts'
import { anyFacts, RUNS } from '../testing/arbitrary.ts'
import { octoberFacts } from '../testing/facts.ts'
import { factsIn, textOfMarkdown } from '../testing/read-back.ts'
import { LANGUAGES } from '../words/language.ts'
import { withoutPeople } from './people.ts'
import { composeReport } from './report.ts'

const october = octoberFacts()

/** The month before, in which one journey did not exist yet, another one had kept its promise, and one has gone since. */
function september(): MonthFacts {
  const [search, feet, read, , returns] = october.journeys
  if (!(search && feet && read && returns)) throw new Error('the sample has five journeys')
  const kept = feet.objectives.map((objective) => ({ ...objective, bad: 962, met: true, state: 'healthy' as const }))
  return {
    ...october,
    month: '2026-09',
    journeys: [
      search,
      { ...feet, objectives: kept },
      read,
      { ...returns, name: 'gone', title: { en: 'Gone', ja: '終了' } },
    ],
  }
}

const QUARTER = [{ ...september(), month: '2026-08' }, september(), october] as const

describe('a month beside an earlier one', () => {
  const markdown = (language: 'en' | 'ja') => renderMarkdown(october, language, { compare: september() })

  test('has each objective in both, by the attention that the later one needs', () => {
    const section = markdown('en').split('## Beside September 2026')[1]?.split('\n## ')[0]
    const rows = section?.split('\n').filter((line) => line.startsWith('| ')) ?? []
    expect(rows[0]).toBe('| Journey | Objective | September 2026 | October 2026 |')
    expect(rows[2]).toBe(
      '| Measure feet | availability | ● 99.98 % against 99.9 %, 19.9 % of the budget | ✖ 99.89 % against 99.9 %, 108.0 % of the budget |',
    )
    expect(rows.find((row) => row.startsWith('| Order'))).toBe(
      '| Order | availability |  | ▲ 99.960 % against 99.95 %, 79.4 % of the budget |',
    )
    expect(rows.find((row) => row.startsWith('| Gone'))).toBe(
      '| Gone | availability | ○ not judged: too little traffic |  |',
    )
    expect(rows).toContain('| On time | 50 % (2 of 4) | 50 % (2 of 4) |')
    expect(rows).toContain('| Harm stopped (median) | 38 min of 2 | 38 min of 2 |')
  })

  test('in Japanese', () => {
    expect(markdown('ja')).toContain('## 2026年9月との比較')
    expect(markdown('ja')).toContain('✖ 実績99.89%／目標99.9%、消費108.0%')
  })

  test('without one, has no such section', () => {
    const anchors = composeReport(october, 'en').blocks.flatMap((block) =>
      block.type === 'heading' ? [block.anchor] : [],
    )
    expect(anchors).not.toContain('compared')
  })
})

describe('a quarter', () => {
  test('has three months beside each other, and no figure of its own', () => {
    const text = renderQuarter(QUARTER, { format: 'md', lang: 'en' })
    expect(text.split('\n')[0]).toBe('# Reliability, month by month — Q3 2026')
    expect(text).toContain('| Journey | Objective | August 2026 | September 2026 | October 2026 |')
    expect(text).toContain('nothing is added up over months')
  })

  test('whatever the months say, leaves nothing unsaid', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, fc.constantFrom(...LANGUAGES), (first, second, lang) => {
        const text = textOfMarkdown(renderQuarter([first, second], { format: 'md', lang }))
        expect(text).not.toMatch(/undefined|\bNaN\b|\bnull\b|Infinity|\[object|\(\s*\)|（\s*）/)
      }),
      RUNS,
    )
  })

  test('a page carries the facts of all, without people', () => {
    const page = renderQuarter(QUARTER, { format: 'html', lang: 'ja' })
    expect(factsIn(page)).toEqual(QUARTER.map(withoutPeople))
    expect(JSON.parse(renderQuarter(QUARTER, { format: 'json', lang: 'en' }))).toEqual(QUARTER.map(withoutPeople))
    expect(page).not.toContain('tanaka')
  })

  test('as tables has the lines of each month below each other, under one heading', () => {
    const lines = renderCsv(QUARTER).journeys.trim().split('\r\n')
    const single = QUARTER.map((facts) => renderCsv(facts).journeys.trim().split('\r\n').slice(1))
    expect(lines.slice(1)).toEqual(single.flat())
    expect(lines.map((line) => line.slice(0, 7)).filter((month) => month === '2026-08').length).toBeGreaterThan(0)
  })

  test('is a draft when one of its months is, and says first that it is made up', () => {
    const [first, second, third] = QUARTER
    const text = renderQuarter([first, { ...second, complete: false }, { ...third, sample: true }], {
      format: 'html',
      lang: 'en',
    })
    expect(text).toContain('class="meta draft"')
    expect(text).toMatch(/<p class="banner">SAMPLE DATA/)
  })
})
