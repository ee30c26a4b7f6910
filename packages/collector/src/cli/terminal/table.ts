import stringWidth from 'string-width'
import { printable } from './printable.ts'

/** A cell, with a function that colours it once it has been measured and made harmless. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string }

/** Columns measured in cells of the terminal, two for a Japanese character. The last column is not padded. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return columns([head, ...rows])
}

/** Names and values below each other, indented; a pair without a value is left out. */
export function fields(pairs: readonly (readonly [name: string, value: Cell | undefined])[]): string {
  return columns(pairs.flatMap(([name, value]) => (value === undefined ? [] : [['', name, value]])))
}

/** Lines of a section below its title; nothing without lines. */
export function section(title: string, lines: readonly (readonly Cell[])[]): string {
  return lines.length === 0 ? '' : `\n${title}\n${columns(lines.map((line) => ['', ...line]))}`
}

function columns(rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map((row) => row.map(measure))
  const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map((row) => row[i]?.width ?? 0)))
  const lines = cells.map((row) => {
    const padded = row.map(({ shown, width }, i) =>
      i === row.length - 1 ? shown : shown + ' '.repeat(Math.max(0, (widths[i] ?? 0) - width)),
    )
    return `${padded.join('  ').trimEnd()}\n`
  })
  return lines.join('')
}

function measure(cell: Cell): { readonly shown: string; readonly width: number } {
  const text = printable(typeof cell === 'string' ? cell : cell.text)
  return { shown: typeof cell === 'string' ? text : cell.paint(text), width: stringWidth(text) }
}
