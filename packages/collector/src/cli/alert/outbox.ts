import { type Command, Option } from 'commander'
import { z } from 'zod'
import { type Client, readDocument } from '../terminal/client.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { openSession } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'

const notification = z.object({
  id: z.string(),
  topic: z.string(),
  receiver: z.string(),
  kind: z.string(),
  level: z.number(),
  createdAt: z.number(),
  rule: z.string().optional(),
  state: z.string().optional(),
})
const answer = z.object({ held: z.array(notification) })
const deadAnswer = z.object({
  dead: z.array(notification.extend({ attempts: z.number(), lastError: z.string().optional() })),
})
type Held = z.output<typeof notification>

type Options = { readonly all?: boolean }

/** `tabiji outbox …`: what did not get through. */
export function outboxCommand(io: Io): Command {
  const outbox = createCommand('outbox', io).description(
    'Decide about notifications that were given up, or that wait since a restore.',
  )
  outbox.addHelpText(
    'before',
    examples(
      'tabiji outbox list',
      'tabiji outbox list --state dead',
      'tabiji outbox retry ID',
      'tabiji outbox drop --all',
    ),
  )
  outbox
    .command('list')
    .description(
      'List notifications of which nobody knows whether they were sent before the restore (held), or that were given up (dead).',
    )
    .addOption(new Option('--state <state>', 'held or dead').choices(['held', 'dead']).default('held'))
    .action(async ({ state }: { readonly state: 'held' | 'dead' }, command: Command) => {
      const { client, output } = openSession(command, io)
      const document = await client.get(`/outbox?state=${state}`)
      output.answer(document, () =>
        state === 'held'
          ? heldTable(readDocument(document, answer).held)
          : deadTable(readDocument(document, deadAnswer).dead),
      )
    })
  settling(outbox, io, 'send', 'Send them now; the message says that it may be a repetition.')
  settling(outbox, io, 'drop', 'Never send them.')
  settling(outbox, io, 'retry', 'Owe once more what was given up, in its full form; what is over by now is not sent.')
  return outbox
}

const DONE = { send: 'to be sent', drop: 'dropped', retry: 'owed again' } as const

function settling(outbox: Command, io: Io, verb: keyof typeof DONE, description: string): void {
  outbox
    .command(verb)
    .description(description)
    .argument('[ids...]', 'as `tabiji outbox list` shows them')
    .option('--all', verb === 'retry' ? 'all that were given up' : 'all that wait')
    .action(async (ids: readonly string[], { all = false }: Options, command: Command) => {
      if (all === ids.length > 0) {
        const message = 'Expected ids, or `--all`'
        throw new CliError(EXIT.usage, { code: 'CLI_OUTBOX', message, hint: 'tabiji outbox list' })
      }
      const { client, output } = openSession(command, io)
      const named = all ? await allOf(client, verb) : ids
      const settled: Held[] = []
      for (const id of named) {
        settled.push(readDocument(await client.post(`/outbox/${encodeURIComponent(id)}/${verb}`, {}), notification))
      }
      output.answer({ [verb]: settled }, () => `${settled.length} ${DONE[verb]}\n`)
    })
}

async function allOf(client: Client, verb: keyof typeof DONE): Promise<readonly string[]> {
  const found =
    verb === 'retry'
      ? readDocument(await client.get('/outbox?state=dead'), deadAnswer).dead
      : readDocument(await client.get('/outbox'), answer).held
  return found.map(({ id }) => id)
}

function deadTable(dead: z.output<typeof deadAnswer>['dead']): string {
  if (dead.length === 0) return 'Nothing was given up.\n'
  const rows = dead.map(({ id, level, kind, receiver, topic, attempts, lastError, createdAt }) => [
    id,
    String(level),
    kind,
    receiver,
    topic,
    new Date(createdAt).toISOString(),
    String(attempts),
    lastError ?? '',
  ])
  return table(['ID', 'LEVEL', 'KIND', 'RECEIVER', 'ABOUT', 'SINCE', 'ATTEMPTS', 'WHY'], rows)
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
