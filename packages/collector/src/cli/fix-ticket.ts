import type { Command } from 'commander'
import { z } from 'zod'
import type { Io } from './io.ts'
import { printable } from './printable.ts'
import { keyArgument } from './program.ts'
import { byOption, type Change, record } from './session.ts'
import { fixDetails } from './work-answers.ts'

const schema = fixDetails.extend({ note: z.string().transform(printable).optional() })

/** `tabiji fix ticket`: the fix is worked on in a tracker from then on. */
export function addTicket(fix: Command, io: Io): void {
  fix
    .command('ticket')
    .description('Create the ticket of a fix in a tracker, which is the master of its status from then on.')
    .addArgument(keyArgument('FIX-0117'))
    .option('--tracker <name>', 'which one of `trackers` (default: the first)')
    .addOption(byOption())
    .action((key: string, { tracker }: { readonly tracker?: string }, command: Command) =>
      record(command, io, ticketOf(key, tracker)),
    )
}

/** The request for a ticket, which may be repeated. */
export function ticketOf(key: string, tracker?: string): Change<typeof schema> {
  return {
    path: `/fixes/${key}/ticket`,
    body: tracker === undefined ? {} : { tracker },
    schema,
    says: ({ fix: { ticket }, note }) =>
      `${key} is worked on at ${ticket?.url ?? ''}${note === undefined ? '' : `\n${note}`}`,
    next: () => `tabiji fix show ${key}`,
  }
}
