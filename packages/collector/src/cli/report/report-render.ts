import { Readable } from 'node:stream'
import { isMonth } from '@tabiji/core/time'
import { progressOn, renderHelp, run } from '@tabiji/report/cli'
import type { Command } from 'commander'
import { ownVersion } from '../../app/version.ts'
import { CliError, CliExit, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { printable } from '../terminal/printable.ts'
import type { GlobalOptions } from '../terminal/program.ts'

/** What a rendering takes in besides: facts on standard input, and that somebody wants to stop. A test leaves both out. */
export type Inlets = {
  readonly stdin: Readable
  once(signal: 'SIGINT', listener: () => void): unknown
}

/** `tabiji report MONTH --format html …`: the very command `tabiji-report`, with its flags and its exit codes. */
export function addRender(report: Command, io: Io, inlets: Inlets | undefined): void {
  report
    .usage('[month | command] [options]')
    .argument('[month...]', 'a month such as 2026-10, or a quarter such as 2026-Q3, whose report is written')
    .allowUnknownOption()
    .addHelpText('after', `\nOptions with a month (what tabiji-report takes):\n${renderHelp()}`)
    .action(async (_words: readonly string[], _options: object, command: Command) => {
      const { args } = command
      const [first] = args
      if (first === undefined) command.help({ error: true })
      if (first !== undefined && !first.startsWith('-') && !isPeriod(first)) throw noSuchCommand(first, command)
      const stop = new AbortController()
      inlets?.once('SIGINT', () => stop.abort())
      const answer = await run([...args, ...globalsOf(command, io)], {
        version: ownVersion(),
        env: { ...io.env },
        stdin: inlets?.stdin ?? Readable.from([]),
        stop: stop.signal,
        tell: (line) => void io.stderr.write(`${printable(line)}\n`),
        progress: progressOn(io.stderr),
      })
      io.stderr.write(answer.stderr)
      io.stdout.write(answer.stdout)
      if (answer.exit !== EXIT.fine) throw new CliExit(answer.exit)
    })
}

/** Options that all commands know are taken before this one sees them, and mean the same in a rendering. */
function globalsOf(command: Command, io: Io): readonly string[] {
  const { json, quiet, url = io.env['TABIJI_URL'], timeout } = command.optsWithGlobals<GlobalOptions>()
  return [
    ...(json === true ? ['--json'] : []),
    ...(quiet === true ? ['--quiet'] : []),
    ...(url === undefined ? [] : ['--url', url]),
    ...(timeout === undefined ? [] : ['--timeout', timeout]),
  ]
}

/** Also a mistyped one: then the rendering says how a month is written. */
const isPeriod = (word: string): boolean => isMonth(word) || /^\d/.test(word)

function noSuchCommand(word: string, { commands }: Command): CliError {
  const known = commands.map((each) => each.name()).join(', ')
  const message = `There is no \`tabiji report ${word}\``
  const hint = `known: ${known}; or a month, such as \`tabiji report 2026-10\``
  return new CliError(EXIT.usage, { code: 'CLI_USAGE', message, hint })
}
