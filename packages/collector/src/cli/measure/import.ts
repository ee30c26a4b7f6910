import { readFileSync } from 'node:fs'
import { isoIn } from '@tabiji/core/time'
import type { Command } from 'commander'
import { importHistory, type JudgedBack, readHistory } from '../../app/history.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { DEFAULT_CONFIG, load } from '../terminal/load.ts'
import { outputOf } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'

type Options = { readonly config: string; readonly sample?: boolean }

/** How many lines pass between two words about the progress. */
const PROGRESS_LINES = 10_000

/** `tabiji import`: the past of another system, through the same doors as the present. */
export function importCommand(io: Io): Command {
  return createCommand('import', io)
    .description('Bring readings, incidents and fixes of the past into the store, while no daemon runs.')
    .addHelpText('before', examples('tabiji import history.ndjson', 'tabiji import made-up.ndjson --sample'))
    .argument('<file>', 'NDJSON: a reading, or something that was done to an incident or a fix, in each line')
    .option('-c, --config <file>', 'the configuration', DEFAULT_CONFIG)
    .option('--sample', 'the data are made up: everything that is told from this store says so, for good')
    .action((file: string, { config: configFile, sample = false }: Options, command: Command) => {
      const { config, definition } = load(configFile, io)
      const output = outputOf(command, io)
      const read = readHistory(readLines(file))
      if (!read.ok) throw refused(file, read.problems)
      const result = importHistory(config, definition, read.entries, {
        now: io.now(),
        sample,
        onCopy: (copy) => output.note(`the store was copied to ${copy} before it was brought to the present layout`),
        onLine: (line) => {
          if (line % PROGRESS_LINES === 0) output.note(`${line} of ${read.entries.length} lines`)
        },
      })
      if (!result.ok)
        throw refused(
          file,
          result.problems.map((problem) => ({ ...problem, path: [result.line] })),
        )
      const { readings, events, incidents, fixes } = result.imported
      const back = result.judgedBack && datesOf(result.judgedBack, definition.timeZone)
      output.answer(
        { ...result.imported, ...(back !== undefined && { judgedBack: back }) },
        () => `${readings} readings with ${events} events, ${incidents} incidents, ${fixes} fixes\n`,
      )
      if (back !== undefined) {
        output.note(
          `what happened from ${back.from} on is judged by the journeys file of ${back.fileSince}, the first that this store knows: what was promised before is not known to it`,
        )
      }
      output.note('next: tabiji up')
    })
}

function datesOf({ from, fileSince }: JudgedBack, zone: string) {
  return { from: isoIn(from, zone), fileSince: isoIn(fileSince, zone) }
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch (error) {
    const message = `cannot read ${file} (${(error as NodeJS.ErrnoException).code})`
    throw new CliError(EXIT.usage, { code: 'CLI_UNREADABLE', message }, [], { cause: error })
  }
}

/** Most problems that are told of one file; who made one mistake in every line needs no more. */
const MOST_TOLD = 20

function refused(
  file: string,
  problems: readonly {
    readonly code: string
    readonly message: string
    readonly hint?: string
    readonly path: readonly (string | number)[]
  }[],
): CliError {
  const told = problems.slice(0, MOST_TOLD).map(({ code, message, hint, path }) => ({
    code,
    message: `${file}:${path[0]}: ${message}`,
    ...(hint !== undefined && { hint }),
  }))
  const message = `${file} has ${problems.length} problem${problems.length === 1 ? '' : 's'}`
  return new CliError(EXIT.no, { code: 'CLI_HISTORY', message }, told)
}
