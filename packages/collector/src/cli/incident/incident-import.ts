import { open } from 'node:fs/promises'
import type { KeptLine } from '@tabiji/core/incident'
import { parseInstant } from '@tabiji/core/time'
import { type Command, Option } from 'commander'
import {
  chooseLines,
  MAX_HISTORY_BYTES,
  MAX_SLACK_BYTES,
  MOST_IMPORTED,
  readShellHistory,
  readSlackThread,
  SHELLS,
  type Shell,
  shellOf,
} from '../../app/incident-import.ts'
import { readDocument } from '../terminal/client.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { printable } from '../terminal/printable.ts'
import { createCommand, keyArgument } from '../terminal/program.ts'
import { byOption, openSession, scribeOf } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'
import { timelineAnswer } from './timeline-answers.ts'

type Options = { readonly yes: boolean; readonly from?: string; readonly to?: string }
type Kind = 'slack' | 'shell'
type Found = { readonly lines: readonly KeptLine[]; readonly unread: number }

const INCIDENT = 'INC-0007'
/** A request may have 64 KiB; a character may have three bytes, and JSON needs room too. */
const REQUEST_CHARACTERS = 12_000

/** `tabiji incident import slack | shell`: lines that other systems kept. Shown first; taken in with `--yes`. */
export function addImports(incident: Command, io: Io): void {
  const imports = createCommand('import', io).description(
    'Take over a thread of Slack or the history of a shell. It is shown first, without secrets; `--yes` takes it in.',
  )
  incident.addCommand(imports)
  withStretch(imports.command('slack'))
    .description(
      'A thread of Slack: the answer of conversations.replies, or a day of a channel out of an export of Slack.',
    )
    .option('--thread <ts>', 'the `ts` of its first message; may be left out where the file has one thread')
    .action(async (key: string, file: string, options: Options & { thread?: string }, command: Command) => {
      const read = readSlackThread((await readWhole(file, MAX_SLACK_BYTES)).toString('utf8'), options.thread)
      if (!read.ok) throw new CliError(EXIT.no, { code: 'CLI_IMPORT', message: read.message, hint: read.hint })
      await take(command, io, key, 'slack', read, options)
    })
  withStretch(imports.command('shell'))
    .description(
      'The history of bash (with HISTTIMEFORMAT), zsh (with EXTENDED_HISTORY) or fish; commands without a time are left out.',
    )
    .addOption(new Option('--shell <shell>', 'which one wrote it (default: by its form)').choices(SHELLS))
    .action(async (key: string, file: string, options: Options & { shell?: Shell }, command: Command) => {
      const text = (await readEnd(file, MAX_HISTORY_BYTES)).toString('utf8')
      const shell = options.shell ?? shellOf(text)
      if (shell === undefined) {
        const hint = 'bash keeps times once HISTTIMEFORMAT is set, zsh with `setopt EXTENDED_HISTORY`'
        throw new CliError(EXIT.no, { code: 'CLI_IMPORT', message: `Expected ${file} to have times of commands`, hint })
      }
      const by = scribeOf(command, io)
      const lines = readShellHistory(text, shell).map((line) => ({ ...line, ...(by !== undefined && { by }) }))
      await take(command, io, key, 'shell', { lines, unread: 0 }, options)
    })
}

function withStretch(command: Command): Command {
  return command
    .addArgument(keyArgument(INCIDENT))
    .argument('<file>', 'what to read')
    .option('--from <time>', 'from when on, ISO 8601 (default: the beginning of the timeline)')
    .option('--to <time>', 'until when, ISO 8601 (default: the end of the timeline)')
    .option('--yes', 'take it in; without it, it is only shown', false)
    .option('--dry-run', 'only show it, as without --yes')
    .addOption(byOption())
}

