import type { MonthFacts } from '@tabiji/core/report'
import { JOURNEY_TABLES } from './journey-tables.ts'
import { SENTENCES } from './sentences.ts'
import { type Sentence, type Table, takeApart } from './tables.ts'
import { WORK_TABLES } from './work-tables.ts'
import { numbersOf } from './written.ts'

const FORMULAS = Object.entries({ ...JOURNEY_TABLES, ...WORK_TABLES })

/** Columns that hold what people wrote, or words that are the same in every report. */
const WORDS = ['What', 'Reason', 'Decision', 'Why', 'Answer', 'Causes', 'Meaning', 'What was practised', '12 months']

/**
 * Every cell of an English report's tables and every sentence whose numbers do not follow from the facts, and those that nobody can
 * follow.
 */
export function misprintsIn(facts: MonthFacts, markdown: string): readonly string[] {
  const { tables, prose } = takeApart(markdown)
  return [...tables.flatMap((table) => misprintsOf(facts, table)), ...prose.flatMap((one) => misprintOf(facts, one))]
}

function misprintOf(facts: MonthFacts, { text, part }: Sentence): readonly string[] {
  const told = numbersOf(text).join(' ')
  if (told === '') return []
  const said = SENTENCES.find(([beginning]) => beginning.test(text))?.[1]
  if (said === undefined) return [`${part}: no formula for "${text}"`]
  const counted = numbersOf(said(facts, text, part)).join(' ')
  return told === counted ? [] : [`${part}: "${text}", by the facts ${counted}`]
}

function misprintsOf(facts: MonthFacts, table: Table): readonly string[] {
  const name = [table.section, table.part, table.caption].filter(Boolean).join(' / ')
  const formula = formulaOf(table)
  if (formula === undefined) return [`${name}: no formula for this table`]
  return table.rows.flatMap((row, at) => {
    const expected = formula(facts, row, at, table)
    return table.head.flatMap((column) => {
      if (WORDS.includes(column)) return []
      const [told, counted] = [row[column] ?? '', expected[column] ?? ''].map((text) => numbersOf(text).join(' '))
      return told === counted ? [] : [`${name}, row ${at + 1}, ${column}: "${row[column]}", by the facts ${counted}`]
    })
  })
}

/** The table's own, else that of its section. */
function formulaOf({ section, caption }: Table) {
  const found = FORMULAS.filter(([name]) => (caption === '' ? section === name : caption.startsWith(name)))
  return found.toSorted(([a], [b]) => b.length - a.length)[0]?.[1]
}

/** How many cells and sentences of a report say a number that is looked at and is no key. */
export function countTold(markdown: string): number {
  const { tables, prose } = takeApart(markdown)
  const cells = tables.flatMap(({ head, rows }) =>
    rows.flatMap((row) => head.flatMap((column) => (WORDS.includes(column) ? [] : [row[column] ?? '']))),
  )
  return [...cells, ...prose.map(({ text }) => text)].filter((text) => misprint(text) !== text).length
}

/** The report with every number another one, but for headings of sections and the keys by which a row is found. */
export function misprint(markdown: string): string {
  const isKey = /(?<=[A-Z]-)\d+|\d+(?= · (act|next|make))/y
  return markdown
    .split('\n')
    .map((line) =>
      line.startsWith('## ')
        ? line
        : line.replace(/\d+/g, (digits, at: number) => {
            isKey.lastIndex = at
            return isKey.test(line) ? digits : digits.replace(/\d$/, (last) => String((Number(last) + 1) % 10))
          }),
    )
    .join('\n')
}

/** Cells of which two languages say different numbers. Names of months are numbers in one of them. */
export function disagreements(english: string, japanese: string): readonly string[] {
  const [one, other] = [english, japanese].map((markdown) => takeApart(markdown).tables)
  if (one === undefined || other === undefined || one.length !== other.length) return ['the number of tables']
  return one.flatMap((table, i) => {
    const rows = other[i]?.rows ?? []
    if (rows.length !== table.rows.length) return [`the rows of ${table.caption}`]
    return table.rows.flatMap((row, at) => {
      const [told = [], said = []] = [Object.values(row), Object.values(rows[at] ?? {})].map((cells) =>
        cells.map((cell) => numbersOf(withMonths(cell)).join(' ')),
      )
      return told.join(' | ') === said.join(' | ') ? [] : [`${table.caption}, row ${at + 1}: ${told} and ${said}`]
    })
  })
}

const MONTHS = Array.from({ length: 12 }, (_, i) =>
  new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, i, 1)),
)

function withMonths(text: string): string {
  return MONTHS.reduce((told, name, i) => told.replace(new RegExp(`${name} (?=\\d{4})`), `${i + 1} `), text)
}
