import { expect, test } from 'vitest'
import { octoberFacts } from '../testing/facts.ts'
import { toldFacts } from '../testing/told.ts'
import { composeReport } from './report.ts'

function tables(withPeople = false): Record<string, string[]> {
  const blocks = composeReport(toldFacts(), 'en', { withPeople }).blocks
  return Object.fromEntries(
    blocks.flatMap((block) =>
      block.type === 'table'
        ? [[block.caption, block.rows.map((row) => row.map(({ text }) => text).join(' | '))] as const]
        : [],
    ),
  )
}

test('every journey has its step of the policy, the strictest first', () => {
  expect(tables()['Error-budget policy']).toEqual([
    'Measure feet | reliability first | 2026-10-25 | availability | −8.1 %',
    'Order | careful |  | availability | 20.5 %',
    'Read the result | free |  | experience | 32.0 %',
    'Search shoes | free |  | availability | 61.0 %',
    'Send shoes back | free |  | Not judged | ',
  ])
})

test('exceptions stand with their reason and their end, who granted them only when asked for', () => {
  expect(tables()['Exceptions granted']).toEqual([
    'Measure feet | fix of the queue | on record | 2026-11-03 | 2026-11-10',
  ])
  expect(tables(true)['Exceptions granted']).toEqual([
    'Measure feet | fix of the queue | tanaka | 2026-11-03 | 2026-11-10',
  ])
})

test('facts that know no policy have no section about it', () => {
  const { blocks } = composeReport(octoberFacts(), 'en')
  expect(blocks.some((block) => block.type === 'heading' && block.anchor === 'policy')).toBe(false)
})
