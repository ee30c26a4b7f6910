import { basename } from 'node:path'
import type { Definition } from '@tabiji/core/journey'
import { isoIn, MINUTE, parseDuration, SECOND } from '@tabiji/core/time'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { replayStore } from '../../app/replay.ts'
import { readJourneysFile } from '../journeys/journeys-file.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { DEFAULT_CONFIG, load } from '../terminal/load.ts'
import { outputOf } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { FROM, readStretch, TO } from '../terminal/stretch.ts'
import { replayNotes } from './replay-notes.ts'
import { replayDocument, replayText } from './replay-text.ts'

type Options = {
  readonly config: string
  readonly from: string
  readonly to?: string
  readonly journeys?: string
  readonly every: number
  readonly known: 'then' | 'now'
}

/** `tabiji replay`: what would have rung, beside the incidents that there were. */
export function replayCommand(io: Io): Command {
  return createCommand('replay', io)
    .description(
      'Judge the stored past again and compare what would have rung with the incidents of it. Nothing is changed or sent.',
    )
    .addHelpText(
      'before',
      examples(
        'tabiji replay --from 2026-10-01 --to 2026-10-31',
        'tabiji replay --from 2026-10-01 --journeys other.yaml  # other targets, policies, steps',
        'tabiji replay --from 09:00 --every 15s --json',
      ),
    )
    .requiredOption('--from <time>', FROM)
    .option('--to <time>', `${TO} (default: now)`)
    .option('-c, --config <file>', 'the configuration', DEFAULT_CONFIG)
    .option('--journeys <file>', 'judge by another journeys file than the configuration’s')
    .option('--every <duration>', 'how often it is judged (default: 1m)', everyOf, MINUTE)
    .addOption(
      new Option('--known <when>', 'count what was known then, as the daemon did, or all that is known now')
        .choices(['then', 'now'])
        .default('then'),
    )
    .action((options: Options, command: Command) => {
      const { config, definition: inForce } = load(options.config, io)
      const { file, definition } = judgedBy(options, config.journeysFile, inForce)
      const { from, to } = readStretch(options.from, options.to, io.now(), definition.timeZone)
      const query = { from: from * 1000, to: Math.min(to * 1000, io.now()), everyMs: options.every }
      const read = replayStore(config, definition, { ...query, knowledge: options.known })
      if (!read.ok) throw new CliError(EXIT.usage, { code: read.code, message: read.message })
      const { answer } = read
      if (answer.booked.events === 0) throw nothingBooked(query.from, query.to, definition.timeZone)
      const notes = replayNotes(answer, { ...query, knowledge: options.known }, definition, inForce)
      const told = { file: basename(file), definition, everyMs: options.every, known: options.known, notes }
      const output = outputOf(command, io)
      output.answer(replayDocument(answer, told), () => replayText(answer, told, output))
    })
}

function everyOf(text: string): number {
  const ms = parseDuration(text)
  if (ms !== undefined && ms >= SECOND && ms % SECOND === 0) return ms
  throw new InvalidArgumentError('Expected a duration of whole seconds, such as 15s or 1m.')
}

function judgedBy({ journeys }: Options, file: string, inForce: Definition) {
  return journeys === undefined ? { file, definition: inForce } : readJourneysFile(journeys)
}

function nothingBooked(from: number, to: number, zone: string): CliError {
  const message = `nothing is booked from ${isoIn(from, zone)} to ${isoIn(to, zone)}, so nothing can be judged`
  return new CliError(EXIT.noData, {
    code: 'REPLAY_NO_DATA',
    message,
    hint: '`tabiji ledger show JOURNEY` lists entries',
  })
}
