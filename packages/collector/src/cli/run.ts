import { type Command, CommanderError } from 'commander'
import { CliError, CliExit, EXIT, type ExitCode } from './terminal/exit.ts'
import type { Io } from './terminal/io.ts'
import { printError } from './terminal/output.ts'

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
