import type { Command } from 'commander'
import type { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import type { Output } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { ask } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import { workAnswer } from './measure-answers.ts'

/** `tabiji dependencies`: which services worked on a journey, and which of them burnt its budget. */
export function dependenciesCommand(io: Io): Command {
  return createCommand('dependencies', io)
    .description('Show which services worked on a journey, and how that went.')
    .addHelpText('before', examples('tabiji dependencies checkout', 'tabiji dependencies checkout --window 6h'))
    .argument('<journey>', 'its name')
    .option('--window <duration>', 'how far to look back', '1h')
    .action((journey: string, { window }: { readonly window: string }, command: Command) =>
      ask(command, io, {
        path: `/journeys/${encodeURIComponent(journey)}/dependencies`,
        query: { window },
        schema: workAnswer,
        shows: workTable,
      }),
    )
}

type Shown = z.output<typeof workAnswer>

function workTable({ journey, at, window, own, dependencies, worst }: Shown, output: Output): string {
  const head = ['SERVICE', 'STEP', 'ROLE', 'GOOD', 'SLOW', 'ERROR', 'EXCLUDED', 'BAD']
  const rows = (role: string, works: Shown['own']) =>
    works.map(({ service, step, counts, bad, valid }) => {
      const isWorst = role === 'dependency' && worst.some((each) => each.service === service && each.step === step)
      const text = valid === 0 ? '–' : `${((bad * 100) / valid).toFixed(1)} %${isWorst ? ', WORST' : ''}`
      const share = { text, paint: (shown: string) => (isWorst ? output.style('red', shown) : shown) }
      return [service, step, role, ...counts.map(String), share]
    })
  const lines = [...rows('own', own), ...rows('dependency', dependencies)]
  const stretch = `${when(window.from)} to ${when(at)}`
  if (lines.length === 0) return `${journey}: no service worked on it, ${stretch}\n`
  return `${table(head, lines)}${stretch} · bad: slow or failed\n`
}
