import { html, type Markup } from '@tabiji/report/page'

/** The heads of columns; those of numbers stand above the numbers' end. */
export function headOf(columns: readonly (readonly [label: string, align?: 'end'])[]): readonly Markup[] {
  return columns.map(([label, align]) => html`<th scope="col" class="${align ?? ''}">${label}</th>`)
}
