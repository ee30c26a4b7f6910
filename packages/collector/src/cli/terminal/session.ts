import { type Command, Option } from 'commander'
import type { z } from 'zod'
import { type Client, readDocument } from './client.ts'
import { clientOf } from './connect.ts'
import type { Io } from './io.ts'
import { type Output, outputOf } from './output.ts'

/** What a command that talks to the collector works with. */
type Session = { readonly client: Client; readonly output: Output }

/** @throws CliError when the options or the environment cannot be read */
export function openSession(command: Command, io: Io, patienceMs?: number): Session {
  return { client: clientOf(command, io, patienceMs), output: outputOf(command, io) }
}

/** A change that is sent to the collector, and how its answer is told. */
export type Change<Schema extends z.ZodType> = {
  readonly path: string
  readonly body: object
  /** What the request is called, where it may be sent again. */
  readonly key?: string | undefined
  /** How long it may take where nobody says otherwise; absent: as long as any command. */
  readonly patienceMs?: number
  readonly schema: Schema
  /** What changed, on one line, and what one needs to know of it then. */
  readonly says: (details: z.output<Schema>, output: Output) => string
  /** The command that usually comes next. */
  readonly next: (details: z.output<Schema>) => string
}

/** Sends a change with its scribe, then says what changed and what comes next. */
export async function record<Schema extends z.ZodType>(
  command: Command,
  io: Io,
  { path, body, key, patienceMs, schema, says, next }: Change<Schema>,
): Promise<void> {
  const { client, output } = openSession(command, io, patienceMs)
  const by = scribeOf(command, io)
  const document = await client.post(path, { ...body, ...(by !== undefined && { by }) }, key)
  const details = readDocument(document, schema)
  output.answer(document, () => `${says(details, output)}\n`)
  output.note(`next: ${next(details)}`)
}

/** Sends a change that another one follows, which gives the answer: what changed is said beside it. */
export async function recordFirst<Schema extends z.ZodType>(
  command: Command,
  io: Io,
  { path, body, schema, says }: Omit<Change<Schema>, 'next'>,
): Promise<z.output<Schema>> {
  const { client, output } = openSession(command, io)
  const by = scribeOf(command, io)
  const details = readDocument(await client.post(path, { ...body, ...(by !== undefined && { by }) }), schema)
  output.note(says(details, output))
  return details
}

/** What the collector is asked for, and how its answer is shown. */
type Question<Schema extends z.ZodType> = {
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly schema: Schema
  readonly shows: (answer: z.output<Schema>, output: Output) => string
}

/** Asks the collector and shows its answer, which is checked with `--json` too. */
export async function ask<Schema extends z.ZodType>(
  command: Command,
  io: Io,
  { path, query, schema, shows }: Question<Schema>,
): Promise<void> {
  const { client, output } = openSession(command, io)
  const document = await client.get(path, query)
  const answer = readDocument(document, schema)
  output.answer(document, () => shows(answer, output))
}

/** Who records a change. It counts only where nobody signs in: the collector prefers the name of the token. */
export function byOption(): Option {
  return new Option('--by <name>', 'who records it (default: TABIJI_BY, then the user of the system)')
}

/** For scripts that are run again. */
export function keyOption(): Option {
  return new Option('--key <text>', 'the same command again under the same key, within a day, does nothing more')
}

export function reasonOption(): Option {
  return new Option('--reason <text>', 'why').makeOptionMandatory()
}

/** Who gives the command, when that is known. */
export function scribeOf(command: Command, { env }: Io): string | undefined {
  const { by } = command.opts<{ by?: string }>()
  return [by, env['TABIJI_BY'], env['USER'], env['USERNAME']].find((name) => name !== undefined && name !== '')
}
