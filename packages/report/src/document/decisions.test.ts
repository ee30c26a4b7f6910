import type { MonthFacts } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { emptyFacts } from '../testing/facts.ts'
import { toldFacts } from '../testing/told.ts'
import { composeReport } from './report.ts'

function rows(facts: MonthFacts, caption: string, withPeople = false): string[] {
  return composeReport(facts, 'en', { withPeople })
    .blocks.flatMap((block) => (block.type === 'table' && block.caption === caption ? block.rows : []))
    .map((row) => row.map(({ text }) => text).join(' | '))
}

const ASKED =
  'ASK-0003 | keep scanner releases behind the canary until FIX-0107 is done | one release caused most of the harm | Measure feet'

test('what is asked stands with its reason and its date; who does it is named only when asked for', () => {
  expect(rows(toldFacts(), 'Decisions asked')).toEqual([`${ASKED} | assigned | 2026-11-13 | open`])
  expect(rows(toldFacts(), 'Decisions asked', true)).toEqual([`${ASKED} | suzuki | 2026-11-13 | open`])
})

test('what the month before asked stands with what became of it, older ones do not', () => {
  const facts = toldFacts()
  const older = { key: 'ASK-0001', month: '2026-08', text: 'old', state: 'open' } as const
  const asks = [older, ...(facts.asks ?? [])]
  expect(rows({ ...facts, asks }, 'Asked last month')).toEqual([
    'ASK-0002 | pay for a second line |  | agreed | from January',
  ])
  expect(rows(facts, 'Asked last month', true)).toEqual([
    'ASK-0002 | pay for a second line |  | agreed | from January (tanaka)',
  ])
})

test('a month that asks nothing says so', () => {
  for (const facts of [emptyFacts(), { ...emptyFacts(), asks: [] }]) {
    const { blocks } = composeReport(facts, 'ja')
    const heading = blocks.findIndex((block) => block.type === 'heading' && block.anchor === 'decisions')
    expect(blocks[heading + 1]).toEqual({
      type: 'paragraph',
      sentences: ['当月、お願いしたい判断はありません。'],
    })
  }
})