async function take(command: Command, io: Io, key: string, from: Kind, found: Found, options: Options): Promise<void> {
  const { client, output } = openSession(command, io)
  const timeline = readDocument(await client.get(`/incidents/${key}/timeline`), timelineAnswer)
  const stretch = {
    from: instantOf('--from', options.from, io.now()) ?? Date.parse(timeline.from),
    to: instantOf('--to', options.to, io.now()) ?? Date.parse(timeline.to) + 1,
  }
  const { chosen, masked, outside, beyond } = await chooseLines(found.lines, stretch)
  const before = written(timeline)
  let after = before
  const isDry = command.opts<{ dryRun?: boolean }>().dryRun === true
  if (options.yes && !isDry) {
    const by = scribeOf(command, io)
    for (const lines of requestsOf(chosen)) {
      const body = { from, lines, ...(by !== undefined && { by }) }
      after = written(readDocument(await client.post(`/incidents/${key}/import`, body), timelineAnswer))
    }
  }
  const taken = options.yes && !isDry ? after - before : undefined
  const counts = { found: found.lines.length, unread: found.unread, outside, beyond, masked }
  const document = { incident: key, from, ...counts, ...(taken !== undefined && { taken }), lines: chosen }
  output.answer(document, () => shown(document))
  if (taken === undefined && chosen.length > 0) output.note('nothing is taken in yet; say it again with --yes')
}

const written = ({ lines }: { readonly lines: readonly { readonly id: string }[] }) =>
  lines.filter(({ id }) => /^L-\d+$/.test(id)).length

type Summary = {
  readonly incident: string
  readonly found: number
  readonly unread: number
  readonly outside: number
  readonly beyond: number
  readonly masked: number
  readonly taken?: number
  readonly lines: readonly KeptLine[]
}

function shown({ lines, found, unread, outside, beyond, masked, taken, incident }: Summary): string {
  const rows = lines.map(({ happenedAt, by, text }) => [
    `${new Date(happenedAt).toISOString().slice(0, 19)}Z`,
    printable(by ?? '–'),
    printable(text).replaceAll('\n', ' ⏎ '),
  ])
  const count = [
    `${found} found`,
    `${outside} outside the stretch`,
    ...(beyond > 0 ? [`${beyond} beyond the most that one import takes`] : []),
    ...(unread > 0 ? [`${unread} not understood`] : []),
    `${masked} with a secret masked`,
    ...(taken === undefined ? [] : [`${taken} taken into ${incident}, ${lines.length - taken} there already`]),
  ]
  return `${rows.length === 0 ? '' : table(['AT', 'BY', 'TEXT'], rows)}${count.join(', ')}\n`
}

function* requestsOf(lines: readonly KeptLine[]): Generator<readonly KeptLine[]> {
  let some: KeptLine[] = []
  let size = 0
  for (const line of lines) {
    if (some.length === MOST_IMPORTED || (some.length > 0 && size + line.text.length > REQUEST_CHARACTERS)) {
      yield some
      some = []
      size = 0
    }
    some.push(line)
    size += line.text.length
  }
  if (some.length > 0) yield some
}

/** The zone of the journeys file is not known here, so a time says its offset. */
function instantOf(option: string, text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined
  const at = /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? parseInstant(text, now, 'UTC') : undefined
  if (at !== undefined) return at
  const message = `Expected \`${option}\` to be a time with its offset such as 2026-10-20T13:02+09:00, got "${text}"`
  throw new CliError(EXIT.usage, { code: 'CLI_USAGE', message })
}

async function readWhole(file: string, most: number): Promise<Buffer> {
  return readFrom(file, (size) => {
    if (size <= most) return 0
    const message = `Expected ${file} to have at most ${most / 1024 / 1024} MiB, got ${Math.ceil(size / 1024 / 1024)} MiB`
    throw new CliError(EXIT.no, { code: 'CLI_IMPORT', message, hint: 'take the day of the channel only' })
  })
}

/** What was typed last stands last, so of a long history the end is read. */
async function readEnd(file: string, most: number): Promise<Buffer> {
  return readFrom(file, (size) => Math.max(0, size - most))
}

async function readFrom(file: string, startOf: (size: number) => number): Promise<Buffer> {
  let handle: Awaited<ReturnType<typeof open>> | undefined
  try {
    handle = await open(file, 'r')
    const { size } = await handle.stat()
    const start = startOf(size)
    const bytes = Buffer.alloc(size - start)
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start)
    return bytes.subarray(0, bytesRead)
  } catch (error) {
    if (error instanceof CliError) throw error
    const message = `cannot read ${file} (${(error as NodeJS.ErrnoException).code})`
    throw new CliError(EXIT.usage, { code: 'CLI_FILE', message }, [], { cause: error })
  } finally {
    await handle?.close()
  }
}
