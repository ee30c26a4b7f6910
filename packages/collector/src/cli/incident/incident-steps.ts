import type { Command } from 'commander'
import { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import { printable } from '../terminal/printable.ts'
import { keyArgument } from '../terminal/program.ts'
import { ask, byOption, record } from '../terminal/session.ts'
import { when } from '../terminal/when.ts'

const text = z.string().transform(printable)
const schema = z.object({
  incident: text,
  runbooks: z.array(
    z.object({
      address: text,
      about: text,
      steps: z.array(z.object({ step: text, done: z.boolean(), at: text.optional(), by: text.optional() })),
    }),
  ),
})
type Steps = z.output<typeof schema>

/** `tabiji incident steps | step`: how far people are in the runbooks of an incident. */
export function addSteps(incident: Command, io: Io): void {
  incident
    .command('steps')
    .description('Show the steps of its runbooks (`- [ ]` in the page), and which are done.')
    .addArgument(keyArgument('INC-0007'))
    .action((key: string, _: object, command: Command) =>
      ask(command, io, { path: `/incidents/${key}/steps`, schema, shows: stepsPage }),
    )
  incident
    .command('step')
    .description('Say that a step of a runbook is done.')
    .addArgument(keyArgument('INC-0007'))
    .argument('<step>', 'its number in `tabiji incident steps`, or its words')
    .option('--runbook <address>', 'which runbook, when there are several: its file or its address')
    .option('--undo', 'it is not done after all')
    .addOption(byOption())
    .action((key: string, step: string, { runbook, undo }: Said, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/${undo === true ? 'step-undone' : 'step-done'}`,
        body: { step, ...(runbook !== undefined && { runbook }) },
        schema,
        says: (it) => `${key}: ${countOf(it)}`,
        next: () => `tabiji incident steps ${key}`,
      }),
    )
}

type Said = { readonly runbook?: string; readonly undo?: boolean }

function countOf({ runbooks }: Steps): string {
  const steps = runbooks.flatMap((one) => one.steps)
  return `${steps.filter(({ done }) => done).length} of ${steps.length} steps of its runbooks are done`
}

function stepsPage({ incident, runbooks }: Steps): string {
  if (runbooks.length === 0) return `${incident} has no runbook.\n`
  return runbooks
    .map(({ address, about, steps }) => {
      const lines = steps.map(({ step, done, at, by = '–' }, i) => {
        const who = at === undefined ? '' : `  (${when(at)} ${by})`
        return `  ${String(i + 1).padStart(2)} ${done ? '[x]' : '[ ]'} ${step}${who}\n`
      })
      const none = '  no step with a box that can be read here\n'
      return `${address}  (${about})\n${lines.length === 0 ? none : lines.join('')}`
    })
    .join('\n')
}
