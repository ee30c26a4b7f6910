import { parse } from 'csv-parse/sync'
import { maskTexts } from './masking-many.ts'

/** A table with more secrets than this is no table of fixes; each costs a few looks through the rules. */
const MOST_SECRETS = 100

type Raw = { readonly record: readonly string[]; readonly raw: string }

/**
 * A table without secrets. Each cell is masked by itself: what a person types behind `--password` goes to the next space, and would
 * take the next cells along. Rows without any stay as they were written, and so does a text that is no table.
 *
 * @returns nothing when there are more than a hundred
 */
export async function maskTable(text: string): Promise<string | undefined> {
  const source = text.replaceAll('\r\n', '\n')
  const rows = rowsIn(source)
  if (rows === undefined) return text
  const found = await maskTexts([...new Set(rows.flatMap(({ record }) => record))], MOST_SECRETS)
  if (found === undefined) return undefined
  if (found.size === 0) return text
  const masked = rows.map(({ record, raw }) =>
    record.some((cell) => found.has(cell))
      ? `${record.map((cell) => quoted(found.get(cell) ?? cell)).join(',')}${raw.endsWith('\n') ? '\n' : ''}`
      : raw,
  )
  return masked.join('')
}

/** Nothing where it is no table: then it is refused, and kept nowhere. */
function rowsIn(source: string): readonly Raw[] | undefined {
  try {
    return parse(source, { bom: true, raw: true, relaxColumnCount: true }) as unknown as readonly Raw[]
  } catch {
    return undefined
  }
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
