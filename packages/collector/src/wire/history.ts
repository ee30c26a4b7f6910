import type { FixCommand } from '@tabiji/core/fix'
import type { IncidentCommand } from '@tabiji/core/incident'
import type { Counts } from '@tabiji/core/journey'
import type { Reading } from '@tabiji/core/ledger'
import { type Checked, checkShape } from '@tabiji/core/problem'
import { z } from 'zod'
import { INCIDENT_CAUSES_REQUEST } from './incident-causes-request.ts'
import { FIX_REQUEST, INCIDENT_REQUEST } from './work-request.ts'

/** One line of a history file. Keys are the file's own: the store gives its own ones. */
export type HistoryLine =
  | { readonly kind: 'reading'; readonly reading: Reading }
  | (WorkLine & { readonly kind: 'incident'; readonly command: IncidentCommand })
  | (WorkLine & { readonly kind: 'fix'; readonly command: FixCommand })

type WorkLine = { readonly key: string; readonly at: number; readonly by?: string }

const name = z.string().trim().min(1).max(200)
const count = z.int().nonnegative()
const instant = z.iso
  .datetime({ offset: true, error: 'a time in ISO 8601 with offset' })
  .transform((text) => Date.parse(text))

const counts = z
  .tuple([count, count, count, count], { error: 'four whole numbers: good, slow, error, excluded' })
  .transform((four): Counts => four)

const reading = z.strictObject({
  kind: z.literal('reading'),
  at: instant,
  process: name,
  service: name,
  startedAt: instant.exactOptional(),
  steps: z.array(z.strictObject({ journey: name, step: name, counts })).max(10_000),
})

/** `by` stands beside the command, so the command does not carry it. */
const commandOf = <Type extends string, Shape extends z.ZodObject>(type: Type, { shape }: Shape) =>
  z.strictObject({ ...shape, type: z.literal(type) })

const work = { key: name, at: instant, by: name.exactOptional() }

const incident = z.strictObject({
  kind: z.literal('incident'),
  ...work,
  command: z.discriminatedUnion('type', [
    commandOf('open', INCIDENT_REQUEST.open),
    commandOf('edit', INCIDENT_REQUEST.edit),
    commandOf('time', INCIDENT_REQUEST.time),
    commandOf('resolve', INCIDENT_REQUEST.resolve),
    commandOf('reopen', INCIDENT_REQUEST.reopen),
    commandOf('addCause', INCIDENT_CAUSES_REQUEST.cause),
  ]),
})

const fix = z.strictObject({
  kind: z.literal('fix'),
  ...work,
  command: z.discriminatedUnion('type', [
    commandOf('add', FIX_REQUEST.add),
    commandOf('done', FIX_REQUEST.done),
    commandOf('move', FIX_REQUEST.move),
    commandOf('reopen', FIX_REQUEST.reason),
    commandOf('drop', FIX_REQUEST.reason),
    commandOf('undrop', FIX_REQUEST.reason),
    commandOf('accept', FIX_REQUEST.accept),
    commandOf('assign', FIX_REQUEST.assign),
    commandOf('block', FIX_REQUEST.reason),
    commandOf('unblock', FIX_REQUEST.done),
    commandOf('merge', FIX_REQUEST.merge),
    commandOf('edit', FIX_REQUEST.edit),
  ]),
})

const line = z.discriminatedUnion('kind', [reading, incident, fix], {
  error: 'an object whose `kind` is "reading", "incident" or "fix"',
})

/** Reads one line of a history file, which has been parsed as JSON. @returns the line, or everything wrong with it */
export function decodeHistoryLine(value: unknown): Checked<HistoryLine> {
  const checked = checkShape(line, value, 'HISTORY')
  if (!checked.ok) return checked
  const { value: read } = checked
  if (read.kind === 'reading') return { ok: true, value: { kind: 'reading', reading: readingOf(read) } }
  return { ok: true, value: read as Exclude<HistoryLine, { kind: 'reading' }> }
}

/** A reading by another hand: its process is known by its name, and its counters only grow. */
function readingOf({ at, process, service, startedAt, steps }: z.output<typeof reading>): Reading {
  return {
    speaker: { id: process, identified: true, service, ...(startedAt !== undefined && { startedAt }) },
    at,
    steps: steps.map((step) => ({ ...step, role: 'own' })),
  }
}
