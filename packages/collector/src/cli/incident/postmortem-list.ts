import { DUTY_STATES } from '@tabiji/core/postmortem'
import { type Command, Option } from 'commander'
import { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import type { Output } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import { keyArgument } from '../terminal/program.ts'
import { ask, byOption, reasonOption, record } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'

const text = z.string().transform(printable)
const duty = z.object({
  incident: text,
  title: text,
  level: z.number().optional(),
  state: text,
  due: text,
  overdueDays: z.number(),
  dueIsStated: z.literal(true).optional(),
  owner: text.optional(),
  file: text.optional(),
})
type Duty = z.output<typeof duty>
const schema = z.object({ postmortems: z.array(duty) })
/** What is owed of one incident. */
export const owedOf = z.object({ incident: text, duty: duty.optional(), file: text.optional() })

const STATES = ['open', 'overdue', 'all', ...DUTY_STATES.map((state) => (state === 'inReview' ? 'in-review' : state))]

/** `tabiji postmortem list | due`: which postmortems are owed, by when, and who has them. */
export function addList(postmortem: Command, io: Io): void {
  postmortem
    .command('list')
    .description('List the postmortems that incidents owe, the most overdue first.')
    .addOption(new Option('--state <state>', 'which ones').choices(STATES).default('open'))
    .action(({ state }: { readonly state: string }, command: Command) =>
      ask(command, io, {
        path: '/postmortems',
        query: { state: state === 'in-review' ? 'inReview' : state },
        schema,
        shows: ({ postmortems }, output) => dutyTable(postmortems, output),
      }),
    )
  postmortem
    .command('due')
    .description('State by when a postmortem is published. A drill owes one only when this is said.')
    .addArgument(keyArgument('INC-0007'))
    .argument('<date>', 'YYYY-MM-DD')
    .option('--owner <name>', 'who writes it (default: who led)')
    .addOption(reasonOption())
    .addOption(byOption())
    .action(
      (key: string, due: string, { owner, reason }: { readonly owner?: string; readonly reason: string }, command) =>
        record(command, io, {
          path: `/incidents/${key}/postmortem-due`,
          body: { due, reason, ...(owner !== undefined && { owner }) },
          schema: owedOf,
          says: ({ duty }) =>
            `${key}: the postmortem is due on ${duty?.due ?? due}${duty?.owner === undefined ? '' : `, ${duty.owner} has it`}`,
          next: () => `tabiji postmortem draft ${key}`,
        }),
    )
}

function dutyTable(duties: readonly Duty[], output: Output): string {
  if (duties.length === 0) return 'No postmortems.\n'
  const rows = duties.map(({ incident, level, state, due, overdueDays, owner, title, file }) => [
    incident,
    level === undefined ? '–' : String(level),
    state === 'inReview' ? 'in review' : state,
    due,
    overdueDays === 0 ? '–' : { text: `${overdueDays} d late`, paint: (word: string) => output.style('red', word) },
    owner ?? '–',
    file ?? '–',
    title,
  ])
  return table(['INCIDENT', 'LEVEL', 'STATE', 'DUE', 'OVERDUE', 'OWNER', 'FILE', 'TITLE'], rows)
}
