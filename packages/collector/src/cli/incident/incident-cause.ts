import { BONES } from '@tabiji/core/incident'
import type { Command } from 'commander'
import type { Io } from '../terminal/io.ts'
import { keyArgument } from '../terminal/program.ts'
import { byOption, record } from '../terminal/session.ts'
import { incidentDetails as schema } from '../terminal/work-answers.ts'

type Said = { readonly bone?: string; readonly under?: string; readonly fix?: string }

/** `tabiji incident cause` and `cause-remove`: why it happened, by ids that fixes name. */
export function addCause(incident: Command, io: Io): void {
  addSaying(incident, io)
  addRemoval(incident, io)
}

function addSaying(incident: Command, io: Io): void {
  incident
    .command('cause')
    .description('Say why it happened. Said again under the same id, the later words hold, and so does its place.')
    .addArgument(keyArgument('INC-0007'))
    .argument('<id>', 'a slug such as retry-without-back-off, by which fixes name the cause')
    .argument('<text>', 'what made it likely, in one sentence')
    .option('--bone <bone>', `${BONES.join(', ')}, or a bone of your own; none is a person`)
    .option('--under <id>', 'the cause that this one explains (asked why again), instead of a bone')
    .option('--fix <key>', 'the fix that removes it')
    .addOption(byOption())
    .action((key: string, id: string, text: string, { bone, under, fix }: Said, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/cause`,
        body: {
          id,
          text,
          ...(bone !== undefined && { bone }),
          ...(under !== undefined && { under }),
          ...(fix !== undefined && { fix: fix.toUpperCase() }),
        },
        schema,
        says: ({ incident }) => `${key}: ${incident.causes?.length ?? 0} known, among them ${id}: ${text.trim()}`,
        next: () =>
          fix === undefined
            ? `tabiji fix add "…" --kind prevent --incident ${key} --cause ${id}`
            : `tabiji postmortem draft ${key}`,
      }),
    )
}

function addRemoval(incident: Command, io: Io): void {
  incident
    .command('cause-remove')
    .description('Take a cause out again. What was found below it stays, and takes its place.')
    .addArgument(keyArgument('INC-0007'))
    .argument('<id>', 'the id of the cause')
    .requiredOption('--reason <text>', 'why it was none')
    .addOption(byOption())
    .action((key: string, id: string, { reason }: { readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/cause-remove`,
        body: { id, reason },
        schema,
        says: ({ incident }) => `${key}: without ${id}; ${incident.causes?.length ?? 0} known`,
        next: () => `tabiji incident show ${key}`,
      }),
    )
}
