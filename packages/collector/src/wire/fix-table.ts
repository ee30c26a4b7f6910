import type { FixRow } from '@tabiji/core/fix'
import { hintFor, type Place, type Problem } from '@tabiji/core/problem'
import { isDate } from '@tabiji/core/time'
import { z } from 'zod'
import { type Cell, type CsvRow, readCsv } from './csv.ts'
import { COLUMNS, type Column, KINDS, plain, STATES, YES_OR_NO } from './fix-table-words.ts'
import { scribe, word } from './work-request.ts'

/** A few thousand rows; all of it is one command, which is kept. */
export const MAX_TABLE_CHARACTERS = 256 * 1024
const MAX_ROWS = 5_000
/** In JSON a character may take six bytes. */
export const MAX_REQUEST_BYTES = 6 * MAX_TABLE_CHARACTERS + 4_096

export const FIX_IMPORT_REQUEST = z.strictObject({
  ...scribe,
  /** What the file is called, for the places of problems. */
  file: word,
  sheet: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: 'small letters, digits and hyphens' })
    .default('fixes'),
  text: z.string().max(MAX_TABLE_CHARACTERS),
  preview: z.boolean().default(false),
})

export type FixTable = {
  readonly rows: readonly FixRow[]
  readonly problems: readonly Problem[]
  /** Columns that say nothing of a fix. */
  readonly columnsNotRead: readonly string[]
}

type Header = ReadonlyMap<Column, number>

/**
 * Reads a table of fixes as a spreadsheet exports it: a line of column names in English or Japanese, then a row for each fix.
 * Everything that is wrong is found at once.
 */
export function readFixTable(text: string, file: string): FixTable {
  const csv = readCsv(text, file)
  if (!csv.ok) return { rows: [], problems: [csv.problem], columnsNotRead: [] }
  const [first, ...rest] = csv.rows
  if (first === undefined) return { rows: [], problems: [NO_HEADER({ file, line: 1, column: 1 })], columnsNotRead: [] }
  const { header, problems, columnsNotRead } = readHeader(first)
  if (problems.length > 0) return { rows: [], problems, columnsNotRead }
  if (rest.length > MAX_ROWS) {
    const at = rest[MAX_ROWS]?.at ?? first.at
    return { rows: [], problems: [fault(at, `Expected at most ${MAX_ROWS} rows, got ${rest.length}`)], columnsNotRead }
  }
  const found: Problem[] = []
  const rows = rest.flatMap((row) => readRow(row, header, first.cells.length, found) ?? [])
  found.push(...repeated(rest, header))
  return { rows, problems: found.toSorted(byPlace), columnsNotRead }
}

function byPlace({ at: a }: Problem, { at: b }: Problem): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0)
}

function fault(at: Place, message: string, hint?: string): Problem {
  return { code: 'FIX_TABLE', severity: 'error', message, ...(hint !== undefined && { hint }), path: [], at }
}

const NO_HEADER = (at: Place) => {
  const hint = 'the first line names the columns, at least `id` and `title`, with commas between them'
  return fault(at, 'Expected a line with the names of columns, got an empty file', hint)
}

function readHeader({ cells, at }: CsvRow) {
  const header = new Map<Column, number>()
  const problems: Problem[] = []
  const columnsNotRead: string[] = []
  for (const [i, cell] of cells.entries()) {
    const column = COLUMNS.get(plain(cell.text))
    if (column === undefined) {
      if (cell.text.trim() !== '') columnsNotRead.push(cell.text.trim().slice(0, 200))
    } else if (header.has(column)) {
      problems.push(fault(cell.at, `Expected one column for \`${column}\`, got "${cell.text}" as another`))
    } else {
      header.set(column, i)
    }
  }
  for (const needed of ['id', 'title'] as const) {
    if (header.has(needed)) continue
    const hint =
      hintFor(needed, columnsNotRead, 0) ?? `it may be called ${namesOf(needed)}; commas stand between the columns`
    problems.push(fault(at, `Expected a column \`${needed}\`, got none`, hint))
  }
  return { header, problems, columnsNotRead }
}

function namesOf(column: Column): string {
  return [...COLUMNS].flatMap(([name, meant]) => (meant === column ? [`\`${name}\``] : [])).join(', ')
}

