import { BONES } from '@tabiji/core/incident'
import type { Command } from 'commander'
import type { Io } from './io.ts'
import { keyArgument } from './program.ts'
import { byOption, record } from './session.ts'
import { incidentDetails as schema } from './work-answers.ts'

type Said = { readonly bone: string; readonly fix?: string }

/** `tabiji incident cause`: why it happened, by an id that fixes name. */
export function addCause(incident: Command, io: Io): void {
  incident
    .command('cause')
    .description('Say why it happened. Said again under the same id, the later words hold.')
    .addArgument(keyArgument('INC-0007'))
    .argument('<id>', 'a slug such as retry-without-back-off, by which fixes name the cause')
    .argument('<text>', 'what made it likely, in one sentence')
    .requiredOption('--bone <bone>', `${BONES.join(', ')}, or a bone of your own; none is a person`)
    .option('--fix <key>', 'the fix that removes it')
    .addOption(byOption())
    .action((key: string, id: string, text: string, { bone, fix }: Said, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/cause`,
        body: { id, text, bone, ...(fix !== undefined && { fix: fix.toUpperCase() }) },
        schema,
        says: ({ incident }) => `${key}: ${incident.causes?.length ?? 0} known, among them ${id}: ${text.trim()}`,
        next: () =>
          fix === undefined
            ? `tabiji fix add "…" --kind prevent --incident ${key} --cause ${id}`
            : `tabiji postmortem draft ${key}`,
      }),
    )
}
