import type { Command } from 'commander'
import { z } from 'zod'
import { readDocument } from './client.ts'
import { CliError, EXIT } from './exit.ts'
import type { Io } from './io.ts'
import { createCommand, examples } from './program.ts'
import { openSession } from './session.ts'
import { table } from './table.ts'

const notification = z.object({
  id: z.string(),
  topic: z.string(),
  receiver: z.string(),
  kind: z.string(),
  level: z.number(),
  createdAt: z.number(),
  rule: z.string().optional(),
})
const answer = z.object({ held: z.array(notification) })
type Held = z.output<typeof notification>

type Options = { readonly all?: boolean }

/** `tabiji outbox …`: what nobody knows to have been sent, because the store was restored. */
export function outboxCommand(io: Io): Command {
  const outbox = createCommand('outbox', io).description('Decide about notifications that wait since a restore.')
  outbox.addHelpText('before', examples('tabiji outbox list', 'tabiji outbox drop --all', 'tabiji outbox send ID'))
  outbox
    .command('list')
    .description('List notifications of which nobody knows whether they were sent before the restore.')
    .action(async (_: unknown, command: Command) => {
      const { client, output } = openSession(command, io)
      const document = await client.get('/outbox')
      output.answer(document, () => heldTable(readDocument(document, answer).held))
    })
  settling(outbox, io, 'send', 'Send them now; the message says that it may be a repetition.')
  settling(outbox, io, 'drop', 'Never send them.')
  return outbox
}

function settling(outbox: Command, io: Io, verb: 'send' | 'drop', description: string): void {
  outbox
    .command(verb)
    .description(description)
    .argument('[ids...]', 'as `tabiji outbox list` shows them')
    .option('--all', 'all that wait')
    .action(async (ids: readonly string[], { all = false }: Options, command: Command) => {
      if (all === ids.length > 0) {
        const message = 'Expected ids, or `--all`'
        throw new CliError(EXIT.usage, { code: 'CLI_OUTBOX', message, hint: 'tabiji outbox list' })
      }
      const { client, output } = openSession(command, io)
      const named = all ? readDocument(await client.get('/outbox'), answer).held.map(({ id }) => id) : ids
      const settled: Held[] = []
      for (const id of named) {
        settled.push(readDocument(await client.post(`/outbox/${encodeURIComponent(id)}/${verb}`, {}), notification))
      }
      const done = verb === 'send' ? 'to be sent' : 'dropped'
      output.answer({ [verb]: settled }, () => `${settled.length} ${done}\n`)
    })
}

function heldTable(held: readonly Held[]): string {
  if (held.length === 0) return 'Nothing waits for a decision.\n'
  const rows = held.map(({ id, level, kind, receiver, topic, rule, createdAt }) => [
    id,
    String(level),
    kind,
    receiver,
    topic,
    rule ?? '',
    new Date(createdAt).toISOString(),
  ])
  return table(['ID', 'LEVEL', 'KIND', 'RECEIVER', 'TOPIC', 'RULE', 'SINCE'], rows)
}
