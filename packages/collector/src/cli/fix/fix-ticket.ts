import type { Command } from 'commander'
import { z } from 'zod'
import { readDocument } from '../terminal/client.ts'
import type { Io } from '../terminal/io.ts'
import { printable } from '../terminal/printable.ts'
import { examples, keyArgument } from '../terminal/program.ts'
import { byOption, type Change, openSession, record } from '../terminal/session.ts'
import { fixDetails } from '../terminal/work-answers.ts'

const schema = fixDetails.extend({ note: z.string().transform(printable).optional() })

/** Where a ticket is to be created; what is not said follows from the configuration. */
export type Wish = { readonly tracker?: string; readonly repo?: string }

/** `tabiji fix ticket` and `fix follow`: the fix is worked on in a tracker from then on. */
export function addTicket(fix: Command, io: Io): void {
  fix
    .command('ticket')
    .description('Create the ticket of a fix in a tracker, which is the master of its status from then on.')
    .addHelpText('before', examples('tabiji fix ticket FIX-0117', 'tabiji fix ticket FIX-0117 --repo acme/shop-web'))
    .addArgument(keyArgument('FIX-0117'))
    .option('--tracker <name>', 'which one of `trackers` (default: by `create` of the configuration, else the first)')
    .option('--repo <place>', 'the repository or project (default: by `create` of the configuration, else the first)')
    .addOption(byOption())
    .action((key: string, wish: Wish, command: Command) => record(command, io, ticketOf(key, wish)))
  fix
    .command('follow')
    .description(
      'Say which fix a ticket is of: one of its own, or one that is known and is followed there from then on.',
    )
    .addHelpText(
      'before',
      examples(
        'tabiji fix follow https://acme.atlassian.net/browse/SHOP-12 --as FIX-0117',
        'tabiji fix follow https://github.com/acme/shop/issues/7',
      ),
    )
    .argument('<url>', 'the page of the ticket, in a tracker of the configuration')
    .option('--as <key>', 'the fix that it is of, such as FIX-0117 (default: a new one)')
    .addOption(byOption())
    .action((url: string, { as }: { readonly as?: string }, command: Command) =>
      record(command, io, {
        path: '/tickets/follow',
        body: { url, ...(as !== undefined && { as: as.toUpperCase() }) },
        schema,
        says: ({ fix: { key, title, ticket } }) => `${key} is worked on at ${ticket?.url ?? ''}: ${title}`,
        next: ({ fix: { key } }) => `tabiji fix show ${key}`,
      }),
    )
}

/** The request for a ticket, which may be repeated. */
export function ticketOf(key: string, wish: Wish): Change<typeof schema> {
  return {
    path: `/fixes/${key}/ticket`,
    body: placed(wish),
    schema,
    says: ({ fix: { ticket }, note }) =>
      `${key} is worked on at ${ticket?.url ?? ''}${note === undefined ? '' : `\n${note}`}`,
    next: () => `tabiji fix show ${key}`,
  }
}

const spot = z.object({ tracker: z.string(), place: z.string() })

/**
 * Where the ticket of a fix would be created; asked before the fix is added, so that it is not added for nothing.
 *
 * @throws CliError when there is no such place
 */
export async function spotFor(
  command: Command,
  io: Io,
  wish: Wish,
  about: { readonly journey?: string; readonly incident?: string },
): Promise<Wish> {
  const { client } = openSession(command, io)
  const { journey, incident } = about
  const { tracker, place } = readDocument(
    await client.get('/tickets/spot', { ...placed(wish), journey, incident }),
    spot,
  )
  return { tracker, repo: place }
}

function placed({ tracker, repo }: Wish): { readonly tracker?: string; readonly place?: string } {
  return { ...(tracker !== undefined && { tracker }), ...(repo !== undefined && { place: repo }) }
}