/** Keeps what is wrong with a row in `problems`. */
function readRow(row: CsvRow, header: Header, width: number, problems: Problem[]): FixRow | undefined {
  const before = problems.length
  const beyond = row.cells.slice(width).find(({ text }) => text.trim() !== '')
  if (beyond !== undefined) {
    const hint = 'a text with a comma in it stands in double quotes'
    problems.push(fault(beyond.at, `Expected ${width} columns, as in the first line, got more`, hint))
  }
  const at = (column: Column) => cellOf(row, header, column).at
  const said = (column: Column, most = 200): string | undefined => {
    const { text, at } = cellOf(row, header, column)
    const value = oneLine(text)
    if (value.length > most) problems.push(fault(at, `Expected \`${column}\` to have at most ${most} characters`))
    return value === '' ? undefined : value
  }
  const [id, title] = [said('id'), said('title')]
  if (id === undefined)
    problems.push(fault(at('id'), 'Expected an `id`, got nothing', 'each row keeps its own for ever'))
  if (title === undefined) problems.push(fault(at('title'), 'Expected a `title`, got nothing'))
  const date = (column: Column) => dateIn(cellOf(row, header, column), column, problems)
  const day = (column: Column) => date(column)?.slice(0, 10)
  const [created, ended] = [date('created'), date('done')]
  const state =
    oneOf(cellOf(row, header, 'state'), 'state', STATES, problems) ?? (ended === undefined ? 'open' : 'done')
  if (ended !== undefined && state === 'open') {
    problems.push(
      fault(at('done'), 'Expected no date of `done` for an open fix', 'say that it is done, or leave the date out'),
    )
  }
  if (created !== undefined && ended !== undefined && ended.slice(0, 10) < created.slice(0, 10)) {
    problems.push(fault(at('done'), `Expected \`done\` on or after \`created\` (${created}), got ${ended}`))
  }
  const told = {
    owner: said('owner'),
    due: day('due'),
    firstDue: day('first due'),
    incident: said('incident'),
    kind: oneOf(cellOf(row, header, 'kind'), 'kind', KINDS, problems),
    cause: said('cause'),
    created,
    ended,
    url: addressIn(cellOf(row, header, 'url'), problems),
    ...(header.has('blocked') && blockedIn(said('blocked'))),
  }
  if (told.firstDue !== undefined && told.due === undefined) told.due = told.firstDue
  if (problems.length > before || id === undefined || title === undefined) return undefined
  return { at: { row: row.at, incident: at('incident') }, id, title, state, ...withoutUndefined(told) }
}

/** An empty one where the row has none. */
function cellOf({ cells, at }: CsvRow, header: Header, column: Column): Cell {
  return cells[header.get(column) ?? -1] ?? { text: '', at }
}

/** `2026-10-01`, `2026/10/1`, `2026年10月1日`, and a time behind it; anything else may mean two days. */
const DATE = /^(\d{4})(?:-|\/|年)(\d{1,2})(?:-|\/|月)(\d{1,2})日?(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2})?)?$/

function dateIn({ text, at }: Cell, column: Column, problems: Problem[]): string | undefined {
  const typed = text.normalize('NFKC').trim()
  if (typed === '') return undefined
  const [, year, month, day, hour, minute] = DATE.exec(typed) ?? []
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  const isTime = hour === undefined || (Number(hour) < 24 && Number(minute) < 60)
  if (isDate(date) && isTime) return hour === undefined ? date : `${date}T${hour.padStart(2, '0')}:${minute}`
  const message = `Expected \`${column}\` to be a date as 2026-10-01 or 2026/10/1, got "${typed.slice(0, 50)}"`
  problems.push(fault(at, message))
  return undefined
}

function oneOf<Value extends string>(
  { text, at }: Cell,
  column: Column,
  words: ReadonlyMap<string, Value>,
  problems: Problem[],
): Value | undefined {
  if (text.trim() === '') return undefined
  const value = words.get(plain(text))
  const known = [...words.keys()]
  if (value === undefined) {
    const hint = hintFor(plain(text), known) ?? `it may be ${known.map((one) => `\`${one}\``).join(', ')}`
    problems.push(fault(at, `Expected \`${column}\` to be a known one, got "${text.trim().slice(0, 50)}"`, hint))
  }
  return value
}

/** An empty cell says that it is not, a column that is missing says nothing. */
function blockedIn(text = ''): { readonly blocked: boolean; readonly blockedReason?: string } {
  const blocked = YES_OR_NO.get(plain(text))
  return blocked === undefined ? { blocked: true, blockedReason: text } : { blocked }
}

const address = z.url({ protocol: /^https?$/ }).max(2_000)

function addressIn({ text, at }: Cell, problems: Problem[]): string | undefined {
  const typed = text.trim()
  if (typed === '') return undefined
  const read = address.safeParse(typed)
  if (!read.success) problems.push(fault(at, `Expected \`url\` to be an address as https://…`))
  return read.data
}

/** Also beside whatever else is wrong with a row. */
function repeated(rows: readonly CsvRow[], header: Header): readonly Problem[] {
  const lines = new Map<string, number>()
  return rows.flatMap((row) => {
    const id = oneLine(cellOf(row, header, 'id').text)
    const line = lines.get(id)
    if (id === '') return []
    lines.set(id, line ?? row.at.line)
    return line === undefined
      ? []
      : [fault(row.at, `Expected each \`id\` once, got "${id.slice(0, 50)}" again (see line ${line})`)]
  })
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function withoutUndefined<Told extends object>(told: Told) {
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as {
    [key in keyof Told]?: Exclude<Told[key], undefined>
  }
}
