import type { Place, Problem } from '@tabiji/core/problem'
import { CsvError, parse } from 'csv-parse/sync'

export type Cell = { readonly text: string; readonly at: Place }
export type CsvRow = { readonly cells: readonly Cell[]; readonly at: Place }

export type CsvRead =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  | { readonly ok: false; readonly problem: Problem }

/** Reads RFC 4180 as spreadsheets write it, with the place of every cell. Lines without any text are left out. */
export function readCsv(text: string, file: string): CsvRead {
  // The parser counts the two characters of Windows' end of a line as two lines where they stand in quotes.
  const source = text.replaceAll('\r\n', '\n')
  try {
    const records = parse(source, { bom: true, raw: true, relaxColumnCount: true }) as unknown as readonly Raw[]
    let line = 1
    const rows = records.map(({ record, raw }) => {
      const starts = startsOf(raw, { file, line, column: 1 })
      line += raw.split('\n').length - 1
      const [at = { file, line, column: 1 }] = starts
      return { at, cells: record.map((cell, i) => ({ text: cell, at: starts[i] ?? at })) }
    })
    return { ok: true, rows: rows.filter(({ cells }) => cells.some((cell) => cell.text.trim() !== '')) }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { ok: false, problem: unreadable(error, file) }
  }
}

type Raw = { readonly record: readonly string[]; readonly raw: string }

/** Where each cell begins. That a quote is doubled within quotes makes no difference for it: out and in again. */
function startsOf(raw: string, start: Place): readonly Place[] {
  const starts = [start]
  let { line, column } = start
  let isQuoted = false
  for (const character of raw) {
    column += character.length
    if (character === '"') isQuoted = !isQuoted
    if (character === '\n') {
      line += 1
      column = 1
    } else if (character === ',' && !isQuoted) {
      starts.push({ ...start, line, column })
    }
  }
  return starts
}

function unreadable({ code, lines, message }: CsvError & { readonly lines?: number }, file: string): Problem {
  const at = { file, line: Math.max(1, Number(lines ?? 1)), column: 1 }
  const told =
    code === 'CSV_QUOTE_NOT_CLOSED' ? 'a double quote is never closed' : message.replace(/,? (?:value is|got) ".*/s, '')
  const hint =
    'a text with quotes in it stands in double quotes, and each of its own is doubled; spreadsheets write it so'
  return { code: 'CSV', severity: 'error', message: `Expected a table with commas: ${told}`, hint, path: [], at }
}
