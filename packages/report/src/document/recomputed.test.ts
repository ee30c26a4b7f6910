import type { MonthFacts, ObjectiveMonth } from '@tabiji/core/report'
import { sortJourneys, sortObjectives } from '@tabiji/core/report'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyFacts, RUNS } from '../testing/arbitrary.ts'
import { octoberFacts } from '../testing/facts.ts'
import { en } from '../words/en.ts'
import type { Block } from './block.ts'
import { composeReport } from './report.ts'

type Table = Extract<Block, { type: 'table' }>

function tablesOf(facts: MonthFacts): Table[] {
  return composeReport(facts, 'en').blocks.flatMap((block) => {
    if (block.type === 'table') return [block]
    return block.type === 'chart' ? [{ ...block, type: 'table' as const }] : []
  })
}

function tableOf(facts: MonthFacts, caption: string): Table | undefined {
  return tablesOf(facts).find((table) => table.caption === caption)
}

/** The rows of a table as texts by column. */
function rowsOf(table: Table | undefined): Record<string, string>[] {
  return (table?.rows ?? []).map((row) =>
    Object.fromEntries((table?.columns ?? []).map(({ label }, i) => [label, row[i]?.text ?? ''])),
  )
}

/** `4,812.5` → 4812500000n: a printed number in millionths. */
function millionths(text: string): bigint {
  const [whole = '', tail = ''] = text.replace(/[≈,% ]/g, '').split('.')
  return BigInt(whole) * 1_000_000n + BigInt(tail.padEnd(6, '0').slice(0, 6))
}

/** All rows of objectives beside the objectives that they are about. */
function printed(facts: MonthFacts): { row: Record<string, string>; objective: ObjectiveMonth }[] {
  const rows = tablesOf(facts)
    .filter(({ caption }) => caption.startsWith('Objectives of '))
    .flatMap(rowsOf)
  const objectives = sortJourneys(facts.journeys).flatMap((journey) => sortObjectives(journey.objectives))
  expect(rows).toHaveLength(objectives.length)
  return objectives.map((objective, i) => ({ objective, row: rows[i] ?? {} }))
}

describe('for all months, every figure of an objective follows from its parts', () => {
  const bad = ({ parts }: ObjectiveMonth) => parts.reduce((sum, part) => sum + part.bad, 0)
  const valid = ({ parts }: ObjectiveMonth) => parts.reduce((sum, part) => sum + part.valid, 0)
  const allowed = ({ parts }: ObjectiveMonth) =>
    parts.reduce((sum, part) => sum + BigInt(part.valid) * BigInt(1_000_000 - part.targetPpm), 0n)

  test('bad and allowed events are the sums, the allowance cut', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const { row, objective } of printed(facts)) {
          const text = row['Bad / allowed'] ?? ''
          if (valid(objective) === 0) {
            expect(text).toBe('')
            continue
          }
          const [left = '', right = ''] = text.split(' / ')
          expect(millionths(left)).toBe(BigInt(bad(objective)) * 1_000_000n)
          const unit = allowed(objective) < 10_000_000n ? 100_000n : 1_000_000n
          expect(millionths(right)).toBe((allowed(objective) / unit) * unit)
        }
      }),
      RUNS,
    )
  })

  test('a result is at least its only target exactly when it is met', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const { row, objective } of printed(facts)) {
          if (objective.met === undefined) {
            expect([row['Result'], row['Budget used']]).toEqual(['', ''])
          } else if (objective.parts.length === 1) {
            const reached = millionths(row['Result'] ?? '') >= millionths(row['Target'] ?? '')
            expect([reached, row['Verdict']]).toEqual([objective.met, objective.met ? 'met' : 'missed'])
          }
        }
      }),
      RUNS,
    )
  })

  test('more than 100 % of the budget reads as used exactly when the target is missed', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const { row, objective } of printed(facts)) {
          if (objective.met === undefined) continue
          const used = (row['Budget used'] ?? '').replace(/[,% ]/g, '')
          const [whole = '', tail = ''] = used.split('.')
          const over = BigInt(whole) > 100n || (BigInt(whole) === 100n && /[1-9]/.test(tail))
          expect(over).toBe(!objective.met)
          const scaled = BigInt(bad(objective)) * 100_000_000n * 10n ** BigInt(tail.length)
          expect(BigInt(whole + tail)).toBe(scaled / allowed(objective))
        }
      }),
      RUNS,
    )
  })
})

