import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import { z } from 'zod'
import { type Client, readDocument } from '../terminal/client.ts'
import { CliError, CliExit, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import type { Output } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { ask, byOption, openSession, scribeOf } from '../terminal/session.ts'
import { type Cell, table } from '../terminal/table.ts'

/** `tabiji notify …`: the ways to people, and trying them. */
export function notifyCommand(io: Io): Command {
  return createCommand('notify', io)
    .description('Show the receivers, and try whether they can be reached.')
    .addCommand(listCommand(io))
    .addCommand(testCommand(io))
    .addCommand(historyCommand(io))
}

const listAnswer = z.object({
  receivers: z.array(
    z.object({ name: z.string(), kind: z.string(), levels: z.array(z.number()), isFallback: z.boolean() }),
  ),
})

function listCommand(io: Io): Command {
  return createCommand('list', io)
    .description('List the receivers of the configuration and what each is told of.')
    .addHelpText('before', examples('tabiji notify list'))
    .action((_: unknown, command: Command) =>
      ask(command, io, { path: '/receivers', schema: listAnswer, shows: ({ receivers }) => listTable(receivers) }),
    )
}

function listTable(receivers: z.output<typeof listAnswer>['receivers']): string {
  if (receivers.length === 0) return 'no receivers: `receivers` in the configuration has none\n'
  const rows = receivers.map(({ name, kind, levels, isFallback }) => {
    const told = levels.map((level) => `level ${level}`)
    return [name, kind, [...told, ...(isFallback ? ['fallback'] : [])].join(', ') || 'nothing']
  })
  return table(['RECEIVER', 'KIND', 'IS TOLD OF'], rows)
}

const state = z.object({
  id: z.string(),
  receiver: z.string(),
  state: z.string(),
  createdAt: z.number(),
  lastError: z.string().optional(),
  tries: z.array(z.object({ startedAt: z.number(), endedAt: z.number(), message: z.string().optional() })),
})
type State = z.output<typeof state>

const past = z.object({
  tests: z.array(state.extend({ by: z.string().optional(), weekly: z.boolean().optional() })),
})

function historyCommand(io: Io): Command {
  return createCommand('history', io)
    .description('List tests of receivers with how long each took, newest first: those asked for, and the weekly ones.')
    .addHelpText('before', examples('tabiji notify history', 'tabiji notify history --json'))
    .action((_: unknown, command: Command) =>
      ask(command, io, {
        path: '/receivers/tests',
        schema: past,
        shows: ({ tests }, output) => pastTable(tests, output),
      }),
    )
}

function pastTable(tests: z.output<typeof past>['tests'], output: Output): string {
  if (tests.length === 0) return 'No tests yet: tabiji notify test --all\n'
  const rows = tests.map(({ by, weekly, ...test }) => [
    new Date(test.createdAt).toISOString(),
    ...resultCells(test, output),
    weekly === true ? 'weekly' : (by ?? ''),
  ])
  return table(['AT', 'RECEIVER', 'RESULT', 'TOOK', 'ATTEMPTS', 'WHY', 'ASKED BY'], rows)
}

/** How long an answer is awaited; a receiver that takes longer is told on, but nobody waits for it here. */
const PATIENCE_MS = 30_000
const LOOK_MS = 200

function testCommand(io: Io): Command {
  return createCommand('test', io)
    .description('Send a message that is marked as a test, by the same way as alerts go, and say whether it was taken.')
    .addHelpText('before', examples('tabiji notify test pager', 'tabiji notify test --all --json'))
    .argument('[receivers...]', 'names, as `tabiji notify list` shows them')
    .option('--all', 'every receiver')
    .addOption(byOption())
    .action(async (names: readonly string[], { all = false }: { all?: boolean }, command: Command) => {
      if (all === names.length > 0) {
        const message = 'Expected names of receivers, or `--all`'
        throw new CliError(EXIT.usage, { code: 'CLI_NOTIFY', message, hint: 'tabiji notify list' })
      }
      const { client, output } = openSession(command, io)
      const by = scribeOf(command, io)
      const known = async () => readDocument(await client.get('/receivers'), listAnswer).receivers
      const asked = all ? (await known()).map(({ name }) => name) : names
      const begun: State[] = []
      for (const name of asked) {
        const path = `/receivers/${encodeURIComponent(name)}/test`
        begun.push(readDocument(await client.post(path, by === undefined ? {} : { by }), state))
      }
      const ended = await Promise.all(begun.map((each) => untilTold(client, each, io.now)))
      output.answer({ tests: ended }, () => resultTable(ended, output))
      if (ended.some((each) => each.state !== 'delivered')) throw new CliExit(EXIT.no)
    })
}

async function untilTold(client: Client, begun: State, now: () => number): Promise<State> {
  const end = now() + PATIENCE_MS
  for (let last = begun; ; ) {
    if (['delivered', 'dead', 'cancelled'].includes(last.state) || now() >= end) return last
    await pause(LOOK_MS)
    last = readDocument(await client.get(`/notifications/${encodeURIComponent(begun.id)}`), state)
  }
}

function resultTable(tests: readonly State[], output: Output): string {
  const rows = tests.map((test) => resultCells(test, output))
  return table(['RECEIVER', 'RESULT', 'TOOK', 'ATTEMPTS', 'WHY'], rows)
}

/** How a test ended, and after how long from the moment it was owed. */
function resultCells({ receiver, state: came, createdAt, lastError, tries }: State, output: Output): readonly Cell[] {
  const last = tries.at(-1)
  const took = came === 'delivered' && last !== undefined ? `${last.endedAt - createdAt} ms` : ''
  const told = came === 'waiting' || came === 'sending' ? 'not taken yet' : came
  const painted = { text: told, paint: (text: string) => output.style(came === 'delivered' ? 'dim' : 'red', text) }
  return [receiver, painted, took, `${tries.length}`, came === 'delivered' ? '' : (lastError ?? '')]
}
