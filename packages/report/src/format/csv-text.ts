import { stringify } from 'csv-stringify/sync'
import { visible } from './visible.ts'

export type Row = readonly (string | number | undefined)[]

/**
 * A flat table for spreadsheets and programs: UTF-8 with a byte order mark, because Excel takes anything else for the machine's
 * own encoding; a cell that a spreadsheet would read as a formula begins with an apostrophe.
 */
export function csvText(rows: readonly Row[]): string {
  return stringify(
    rows.map((row) => row.map(cellOf)),
    { bom: true, record_delimiter: 'windows' },
  )
}

/** What a spreadsheet takes for the beginning of a formula, in both widths. */
const FORMULA = /^[=+\-@＝＋－＠]/u
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/

/** A number stays one, though it may begin like a formula. */
function cellOf(cell: Row[number]): string {
  const text = typeof cell === 'string' ? visible(cell) : cell === undefined ? '' : String(cell)
  return FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
}

const DECIMALS = 6

/** A division in decimals, cut like every percentage of the report. */
export function ratio(numerator: number | bigint, denominator: number): string {
  if (denominator === 0) return ''
  const scaled = (BigInt(numerator) * 10n ** BigInt(DECIMALS)) / BigInt(denominator)
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(DECIMALS + 1, '0')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`
}
