import { type Command, Option } from 'commander'
import type { Io } from '../terminal/io.ts'
import type { Output } from '../terminal/output.ts'
import { collect, createCommand, examples, keyArgument } from '../terminal/program.ts'
import { ask, byOption, reasonOption, record } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import { maintenanceAnswer, maintenanceList, type ShownMaintenance } from './gate-answers.ts'

/** `tabiji maintenance …`: announced work, during which nobody is told of what rings of its journeys. */
export function maintenanceCommand(io: Io): Command {
  const maintenance = createCommand('maintenance', io)
    .description('Announce work during which nobody is told of alerts of its journeys. What still rings then is told.')
    .addHelpText(
      'before',
      examples(
        'tabiji maintenance add --from 22:00 --to 23:30 --journey checkout --reason "new schema"',
        'tabiji maintenance add --from "2026-11-29 03:00" --to "2026-11-29 04:00" --rrule "FREQ=WEEKLY;BYDAY=SU" --reason disks',
        'tabiji maintenance list',
        'tabiji maintenance end MNT-0001',
      ),
    )
  addAdd(maintenance, io)
  maintenance
    .command('list')
    .description('List maintenance: what the configuration states, then what was announced, newest first.')
    .addOption(new Option('--state <state>', 'live: without what is over').choices(['live', 'all']).default('live'))
    .action((options: { readonly state: string }, command: Command) =>
      ask(command, io, {
        path: '/maintenance',
        query: options,
        schema: maintenanceList,
        shows: (answer, output) => maintenanceTable(answer.maintenance, output),
      }),
    )
  maintenance
    .command('end')
    .description('End announced maintenance now and for good: what still rings is told at once.')
    .addArgument(keyArgument('MNT-0001'))
    .addOption(byOption())
    .action((key: string, _: object, command: Command) =>
      record(command, io, {
        path: `/maintenance/${key}/end`,
        body: {},
        schema: maintenanceAnswer,
        says: () => `${key} ended; what it kept quiet and still rings is told`,
        next: (ended) => correctionFor(ended),
      }),
    )
  return maintenance
}

type Added = {
  readonly from: string
  readonly to: string
  readonly rrule?: string
  readonly journey?: readonly string[]
  readonly reason: string
}

function addAdd(maintenance: Command, io: Io): void {
  maintenance
    .command('add')
    .description('Announce a stretch of work. Budgets go on counting: a correction excludes it, when that is agreed.')
    .requiredOption('--from <time>', 'HH:MM today in the time zone of the journeys file, or ISO 8601')
    .requiredOption('--to <time>', 'the first instant after it; at most 7 days later')
    .option('--rrule <rule>', 'again and again, by RFC 5545: FREQ=WEEKLY;BYDAY=SU')
    .option('--journey <name>', 'a journey that it is for; may be repeated (default: all of them)', collect)
    .addOption(reasonOption())
    .addOption(byOption())
    .action(({ from, to, rrule, journey = [], reason }: Added, command: Command) =>
      record(command, io, {
        path: '/maintenance',
        body: { from, to, ...(rrule !== undefined && { rrule }), journeys: journey, reason },
        schema: maintenanceAnswer,
        says: ({ key, from: begins, to: ends, rrule: rule, journeys }) => {
          const again = rule === undefined ? '' : ', and again by its rule'
          const whose = journeys.length === 0 ? 'any journey' : journeys.join(', ')
          return `${key}: nobody is told of alerts of ${whose} from ${when(begins)} to ${when(ends)}${again}`
        },
        next: (added) => correctionFor(added),
      }),
    )
}

/** The budget is another matter: whether it is excluded from that, somebody decides. */
function correctionFor({ from, to, rrule, journeys, reason }: ShownMaintenance): string {
  const named = journeys.map((name) => ` --journey ${name}`).join('')
  const again = rrule === undefined ? '' : ` --rrule "${rrule}"`
  const quoted = JSON.stringify(reason)
  return `tabiji correction add --from ${from} --to ${to}${again}${named} --category maintenance --reason ${quoted}, if its budget should not count it`
}

function maintenanceTable(all: readonly ShownMaintenance[], output: Output): string {
  if (all.length === 0) return 'No maintenance.\n'
  const rows = all.map(({ key, state, from, to, rrule, stretch = { from, to }, journeys, announced, reason }) => [
    key,
    { text: state.toUpperCase(), paint: (shown: string) => output.style(state === 'active' ? 'yellow' : 'dim', shown) },
    when(stretch.from),
    when(stretch.to),
    rrule ?? '–',
    journeys.join(', ') || 'all',
    announced,
    reason,
  ])
  return table(['KEY', 'STATE', 'FROM', 'TO', 'AGAIN', 'JOURNEYS', 'BY', 'REASON'], rows)
}
