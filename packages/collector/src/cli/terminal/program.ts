import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import type { Io } from './io.ts'

/** What may be said with every command, before or after its name. */
export type GlobalOptions = {
  readonly json?: boolean
  readonly plain?: boolean
  readonly quiet?: boolean
  /** `--no-color` is `false`. */
  readonly color?: 'auto' | 'always' | 'never' | false
  readonly url?: string
  readonly timeout?: string
}

/** The command `tabiji`, to which the others are added with `addCommand`. */
export function createProgram(io: Io): Command {
  return createCommand('tabiji', io)
    .description('Keeps the books of every user journey and tells people at the right level of urgency.')
    .option('--json', 'print exactly one JSON document, and errors as JSON on stderr')
    .option('--plain', 'no colours and no signs')
    .option('-q, --quiet', 'no hints')
    .addOption(new Option('--color <when>', 'use colours').choices(['auto', 'always', 'never']))
    .option('--no-color', 'the same as --color never')
    .option('--url <address>', 'the collector to ask (TABIJI_URL; default: http://127.0.0.1:7070)')
    .option('--timeout <duration>', 'how long to wait for it (default: 10s)')
}

/** A command that throws instead of ending the process and writes to the streams it was given, as its subcommands do too. */
export function createCommand(name: string, io: Io): Command {
  return new Command(name)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      // Errors are told by `runProgram`, in one form with all others.
      outputError: () => undefined,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
}

/** Puts examples before a command's help, because people read those first. */
export function examples(...lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  ${line}\n`).join('')}`
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

/** The key of an incident or a fix, in capitals however it was typed. Nothing else reaches an address. */
export function keyArgument(like: string): Argument {
  return new Argument('<key>', `such as ${like}`).argParser((text: string) => {
    if (/^[a-z0-9-]{1,40}$/i.test(text)) return text.toUpperCase()
    throw new InvalidArgumentError(`Expected a key such as ${like}`)
  })
}