describe('for all months, the figures of fixes add up', () => {
  test('open at start + new + returned − done − dropped = open at end = the fixes that are listed', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const table = tableOf(facts, en.fixes.flow)
        const [start, created, returned, done, dropped, end] = (table?.rows[0] ?? []).map(({ text }) => Number(text))
        expect((start ?? 0) + (created ?? 0) + (returned ?? 0) - (done ?? 0) - (dropped ?? 0)).toBe(end)
        const { flow } = facts.fixes
        expect([start, created, returned, done, dropped]).toEqual([
          flow.openAtStart,
          flow.created,
          flow.returned,
          flow.done,
          flow.dropped,
        ])
        expect(tableOf(facts, en.fixes.list(facts.fixes.asOf))?.rows ?? []).toHaveLength(end ?? 0)
        expect(rowsOf(tableOf(facts, en.fixes.ageing)).reduce((sum, row) => sum + Number(row['Open']), 0)).toBe(end)
        const fraction = rowsOf(tableOf(facts, en.fixes.rates))[1]?.['Fixes']
        const onTable = (start ?? 0) + (created ?? 0) + (returned ?? 0) - (dropped ?? 0)
        expect(fraction).toBe(onTable === 0 ? 'none on the table' : `${done} of ${onTable}`)
      }),
      RUNS,
    )
  })

  test('overdue fixes and days are those of the list', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const late = rowsOf(tableOf(facts, en.fixes.list(facts.fixes.asOf))).map((row) =>
          Number.parseInt(row['Overdue'] || '0', 10),
        )
        const { ageing } = facts.fixes
        expect([late.filter((days) => days > 0).length, late.reduce((sum, days) => sum + days, 0)]).toEqual([
          ageing.overdue,
          ageing.overdueDays,
        ])
        expect(late).toEqual(late.toSorted((a, b) => b - a))
      }),
      RUNS,
    )
  })

  test('a step has as many events as its outcomes together', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const table of tablesOf(facts).filter(({ caption }) => caption.startsWith('Events of '))) {
          for (const row of table.rows) {
            const [all = 0n, ...outcomes] = row.slice(1).map(({ text }) => BigInt(text.replace(/,/g, '')))
            expect(outcomes.reduce((sum, count) => sum + count, 0n)).toBe(all)
          }
        }
      }),
      RUNS,
    )
  })
})

test('the formulas of October can be followed with a calculator', () => {
  const terms = composeReport(octoberFacts(), 'en').blocks.find((block) => block.type === 'terms')
  const formulas = terms?.entries.flatMap(({ text }) => /This month: (.*)\.$/.exec(text)?.[1] ?? [])
  expect(formulas).toEqual([
    '(4,812,000 − 5,197) ÷ 4,812,000 = 99.89 %',
    '4,812,000 × (100 % − 99.9 %) = 4,812',
    '5,197 ÷ 4,812 = 108.0 %',
    '2 ÷ 4 = 50 %',
    '3 ÷ (6 + 2 + 0 − 1) = 42 %',
    '3 ÷ 2',
    '6 + 2 + 0 − 3 − 1 = 4',
  ])
})

test('in October, stretches of a target have their own allowance, and a fix that is one day late says one day', () => {
  const facts = octoberFacts()
  expect(rowsOf(tableOf(facts, en.journeys.parts('experience'))).map((row) => row['Bad / allowed'])).toEqual([
    '400 / 600',
    '110 / 150',
  ])
  expect(rowsOf(tableOf(facts, en.fixes.list('2026-11-01'))).map((row) => row['Overdue'])).toEqual([
    '7 days',
    '1 day',
    '',
    '',
  ])
})
