import { CORRECTION_CATEGORIES, type CorrectionCategory } from '@tabiji/core/budget'
import { type Command, Option } from 'commander'
import type { Io } from '../terminal/io.ts'
import { collect, createCommand, examples, keyArgument } from '../terminal/program.ts'
import { ask, byOption, reasonOption, record } from '../terminal/session.ts'
import { correctionList, correctionDetails as schema } from './correction-answers.ts'
import { changeLines, correctionPage, correctionTable, excludes, leftLines } from './correction-text.ts'

/** `tabiji correction …`: stretches of time that are excluded from budgets. */
export function correctionCommand(io: Io): Command {
  const correction = createCommand('correction', io)
    .description(
      'Exclude stretches of time from budgets, with a reason. What was booked stays, and is shown beside it.',
    )
    .addHelpText(
      'before',
      examples(
        'tabiji correction add --from 10:02 --to 10:31 --journey checkout --reason "power cut in the data centre"',
        'tabiji correction add --from "2026-11-01 03:00" --to "2026-11-01 04:00" --rrule "FREQ=WEEKLY;BYDAY=SU" --reason "weekly maintenance"',
        'tabiji correction add --from 10:02 --to 10:31 --category provider --reason "power cut" --preview',
        'tabiji correction show COR-0001',
        'tabiji correction withdraw COR-0001 --reason "it was our own mistake"',
      ),
    )
  addAdd(correction, io)
  addReads(correction, io)
  addWithdraw(correction, io)
  return correction
}

const CORRECTION = 'COR-0001'

type Added = {
  readonly from: string
  readonly to: string
  readonly rrule?: string
  readonly journey?: readonly string[]
  readonly objective?: readonly string[]
  readonly category: CorrectionCategory
  readonly reason: string
  readonly preview?: boolean
}

function addAdd(correction: Command, io: Io): void {
  correction
    .command('add')
    .description('Exclude a stretch of time: one that is over, or one that is planned.')
    .requiredOption('--from <time>', 'HH:MM today in the time zone of the journeys file, or ISO 8601')
    .requiredOption('--to <time>', 'the first instant that is not excluded; at most 31 days later')
    .option('--rrule <rule>', 'again and again, by RFC 5545: FREQ=WEEKLY;BYDAY=SU;UNTIL=20261231T150000Z')
    .option('--journey <name>', 'all objectives of a journey; may be repeated (default: everything)', collect)
    .option('--objective <id>', 'one objective, such as checkout/availability; may be repeated', collect)
    .addOption(new Option('--category <what>', 'whose doing it was').choices(CORRECTION_CATEGORIES).default('other'))
    .addOption(reasonOption())
    .addOption(byOption())
    .option('--preview', 'say what it would change, and record nothing')
    .action(({ from, to, rrule, journey = [], objective = [], category, reason, preview }: Added, command: Command) =>
      record(command, io, {
        path: '/corrections',
        body: {
          from,
          to,
          ...(rrule !== undefined && { rrule }),
          journeys: journey,
          objectives: objective,
          category,
          reason,
          ...(preview === true && { preview }),
        },
        schema,
        says: (details) =>
          details.preview === true
            ? [`nothing is recorded; it ${excludes(details.correction)}`, ...changeLines(details)].join('\n')
            : [`${details.correction.key} ${excludes(details.correction)}`, ...leftLines(details)].join('\n'),
        next: ({ correction: { key }, preview: only }) =>
          only === true ? 'the same without --preview' : `tabiji correction show ${key}`,
      }),
    )
}

function addReads(correction: Command, io: Io): void {
  correction
    .command('list')
    .description('List corrections, newest first.')
    .addOption(new Option('--state <state>', 'which ones').choices(['active', 'withdrawn', 'all']).default('all'))
    .action((options: { readonly state: string }, command: Command) =>
      ask(command, io, {
        path: '/corrections',
        query: options,
        schema: correctionList,
        shows: ({ corrections }, output) => correctionTable(corrections, output),
      }),
    )
  correction
    .command('show')
    .description('Show a correction, what it excludes, and the budgets with and without corrections.')
    .addArgument(keyArgument(CORRECTION))
    .action((key: string, _: object, command: Command) =>
      ask(command, io, { path: `/corrections/${key}`, schema, shows: correctionPage }),
    )
}

function addWithdraw(correction: Command, io: Io): void {
  correction
    .command('withdraw')
    .description(
      'Take a correction back: what it excluded counts again. The list keeps it, with who took it back and why.',
    )
    .addArgument(keyArgument(CORRECTION))
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, { reason }: { readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/corrections/${key}/withdraw`,
        body: { reason },
        schema,
        says: (details) => [`${key} withdrawn; what it excluded counts again`, ...leftLines(details)].join('\n'),
        next: () => 'tabiji correction list',
      }),
    )
}
