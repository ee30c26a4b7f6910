import { parse } from 'csv-parse/sync'
import { maskSecrets } from './masking.ts'

/** A table with more secrets than this is no table of fixes; each costs a few looks through the rules. */
const MOST_SECRETS = 100
/** Less than what is masked as one text. */
const CHUNK = 10_000

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
  const found = new Map<string, string>()
  if (!(await findSecrets([...new Set(rows.flatMap(({ record }) => record))], found))) return undefined
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

/** Halves what has a secret until it is one cell. @returns whether there were not too many */
async function findSecrets(cells: readonly string[], found: Map<string, string>): Promise<boolean> {
  if (found.size > MOST_SECRETS) return false
  const [first] = cells
  if (first === undefined) return true
  const text = cells.join('\n')
  if (text.length <= CHUNK || cells.length === 1) {
    const masked = await maskSecrets(text)
    if (masked === text) return true
    if (cells.length === 1) {
      found.set(first, masked)
      return true
    }
  }
  const half = Math.ceil(cells.length / 2)
  return (await findSecrets(cells.slice(0, half), found)) && findSecrets(cells.slice(half), found)
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
