import { FIX_KINDS, FIX_STATES } from '@tabiji/core/fix'
import { type Command, Option } from 'commander'
import type { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import { createCommand, examples, keyArgument } from '../terminal/program.ts'
import { ask, byOption, reasonOption, record, recordFirst } from '../terminal/session.ts'
import { trackerLines } from '../terminal/tracker-lines.ts'
import { when } from '../terminal/when.ts'
import { fixList, fixDetails as schema } from '../terminal/work-answers.ts'
import { addFixImport } from './fix-import.ts'
import { addFixStatistics } from './fix-statistics.ts'
import { fixPage, fixTable, previousDue, timeliness } from './fix-text.ts'
import { addTicket, spotFor, ticketOf } from './fix-ticket.ts'
import { addFixUpkeep } from './fix-upkeep.ts'

/** `tabiji fix …`: permanent fixes, kept with every transition. */
export function fixCommand(io: Io): Command {
  const fix = createCommand('fix', io)
    .description('Keep the permanent fixes that incidents ask for.')
    .addHelpText(
      'before',
      examples(
        'tabiji fix add "Retry the upload" --kind prevent --incident INC-0007 --owner suzuki',
        'tabiji fix list --state overdue',
        'tabiji fix move FIX-0117 2026-12-01 --reason "waits for the supplier"',
      ),
    )
  addAdd(fix, io)
  addReads(fix, io)
  addDone(fix, io)
  addMove(fix, io)
  for (const way of REASONED) addReasoned(fix, io, way)
  addAccept(fix, io)
  addTicket(fix, io)
  addFixUpkeep(fix, io)
  addFixStatistics(fix, io)
  addFixImport(fix, io)
  return fix
}

const FIX = 'FIX-0117'

type Added = { readonly kind: string; readonly ticket?: string | true } & {
  readonly [field in 'repo' | 'incident' | 'journey' | 'cause' | 'owner' | 'due' | 'splitFrom' | 'by']?: string
}

function addAdd(fix: Command, io: Io): void {
  fix
    .command('add')
    .description('Add a fix.')
    .argument('<title>', 'what will be done, in a few words')
    .addOption(new Option('--kind <kind>', FIX_KINDS.join(', ')).makeOptionMandatory())
    .option('--incident <key>', 'the incident that asks for it')
    .option('--journey <name>', 'the journey that it is for')
    .option('--cause <text>', 'the cause that it removes')
    .option('--owner <name>', 'who does it')
    .option('--split-from <key>', 'the fix that it is a part of: it is owed since that one is')
    .option('--due <date>', 'YYYY-MM-DD (default: in 15, 30 or 60 days for an incident of level 1, 2 or 3, else in 30)')
    .option('--ticket [tracker]', 'create its ticket too (default: by `create` of the configuration, else the first)')
    .option('--repo <place>', 'create its ticket in this repository or project')
    .addOption(byOption())
    .action(async (title: string, { by: _, ticket, repo, ...stated }: Added, command: Command) => {
      const says = ({ fix: { key, due, title } }: z.output<typeof schema>) =>
        `${key} added, due ${due}${stated.due === undefined ? ' (the default)' : ''}: ${title}`
      const added = { path: '/fixes', body: { title, ...stated }, schema, says }
      if (ticket === undefined && repo === undefined) {
        return record(command, io, { ...added, next: ({ fix: { key } }) => `tabiji fix done ${key}` })
      }
      const wish = { ...(typeof ticket === 'string' && { tracker: ticket }), ...(repo !== undefined && { repo }) }
      const spot = await spotFor(command, io, wish, stated)
      // It is said before the ticket is asked for: it stays added where the tracker refuses.
      const details = await recordFirst(command, io, added)
      return record(command, io, ticketOf(details.fix.key, spot))
    })
}

function addReads(fix: Command, io: Io): void {
  fix
    .command('list')
    .description('List fixes, the most overdue first.')
    .addOption(new Option('--state <state>', 'which ones').choices([...FIX_STATES, 'overdue', 'all']).default('open'))
    .option('--journey <name>', 'only those for a journey')
    .option('--incident <key>', 'only those of an incident')
    .action((filter: Readonly<Record<string, string>>, command: Command) =>
      ask(command, io, {
        path: '/fixes',
        query: filter,
        schema: fixList,
        shows: ({ fixes, trackers }, output) => `${fixTable(fixes, output)}${trackerLines(trackers)}`,
      }),
    )
  fix
    .command('show')
    .description('Show a fix with all its transitions.')
    .addArgument(keyArgument(FIX))
    .action((key: string, _: object, command: Command) =>
      ask(command, io, { path: `/fixes/${key}`, schema, shows: fixPage }),
    )
}

function addDone(fix: Command, io: Io): void {
  fix
    .command('done')
    .description('Say that a fix is done.')
    .addArgument(keyArgument(FIX))
    .addOption(byOption())
    .action((key: string, _: object, command: Command) =>
      record(command, io, {
        path: `/fixes/${key}/done`,
        body: {},
        schema,
        says: ({ fix }) => `${key} done at ${when(fix.doneAt ?? '')}, ${timeliness(fix)}`,
        next: () => `tabiji fix list (if it comes back: tabiji fix reopen ${key} --reason "…")`,
      }),
    )
}

function addMove(fix: Command, io: Io): void {
  fix
    .command('move')
    .description('Move the due date, in its ticket too. The date that was promised first stays; reports count by it.')
    .addArgument(keyArgument(FIX))
    .argument('<due>', 'YYYY-MM-DD, today or later')
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, due: string, { reason }: { readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/fixes/${key}/move`,
        body: { due, reason },
        schema,
        says: (details) =>
          `${key} moved from ${previousDue(details)} to ${details.fix.due}; first promised for ${details.fix.firstDue}`,
        next: () => `tabiji fix show ${key}`,
      }),
    )
}

/** The changes that need nothing but a reason. */
const REASONED = [
  {
    verb: 'reopen',
    does: 'Say that a fix that was done is not: what it was for came back.',
    says: 'is open again',
    next: (key: string) => `tabiji fix move ${key} YYYY-MM-DD --reason "…"`,
  },
  {
    verb: 'drop',
    does: 'Give a fix up. In reports it counts as not done.',
    says: 'dropped; it counts as not done',
    next: (key: string) => `tabiji fix list (to take it back: tabiji fix undrop ${key} --reason "…")`,
  },
  {
    verb: 'undrop',
    does: 'Take a dropped fix, one whose risk is accepted, or one that was merged, back into the list.',
    says: 'is open again',
    next: (key: string) => `tabiji fix move ${key} YYYY-MM-DD --reason "…"`,
  },
] as const

function addReasoned(fix: Command, io: Io, { verb, does, says, next }: (typeof REASONED)[number]): void {
  fix
    .command(verb)
    .description(does)
    .addArgument(keyArgument(FIX))
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, { reason }: { readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/fixes/${key}/${verb}`,
        body: { reason },
        schema,
        says: ({ fix }) => `${key} ${says}${fix.state === 'open' ? `, due ${fix.due}` : ''}`,
        next: () => next(key),
      }),
    )
}

function addAccept(fix: Command, io: Io): void {
  type Accepted = { readonly approver: string; readonly until: string; readonly reason: string }
  fix
    .command('accept')
    .description('Accept the risk through a date instead of fixing it; from the next day on the fix is open again.')
    .addArgument(keyArgument(FIX))
    .requiredOption('--approver <name>', 'who answers for it')
    .requiredOption('--until <date>', 'YYYY-MM-DD, the last day on which it is accepted')
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, { approver, until, reason }: Accepted, command: Command) =>
      record(command, io, {
        path: `/fixes/${key}/accept`,
        body: { approver, until, reason },
        schema,
        says: ({ fix: { acceptance } }) =>
          `${key}: ${acceptance?.approver} accepts the risk through ${acceptance?.until}; then it is open again`,
        next: () => `tabiji fix list (to take it back: tabiji fix undrop ${key} --reason "…")`,
      }),
    )
}
