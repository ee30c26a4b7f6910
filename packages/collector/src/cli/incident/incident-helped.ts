import { HELPED } from '@tabiji/core/incident'
import { Argument, type Command } from 'commander'
import type { Io } from '../terminal/io.ts'
import { keyArgument } from '../terminal/program.ts'
import { byOption, record } from '../terminal/session.ts'
import { incidentDetails as schema } from '../terminal/work-answers.ts'

type Said = { readonly runbook?: string; readonly note?: string }

/** `tabiji incident helped`: whether a runbook was of use, so that the next one is. */
export function addHelped(incident: Command, io: Io): void {
  incident
    .command('helped')
    .description('Say whether a runbook helped. `tabiji runbook rank` shows which alerts lack a useful one.')
    .addArgument(keyArgument('INC-0007'))
    .addArgument(new Argument('<helped>', 'none: there was no runbook').choices(HELPED))
    .option('--runbook <address>', 'which one, when there were several: its file or its address')
    .option('--note <text>', 'what was missing or wrong')
    .addOption(byOption())
    .action((key: string, helped: string, { runbook, note }: Said, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/helped`,
        body: { helped, ...(runbook !== undefined && { runbook }), ...(note !== undefined && { note }) },
        schema,
        says: () => `${key}: it is written down how far the runbook helped (${helped})`,
        next: () =>
          helped === 'none' ? 'tabiji runbook new JOURNEY' : `tabiji fix add "…" --kind prevent --incident ${key}`,
      }),
    )
}
