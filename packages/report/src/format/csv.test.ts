import { parseMonthFacts } from '@tabiji/core/report'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderCsv } from '../render.ts'
import { anyFacts, RUNS } from '../testing/arbitrary.ts'
import { octoberFacts } from '../testing/facts.ts'
import { hostile, hostileText } from '../testing/hostile.ts'
import { CSV_COLUMNS, CSV_LABELS, type CsvFile } from '../words/csv.ts'

const FILES = Object.keys(CSV_COLUMNS) as readonly CsvFile[]

/** What a spreadsheet sees. */
const cellsOf = (text: string): string[][] => parse(text, { bom: true, relax_column_count: true })

describe('the files for spreadsheets', () => {
  test('begin with the mark of their encoding, and every line says its month and zone', () => {
    for (const text of Object.values(renderCsv(octoberFacts()))) {
      expect(text.charCodeAt(0)).toBe(0xfeff)
      for (const [month, zone] of cellsOf(text).slice(1)) expect([month, zone]).toEqual(['2026-10', 'Asia/Tokyo'])
    }
  })

  test('say of a journey what the tables say, in decimals that are cut', () => {
    const [columns, ...rows] = cellsOf(renderCsv(octoberFacts()).journeys)
    const measured = rows.find((row) => row.includes('measure-feet')) ?? []
    const cell = (name: string) => measured[columns?.indexOf(name) ?? -1]
    expect(['target', 'total', 'bad', 'allowed_bad', 'used_ratio', 'result_ratio', 'state', 'met'].map(cell)).toEqual([
      ...['0.999000', '4812000', '5197', '4812.000000', '1.080008', '0.998919', 'spent', 'false'],
    ])
    const unjudged = rows.find((row) => row.includes('returns')) ?? []
    expect(unjudged[columns?.indexOf('result_ratio') ?? -1]).toBe('')
    expect(unjudged[columns?.indexOf('unjudged_reason') ?? -1]).toBe('too_little_traffic')
  })

  test('list every fix that the month counts, with what became of it and what its incidents burnt', () => {
    const facts = octoberFacts()
    const [first] = facts.fixes.open
    if (first === undefined) throw new Error('Expected an open fix')
    const { key, title, kind, created, firstDue, due, postponements } = first
    const line = { key, title, kind, created, firstDue, due, postponements }
    const done = { ...line, key: 'FIX-0900', state: 'done', done: '2026-10-12' } as const
    const [columns, ...rows] = cellsOf(renderCsv({ ...facts, fixList: [{ ...line, state: 'open' }, done] }).fixes)
    const cells = (row: readonly string[], ...names: readonly string[]) =>
      names.map((name) => row[columns?.indexOf(name) ?? -1])
    expect(rows.map((row) => cells(row, 'fix_id', 'state', 'done', 'age_days', 'first_due'))).toEqual([
      [key, 'open', '', String(first.ageDays), firstDue],
      ['FIX-0900', 'done', '2026-10-12', '', firstDue],
    ])
    // Facts of a collector that did not list them have those that are open.
    const older = cellsOf(renderCsv(facts).fixes).slice(1)
    expect(older.map((row) => cells(row, 'fix_id', 'state'))).toEqual(facts.fixes.open.map((fix) => [fix.key, 'open']))
  })

  test('a budget that is overspent keeps its minus sign as a number', () => {
    const rows = cellsOf(renderCsv(octoberFacts()).daily)
    expect(rows.at(-1)?.at(-1)).toBe('-0.080009')
  })

  test.each(['en', 'ja'] as const)('can carry what people call the columns, in %s', (labels) => {
    for (const file of FILES) {
      const [columns, named] = cellsOf(renderCsv(octoberFacts(), { labels })[file])
      expect(columns).toEqual(CSV_COLUMNS[file])
      expect(named).toEqual(CSV_COLUMNS[file].map((column) => CSV_LABELS[labels][column]))
    }
  })

  test('have as many cells in every line as columns, whatever the month', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(parseMonthFacts(facts).ok).toBe(true)
        const files = renderCsv(facts)
        for (const file of FILES) {
          for (const row of cellsOf(files[file])) expect(row).toHaveLength(CSV_COLUMNS[file].length)
        }
      }),
      RUNS,
    )
  })

  test('hold no formula and no further line, whatever people write', () => {
    const shapeOf = (text: string) => Object.values(renderCsv(hostile(text), { withPeople: true })).map(cellsOf)
    const shape = shapeOf('plainly').map((rows) => rows.map((row) => row.length))
    const text = fc.oneof(
      hostileText,
      fc.constantFrom('=1+1', '@SUM(A1)', '+1-1', '\t=1', '＝１＋１', '-2+3', 'a\r\nb'),
    )
    fc.assert(
      fc.property(text, (written) => {
        const files = shapeOf(written)
        expect(files.map((rows) => rows.map((row) => row.length))).toEqual(shape)
        for (const cell of files.flat(2)) {
          if (!/^-\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r]/)
        }
      }),
    )
  })
})
