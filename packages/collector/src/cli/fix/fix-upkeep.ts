import { FIX_KINDS } from '@tabiji/core/fix'
import { type Command, Option } from 'commander'
import type { Io } from '../terminal/io.ts'
import { keyArgument } from '../terminal/program.ts'
import { byOption, reasonOption, record } from '../terminal/session.ts'
import { fixDetails as schema } from '../terminal/work-answers.ts'

const FIX = 'FIX-0117'

/** What is said of a fix while it is under way: who has it, what it waits for, what it belongs to, which other one is the same. */
export function addFixUpkeep(fix: Command, io: Io): void {
  addAssign(fix, io)
  addBlock(fix, io)
  addEdit(fix, io)
  addMerge(fix, io)
}

function addAssign(fix: Command, io: Io): void {
  fix
    .command('assign')
    .description('Give a fix to somebody; without a name nobody has it any more.')
    .addArgument(keyArgument(FIX))
    .argument('[owner]', 'who does it')
    .addOption(byOption())
    .action((key: string, owner: string | undefined, _: object, command: Command) =>
      record(command, io, {
        path: `/fixes/${key}/assign`,
        body: owner === undefined ? {} : { owner },
        schema,
        says: () => (owner === undefined ? `${key} has no owner any more` : `${key} is given to ${owner}`),
        next: () => `tabiji fix show ${key}`,
      }),
    )
}

function addBlock(fix: Command, io: Io): void {
  fix
    .command('block')
    .description('Say that a fix cannot go on, and why. It stays open, and its due date stands.')
    .addArgument(keyArgument(FIX))
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, { reason }: { readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/fixes/${key}/block`,
        body: { reason },
        schema,
        says: () => `${key} is blocked: ${reason}`,
        next: () => `tabiji fix unblock ${key}`,
      }),
    )
  fix
    .command('unblock')
    .description('Say that a fix can go on.')
    .addArgument(keyArgument(FIX))
    .addOption(byOption())
    .action((key: string, _: object, command: Command) =>
      record(command, io, {
        path: `/fixes/${key}/unblock`,
        body: {},
        schema,
        says: ({ fix: { due } }) => `${key} can go on, due ${due}`,
        next: () => `tabiji fix done ${key}`,
      }),
    )
}

type Edited = { readonly [field in 'title' | 'kind' | 'incident' | 'journey' | 'cause' | 'by']?: string }

function addEdit(fix: Command, io: Io): void {
  fix
    .command('edit')
    .description('Change what a fix is called and what it belongs to.')
    .addArgument(keyArgument(FIX))
    .option('--title <text>', 'what will be done, in a few words')
    .addOption(new Option('--kind <kind>', FIX_KINDS.join(', ')))
    .option('--incident <key>', 'the incident that asks for it')
    .option('--journey <name>', 'the journey that it is for')
    .option('--cause <text>', 'the cause that it removes')
    .addOption(byOption())
    .action((key: string, { by: _, ...stated }: Edited, command: Command) =>
      record(command, io, {
        path: `/fixes/${key}/edit`,
        body: stated,
        schema,
        says: () => `${key} changed: ${Object.keys(stated).join(', ')}`,
        next: () => `tabiji fix show ${key}`,
      }),
    )
}

function addMerge(fix: Command, io: Io): void {
  fix
    .command('merge')
    .description('Say that a fix is the same as another one, which goes on for both and is owed since the earlier.')
    .addArgument(keyArgument(FIX))
    .argument('<into>', 'the fix that goes on')
    .addOption(byOption())
    .action((key: string, into: string, _: object, command: Command) =>
      record(command, io, {
        path: `/fixes/${key}/merge`,
        body: { into },
        schema,
        says: () => `${key} is the same as ${into}, which goes on for both`,
        next: () => `tabiji fix show ${into}`,
      }),
    )
}
