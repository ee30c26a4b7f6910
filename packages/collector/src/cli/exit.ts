import { type Command, CommanderError } from 'commander'
import type { Io } from './io.ts'
import { printError } from './output.ts'

/** What the exit code of a command says. */
export const EXIT = {
  /** Done, and the answer is fine. */
  fine: 0,
  /** Done, and the answer is "no": refused, found wrong, closed. */
  no: 1,
  /** Wrong usage, or a configuration that cannot be read. */
  usage: 2,
  /** The collector cannot be reached, or did not answer in time, or is none. */
  unreachable: 3,
  /** Not signed in, or not allowed. */
  notAllowed: 4,
  /** Not enough data to answer. */
  noData: 5,
  /** A bug in this program. */
  bug: 70,
  /** Stopped by Ctrl-C. */
  stopped: 130,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Ends a command whose answer is already printed: only the exit code is left to say. */
export class CliExit extends Error {
  readonly exit: ExitCode

  constructor(exit: ExitCode, message = `exit ${exit}`, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CliExit'
    this.exit = exit
  }
}

/** One thing to tell on stderr: what is wrong and how to mend it. */
export type Complaint = { readonly code: string; readonly message: string; readonly hint?: string }

/** Ends a command with an error that the person is told, in text or as JSON. Its text may be hostile; printing mends that. */
export class CliError extends CliExit {
  readonly complaint: Complaint
  /** Everything that is wrong, when it is more than the complaint. */
  readonly problems: readonly Complaint[]

  constructor(exit: ExitCode, complaint: Complaint, problems: readonly Complaint[] = [], options?: ErrorOptions) {
    super(exit, complaint.message, options)
    this.name = 'CliError'
    this.complaint = complaint
    this.problems = problems
  }
}

/**
 * Runs a command line (without `node` and the script) and says how it ended. Never throws and never ends the process: the
 * caller sets `process.exitCode`, so that what is written is written out.
 */
export async function runProgram(program: Command, words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    await program.parseAsync(words, { from: 'user' })
    return EXIT.fine
  } catch (error) {
    const json = words.includes('--json')
    if (error instanceof CliError) printError(io, json, error.complaint, error.problems)
    if (error instanceof CliExit) return error.exit
    if (error instanceof CommanderError) return endOfUsage(error, json, io)
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    const hint = 'please report it together with the command and the lines below'
    printError(io, json, { code: 'CLI_BUG', message: `this is a bug in tabiji: ${message}`, hint })
    if (!json && stack !== undefined) io.stderr.write(`${stack}\n`)
    return EXIT.bug
  }
}

/** Commander throws for help that was asked for (0), help that was needed (shown already), and words that it cannot read. */
function endOfUsage(error: CommanderError, json: boolean, io: Io): ExitCode {
  if (error.exitCode === 0) return EXIT.fine
  if (error.code === 'commander.help') return EXIT.usage
  const [said = '', nearest] = error.message.replace(/^error: /, '').split('\n')
  const hint = nearest?.replace(/^\((.*)\)$/, '$1') ?? 'add --help to see how it is used'
  printError(io, json, { code: 'CLI_USAGE', message: said, hint })
  return EXIT.usage
}
