import { formatDuration } from '@tabiji/core/time'
import type { Command } from 'commander'
import { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import { printable } from '../terminal/printable.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { ask } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'

const text = z.string().transform(printable)

const change = z.object({
  what: text,
  name: text.optional(),
  before: z.number().optional(),
  after: z.number().optional(),
})

const schema = z.object({
  revisions: z.array(z.object({ at: text, appliesFrom: text, fingerprint: text, changes: z.array(change) })),
})

type ShownRevision = z.output<typeof schema>['revisions'][number]

/** `tabiji revisions`: which journeys file was in force when. */
export function revisionsCommand(io: Io): Command {
  return createCommand('revisions', io)
    .description(
      'List the journeys files that were in force, newest first: since when each applied, and what it changed.',
    )
    .addHelpText('before', examples('tabiji revisions', 'tabiji revisions --json'))
    .action((_: object, command: Command) =>
      ask(command, io, { path: '/revisions', schema, shows: ({ revisions }) => revisionTable(revisions) }),
    )
}

function revisionTable(revisions: readonly ShownRevision[]): string {
  const rows = revisions.flatMap(({ appliesFrom, fingerprint, changes }, i) => {
    const lines = i === revisions.length - 1 ? ['the first one'] : changes.map(changeText)
    return lines.map((line, n) => (n === 0 ? [when(appliesFrom), fingerprint, line] : ['', '', line]))
  })
  return table(['APPLIES FROM', 'FINGERPRINT', 'CHANGED'], rows)
}

function changeText({ what, name = '', before, after }: ShownRevision['changes'][number]): string {
  if (what !== 'target' && what !== 'within') return 'nothing that events are judged by'
  const written = (value: number) => (what === 'target' ? `${value / 10_000} %` : formatDuration(value))
  if (before === undefined) return after === undefined ? name : `${name}: new, ${written(after)}`
  return after === undefined
    ? `${name}: gone, was ${written(before)}`
    : `${name}: ${written(before)} → ${written(after)}`
}
