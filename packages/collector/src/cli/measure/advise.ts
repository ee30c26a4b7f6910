import { hintFor } from '@tabiji/core/problem'
import { addDays, isoIn } from '@tabiji/core/time'
import type { Command } from 'commander'
import { adviseStore } from '../../app/advise.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { DEFAULT_CONFIG, load } from '../terminal/load.ts'
import { outputOf } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { FROM, readStretch, TO } from '../terminal/stretch.ts'
import { adviceDocument, adviceText } from './advise-text.ts'

type Options = { readonly config: string; readonly from?: string; readonly to?: string }

/** How far back advice looks, days. */
const RECORD_DAYS = 30

/** `tabiji advise`: what a journey could promise by its record, and what that would have cost. */
export function adviseCommand(io: Io): Command {
  return createCommand('advise', io)
    .description(
      'Read from the record what a journey could promise, and how often each promise would have called somebody.',
    )
    .addHelpText(
      'before',
      examples('tabiji advise checkout', 'tabiji advise checkout --from 2026-10-01 --to 2026-10-31 --json'),
    )
    .argument('<journey>', 'its name')
    .option('-c, --config <file>', 'the configuration', DEFAULT_CONFIG)
    .option('--from <time>', `${FROM} (default: ${RECORD_DAYS} days ago)`)
    .option('--to <time>', `${TO} (default: now)`)
    .action((name: string, options: Options, command: Command) => {
      const { config, definition } = load(options.config, io)
      const zone = definition.timeZone
      const known = definition.journeys.map((each) => each.name)
      const journey = definition.journeys.find((each) => each.name === name)
      if (journey === undefined) {
        const hint = hintFor(name, known, 12)
        const message = `there is no journey ${name} in the journeys file`
        throw new CliError(EXIT.no, { code: 'ADVISE_UNKNOWN', message, ...(hint !== undefined && { hint }) })
      }
      const before = addDays(isoIn(io.now(), zone).slice(0, 10), -RECORD_DAYS)
      const { from, to } = readStretch(options.from ?? before, options.to, io.now(), zone)
      const range = { from: from * 1000, to: Math.min(to * 1000, io.now()) }
      const read = adviseStore(config, definition, journey, range)
      if (!read.ok) throw new CliError(EXIT.usage, { code: read.code, message: read.message })
      if (read.answer.steps.every(({ booked }) => booked === 0)) {
        const message = `nothing is booked of ${name} from ${isoIn(range.from, zone)} to ${isoIn(range.to, zone)}`
        throw new CliError(EXIT.noData, { code: 'ADVISE_NO_DATA', message })
      }
      outputOf(command, io).answer(adviceDocument(name, read.answer, zone), () => adviceText(name, read.answer, zone))
    })
}
