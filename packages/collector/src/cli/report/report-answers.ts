import { isMonth } from '@tabiji/core/time'
import { Argument, type Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { readDocument } from '../terminal/client.ts'
import type { Io } from '../terminal/io.ts'
import { printable } from '../terminal/printable.ts'
import { openSession } from '../terminal/session.ts'

const text = z.string().transform(printable)
const count = z.number()

const told = {
  month: text,
  status: z.enum(['draft', 'issued']),
  revision: count.optional(),
  issuedAt: text.optional(),
  by: text.optional(),
  draftAt: text.optional(),
  missing: count,
}

/** A month in the list of reports. */
export const toldReport = z.object(told)

export const missingComment = z.object({ name: text, owner: text.optional(), state: text })

export const ask = z.object({
  key: text,
  month: text,
  text,
  why: text.optional(),
  journey: text.optional(),
  owner: text.optional(),
  due: text.optional(),
  state: text,
  answer: z.object({ text, by: text.optional(), at: text }).optional(),
})
export type ShownAsk = z.output<typeof ask>

/** Everything that is kept of a month's report. */
export const reportDetails = z.object({
  ...told,
  revisions: z.array(
    z.object({
      revision: count,
      issuedAt: text,
      by: text.optional(),
      sha256: text,
      version: text,
      reason: text.optional(),
      despite: z.object({ what: text, reason: text }).optional(),
      changes: count,
      files: z.array(z.object({ name: text, bytes: count, sha256: text })),
    }),
  ),
  missingComments: z.array(missingComment),
  asks: z.array(ask),
})
export type ShownReport = z.output<typeof reportDetails>

/** Exactly a month: nothing else reaches an address. */
export function readMonth(typed: string): string {
  if (isMonth(typed)) return typed
  throw new InvalidArgumentError('Expected a month such as 2026-10')
}

export const monthArgument = (): Argument => new Argument('<month>', 'such as 2026-10').argParser(readMonth)

/** The month that was named, or the last one that is over: that is the one whose report is being made. */
export async function monthOr(typed: string | undefined, command: Command, io: Io): Promise<string> {
  if (typed !== undefined) return typed
  const months = await openSession(command, io).client.get('/months')
  return readDocument(months, z.object({ latestComplete: z.string().refine(isMonth) })).latestComplete
}
