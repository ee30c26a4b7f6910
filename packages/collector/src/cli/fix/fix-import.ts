import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { decodeText, MAX_TABLE_CHARACTERS } from '../../app/fix-import.ts'
import { readDocument } from '../terminal/client.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { printable } from '../terminal/printable.ts'
import { examples } from '../terminal/program.ts'
import { byOption, openSession, scribeOf } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'

type Options = { readonly sheet?: string; readonly dryRun?: boolean }

/** `tabiji fix import FILE.csv`: fixes that are kept in a spreadsheet. */
export function addFixImport(fix: Command, io: Io): void {
  fix
    .command('import')
    .description('Take over fixes from a spreadsheet that was saved as CSV. The same file again changes nothing.')
    .addHelpText('before', examples('tabiji fix import fixes.csv --dry-run', 'tabiji fix import fixes.csv'))
    .argument('<file>', 'CSV in UTF-8 or Shift_JIS; its first line names the columns, at least `id` and `title`')
    .option('--sheet <name>', 'which spreadsheet it is, where there are several (default: fixes)')
    .option('--dry-run', 'only show what it would record')
    .addOption(byOption())
    .action((file: string, options: Options, command: Command) => importFile(command, io, file, options))
}

const figures = z.object({
  rows: z.int(),
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  columnsNotRead: z.array(z.string()),
  fixes: z.array(
    z.object({
      key: z.string().optional(),
      id: z.string(),
      title: z.string(),
      line: z.int(),
      events: z.array(z.string()),
    }),
  ),
})
const answer = z.union([
  z.object({ preview: figures }).transform(({ preview }) => ({ ...preview, isPreview: true })),
  z.object({ imported: figures }).transform(({ imported }) => ({ ...imported, isPreview: false })),
])

async function importFile(command: Command, io: Io, file: string, { sheet, dryRun }: Options): Promise<void> {
  const { client, output } = openSession(command, io)
  const { text, encoding } = await readTable(file)
  const by = scribeOf(command, io)
  const body = {
    file: basename(file),
    text,
    preview: dryRun === true,
    ...(sheet !== undefined && { sheet }),
    ...(by !== undefined && { by }),
  }
  const document = await client.post('/fixes/import', body)
  const told = readDocument(document, answer)
  output.answer(document, () => shown(told))
  if (encoding !== 'UTF-8') output.note(`read as ${encoding}`)
  if (told.columnsNotRead.length > 0) output.note(`columns not read: ${told.columnsNotRead.map(printable).join(', ')}`)
  output.note(told.isPreview ? 'nothing is recorded yet; say it again without --dry-run' : 'next: tabiji fix list')
}

function shown({ rows, added, changed, unchanged, isPreview, fixes }: z.output<typeof answer>): string {
  const lines = fixes.map(({ key = '–', id, line, events, title }) =>
    [key, id, `${line}`, events.join(', '), title].map(printable),
  )
  const list = lines.length === 0 ? '' : table(['KEY', 'ID', 'LINE', 'RECORDED', 'TITLE'], lines)
  const would = isPreview ? ' would be' : ''
  return `${list}${rows} row${rows === 1 ? '' : 's'}:${would} ${added} added, ${changed} changed, ${unchanged} as known\n`
}

/** A character has at most four bytes. */
const MAX_BYTES = 4 * MAX_TABLE_CHARACTERS

async function readTable(file: string): Promise<Extract<ReturnType<typeof decodeText>, { ok: true }>> {
  const { size, bytes } = await read(file)
  const decoded = bytes === undefined ? undefined : decodeText(bytes)
  if (decoded?.ok === true && decoded.text.length <= MAX_TABLE_CHARACTERS) return decoded
  if (decoded?.ok === false) {
    const message = `Expected ${file} to be a text in UTF-8 or Shift_JIS, got something else`
    throw new CliError(EXIT.no, { code: 'CLI_IMPORT', message, hint: decoded.hint })
  }
  const message = `Expected ${file} to have at most ${MAX_TABLE_CHARACTERS} characters, got ${decoded?.text.length ?? `${size} bytes`}`
  throw new CliError(EXIT.no, {
    code: 'CLI_IMPORT',
    message,
    hint: 'split it by rows: each part is taken in by itself',
  })
}

async function read(file: string): Promise<{ readonly size: number; readonly bytes?: Buffer }> {
  try {
    const { size } = await stat(file)
    return size > MAX_BYTES ? { size } : { size, bytes: await readFile(file) }
  } catch (error) {
    const message = `cannot read ${file} (${(error as NodeJS.ErrnoException).code})`
    throw new CliError(EXIT.usage, { code: 'CLI_FILE', message }, [], { cause: error })
  }
}
