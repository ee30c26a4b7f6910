import { Argument, type Command, Option } from 'commander'
import { z } from 'zod'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { printable } from '../terminal/printable.ts'
import { keyArgument } from '../terminal/program.ts'
import { byOption, keyOption, reasonOption, record } from '../terminal/session.ts'
import { ask as askShape, monthOr, readMonth } from './report-answers.ts'

const said = z.object({ issued: z.number().optional() })

type Monthly = { readonly month?: string; readonly key?: string }

/** What people say for a report: comments, the headline, what they ask for and what was answered, exceptions. */
export function addRemarks(report: Command, io: Io): void {
  addComment(report, io)
  addHeadline(report, io)
  addAsk(report, io)
  addAnswer(report, io)
  addExcept(report, io)
}

function addComment(report: Command, io: Io): void {
  report
    .command('comment')
    .description('Say what is to be known of the month of a journey. Said again, it takes the place of what was said.')
    .addArgument(new Argument('<journey>', 'its name, such as checkout'))
    .addArgument(new Argument('<text>', 'one text, shown in every language as it was written'))
    .addOption(monthOption())
    .addOption(keyOption())
    .addOption(byOption())
    .action(async (journey: string, text: string, { month: typed, key }: Monthly, command: Command) => {
      const month = await monthOr(typed, command, io)
      await record(command, io, {
        path: `/reports/${month}/comments`,
        body: { journey, text },
        key,
        schema: said,
        says: ({ issued }) => `${printable(journey)} has a comment for ${month}${lateNote(issued)}`,
        next: ({ issued }) => nextOf(month, issued),
      })
    })
}

function addHeadline(report: Command, io: Io): void {
  report
    .command('headline')
    .description('Write the sentences at the top of a report yourself. The report says that a person wrote them.')
    .addArgument(new Argument('[text]', 'what stands instead of the computed sentences'))
    .option('--clear', 'let the computed sentences stand again')
    .addOption(monthOption())
    .addOption(keyOption())
    .addOption(byOption())
    .action(async (text: string | undefined, options: Monthly & { readonly clear?: true }, command: Command) => {
      if ((text === undefined) !== (options.clear === true)) {
        const message = 'Expected a text, or --clear, and not both'
        throw new CliError(EXIT.usage, { code: 'CLI_USAGE', message })
      }
      const month = await monthOr(options.month, command, io)
      await record(command, io, {
        path: `/reports/${month}/headline`,
        body: text === undefined ? {} : { text },
        key: options.key,
        schema: said,
        says: ({ issued }) =>
          `the top of ${month} ${text === undefined ? 'is computed again' : 'is written by you'}${lateNote(issued)}`,
        next: ({ issued }) => nextOf(month, issued),
      })
    })
}

type Asked = Monthly & {
  readonly why?: string
  readonly journey?: string
  readonly owner?: string
  readonly due?: string
}

function addAsk(report: Command, io: Io): void {
  report
    .command('ask')
    .description('Ask those who read a report for a decision. The next report says what became of it.')
    .addArgument(new Argument('<text>', 'what is to be decided'))
    .option('--why <text>', 'why it is asked')
    .option('--owner <name>', 'who does it once it is decided')
    .option('--due <date>', 'by when it has to be decided, such as 2026-11-13')
    .option('--journey <name>', 'the journey that it is about')
    .addOption(monthOption())
    .addOption(keyOption())
    .addOption(byOption())
    .action(async (text: string, { month: typed, key, why, owner, due, journey }: Asked, command: Command) => {
      const month = await monthOr(typed, command, io)
      await record(command, io, {
        path: '/reports/asks',
        body: { month, text, why, owner, due, journey },
        key,
        schema: askShape,
        says: (asked) => `${asked.key} is asked in the report of ${month}`,
        next: (asked) => `tabiji report answer ${asked.key} agreed|declined|done "…"`,
      })
    })
}

function addAnswer(report: Command, io: Io): void {
  report
    .command('answer')
    .description('Record what was decided about something asked, or that it is done.')
    .addArgument(keyArgument('ASK-0001'))
    .addArgument(new Argument('<state>', 'what became of it').choices(['agreed', 'declined', 'done']))
    .addArgument(new Argument('[text]', 'what was said'))
    .addOption(keyOption())
    .addOption(byOption())
    .action(
      (name: string, state: string, text: string | undefined, { key }: { readonly key?: string }, command: Command) =>
        record(command, io, {
          path: `/reports/asks/${name}/answer`,
          body: { state, text },
          key,
          schema: askShape,
          says: (asked) => `${asked.key} ${asked.state}`,
          next: () => 'tabiji report asks',
        }),
    )
}

function addExcept(report: Command, io: Io): void {
  report
    .command('except')
    .description('Record that releases of a journey are allowed although its budget says otherwise.')
    .addArgument(new Argument('<journey>', 'its name, such as checkout'))
    .requiredOption('--until <date>', 'the last day on which they are, such as 2026-11-13')
    .addOption(reasonOption())
    .addOption(keyOption())
    .addOption(byOption())
    .action(
      (
        journey: string,
        { until, reason, key }: { readonly until: string; readonly reason: string; readonly key?: string },
        command: Command,
      ) =>
        record(command, io, {
          path: '/reports/exceptions',
          body: { journey, until, reason },
          key,
          schema: z.object({}),
          says: () => `${printable(journey)} may be released until ${printable(until)}`,
          next: () => 'tabiji report list',
        }),
    )
}

function monthOption(): Option {
  return new Option(
    '--month <month>',
    'of which month, such as 2026-10 (default: the last one that is over)',
  ).argParser(readMonth)
}

const lateNote = (issued: number | undefined): string =>
  issued === undefined ? '' : `; it was issued already, so only a next revision says it`

const nextOf = (month: string, issued: number | undefined): string =>
  issued === undefined ? `tabiji report missing ${month}` : `tabiji report reissue ${month} --reason "…"`
