import { DIGEST_PERIODS } from '@tabiji/core/alert'
import { isoIn } from '@tabiji/core/time'
import { type Command, Option } from 'commander'
import { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { ask, byOption, record } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'

const item = z.object({
  episode: z.string(),
  state: z.string(),
  journey: z.object({ name: z.string() }),
  subject: z.string(),
  startedAt: z.number(),
  endedAt: z.number().optional(),
  burnMilli: z.number().optional(),
  leftPpm: z.number().optional(),
  ackedBy: z.string().optional(),
  page: z.string().optional(),
})
const preview = z.object({
  team: z.string(),
  period: z.literal(DIGEST_PERIODS),
  dueAt: z.number().optional(),
  receivers: z.array(z.string()),
  facts: z.object({ items: z.array(item), open: z.number(), over: z.number(), timeZone: z.string() }),
})
type Preview = z.output<typeof preview>
const answer = z.object({ digests: z.array(preview) })

/** `tabiji digest …`: what teams are told together. */
export function digestCommand(io: Io): Command {
  const digest = createCommand('digest', io)
    .description('Show what teams are told together on their next business day, or tell it at once.')
    .addHelpText(
      'before',
      examples('tabiji digest show', 'tabiji digest show --team shop-team', 'tabiji digest send --team shop-team'),
    )
  digest
    .command('show')
    .description('Show what each team would be told now, and when it will be.')
    .option('--team <name>', 'of one team only; `everybody` is everybody who has no desk of their own')
    .action(({ team }: { readonly team?: string }, command: Command) => {
      const path = team === undefined ? '/digests' : `/digests?team=${encodeURIComponent(team)}`
      return ask(command, io, { path, schema: answer, shows: ({ digests }) => digests.map(pageOf).join('\n') })
    })
  digest
    .command('send')
    .description('Tell a team now what it would be told on its next business day.')
    .requiredOption('--team <name>', 'as `tabiji digest show` names it')
    .addOption(
      new Option('--period <which>', 'level 2, or the week of level 3').choices([...DIGEST_PERIODS]).default('day'),
    )
    .addOption(byOption())
    .action(({ team, period }: { readonly team: string; readonly period: string }, command: Command) =>
      record(command, io, {
        path: `/digests/${encodeURIComponent(team)}/send`,
        body: { period },
        schema: preview,
        says: ({ facts, receivers }) =>
          `${facts.open} open and ${facts.over} over, to be told at ${receivers.join(', ')}`,
        next: () => 'tabiji alerts list --level 2',
      }),
    )
  return digest
}

function pageOf({ team, period, dueAt, receivers, facts }: Preview): string {
  const time = (at: number) => when(isoIn(at, facts.timeZone))
  const due = dueAt === undefined ? 'never: the desk does not open' : time(dueAt)
  const head = `${team}, ${period === 'day' ? 'level 2' : 'level 3 of the week'}: due ${due}, told at ${receivers.join(', ') || 'nobody'}\n`
  if (facts.items.length === 0) return `${head}  nothing to tell\n`
  const rows = facts.items.map((each) => [
    each.episode,
    each.page === undefined ? each.state : `${each.state}, page ${each.page}`,
    each.journey.name,
    each.subject,
    time(each.startedAt),
    each.endedAt === undefined ? '' : time(each.endedAt),
    each.burnMilli === undefined ? '' : `${tenths(each.burnMilli, 100)}×`,
    each.leftPpm === undefined ? '' : `${tenths(each.leftPpm, 1_000)} %`,
    each.ackedBy ?? '',
  ])
  const more = facts.open + facts.over - facts.items.length
  const rest = more > 0 ? `and ${more} more\n` : ''
  return (
    head +
    table(['ID', 'STATE', 'JOURNEY', 'OBJECTIVE OR RULE', 'SINCE', 'OVER', 'BURN', 'LEFT', 'TAKEN BY'], rows) +
    rest
  )
}

/** Cut, never rounded up. */
function tenths(value: number, unit: number): string {
  const cut = Math.floor(value / unit)
  return `${cut < 0 ? '-' : ''}${Math.floor(Math.abs(cut) / 10)}.${Math.abs(cut) % 10}`
}
