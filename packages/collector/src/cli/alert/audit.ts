import type { Command } from 'commander'
import { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import { printable } from '../terminal/printable.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { ask } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'

const text = z.string().transform(printable)
const line = z.object({
  at: text,
  by: text.optional(),
  signed: z.boolean(),
  action: text,
  said: z.record(z.string(), z.unknown()),
  outcome: text,
})
const answer = z.object({ commands: z.array(line) })

/** `tabiji audit …`: who did what by the API. */
export function auditCommand(io: Io): Command {
  const audit = createCommand('audit', io).description('Show who changed what, and why.')
  audit.addHelpText(
    'before',
    examples('tabiji audit list', 'tabiji audit list --about A-0042', 'tabiji audit list --by sato --json'),
  )
  audit
    .command('list')
    .description('List commands, the newest first. What was refused changed nothing and is not listed.')
    .option('--by <name>', 'of one token or person only')
    .option('--about <name>', 'an alert, an incident, a verb such as ack: any part of the path')
    .option('--limit <count>', 'how many at most', '100')
    .action((query: Readonly<Record<string, string>>, command: Command) =>
      ask(command, io, { path: '/audit', query, schema: answer, shows: ({ commands }) => tableOf(commands) }),
    )
  return audit
}

function tableOf(commands: z.output<typeof answer>['commands']): string {
  if (commands.length === 0) return 'No commands.\n'
  const rows = commands.map(({ at, by = '–', signed, action, said, outcome }) => [
    at.replace('T', ' ').slice(0, 19),
    signed || by === '–' ? by : `${by} (not signed in)`,
    action,
    outcome === 'done' ? sayingOf(said) : `UNKNOWN WHETHER DONE ${sayingOf(said)}`,
  ])
  return table(['AT (UTC)', 'BY', 'WHAT', 'SAID'], rows)
}

const LONGEST = 80

/** The first texts that were said, on one line: a title, a reason. */
function sayingOf(said: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(said).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  const words = told.map(([key, value]) => `${key}: ${printable(String(value))}`).join(', ')
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST - 1)}…`
}
