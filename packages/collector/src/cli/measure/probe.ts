import { formatDuration, isoIn } from '@tabiji/core/time'
import { type Command, Option } from 'commander'
import { z } from 'zod'
import { createProber } from '../../app/parts.ts'
import { CliError, CliExit, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { DEFAULT_CONFIG, load } from '../terminal/load.ts'
import { type Output, outputOf } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { ask } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import { runText } from './probe-text.ts'

/** `tabiji probe`: what probes saw, and one run of one of them. */
export function probeCommand(io: Io): Command {
  return createCommand('probe', io)
    .description('Show what probes saw of the journeys from outside, or run one now.')
    .addCommand(listCommand(io))
    .addCommand(runCommand(io))
}

const outcome = z.enum(['good', 'slow', 'error', 'inconclusive'])
const listAnswer = z.object({
  probes: z.array(
    z.object({
      name: z.string(),
      journey: z.string(),
      intervalMs: z.number(),
      last: z
        .object({
          outcome,
          endedAt: z.string(),
          why: z.string().optional(),
          certificates: z.array(z.object({ host: z.string(), daysLeft: z.number() })),
        })
        .optional(),
      nextAt: z.string(),
      warnings: z.array(z.string()),
    }),
  ),
})

function listCommand(io: Io): Command {
  return createCommand('list', io)
    .description('Show each probe with its last run, as the collector knows it.')
    .addHelpText('before', examples('tabiji probe list', 'tabiji probe list --json'))
    .action((_: unknown, command: Command) =>
      ask(command, io, { path: '/probes', schema: listAnswer, shows: listTable }),
    )
}

function listTable({ probes }: z.output<typeof listAnswer>, output: Output): string {
  if (probes.length === 0) return 'no probes: `probes` in the configuration has none\n'
  const rows = probes.map(({ name, journey, intervalMs, last, nextAt, warnings }) => {
    const days = last?.certificates.map(({ daysLeft }) => daysLeft) ?? []
    const tls = days.length === 0 ? '–' : `${Math.min(...days)} days`
    const result = last?.outcome ?? 'not run yet'
    const isBad = last !== undefined && last.outcome !== 'good'
    const painted = { text: result, paint: (text: string) => (isBad ? output.style('red', text) : text) }
    const ran = last === undefined ? `next ${when(nextAt)}` : when(last.endedAt)
    return [name, journey, formatDuration(intervalMs), painted, ran, tls, last?.why ?? warnings.join('; ')]
  })
  return table(['PROBE', 'JOURNEY', 'EVERY', 'LAST', 'AT', 'TLS', 'WHY'], rows)
}

function runCommand(io: Io): Command {
  return createCommand('run', io)
    .description('Run a probe once, from here, and show each step. Nothing is booked.')
    .addHelpText(
      'before',
      examples('tabiji probe run measure-from-outside', 'tabiji probe run measure-from-outside --json'),
    )
    .argument('<name>', 'its name in the configuration')
    .addOption(new Option('-c, --config <file>', 'the configuration').default(DEFAULT_CONFIG))
    .action(async (name: string, { config: file }: { readonly config: string }, command: Command) => {
      const { config, definition } = load(file, io)
      const plan = config.probes.plans.find((each) => each.name === name)
      if (plan === undefined) throw unknownProbe(name, config.probes.plans)
      const settings = { ...config.probes, maxBytes: config.limits.maxBytes }
      const prober = createProber(settings, { now: io.now, monotonic: () => performance.now() })
      const steps = definition.journeys.find((each) => each.name === plan.journey)?.steps ?? []
      const promises = new Map(steps.map((step) => [step.name, step.withinMs]))
      const run = await prober.run(plan, promises, new AbortController().signal)
      if (run === undefined) throw new CliExit(EXIT.stopped)
      const told = {
        ...run,
        startedAt: isoIn(run.startedAt, definition.timeZone),
        endedAt: isoIn(run.endedAt, definition.timeZone),
        certificates: run.certificates.map(({ host, expiresAt }) => {
          return { host, expiresAt: isoIn(expiresAt, definition.timeZone) }
        }),
      }
      const output = outputOf(command, io)
      output.answer(told, () => runText(run, io.now(), output))
      if (run.outcome === 'inconclusive') throw new CliExit(EXIT.noData)
      if (run.outcome !== 'good') throw new CliExit(EXIT.no)
    })
}

function unknownProbe(name: string, plans: readonly { readonly name: string }[]): CliError {
  const known = plans.map((plan) => plan.name).join(', ')
  const hint = known === '' ? '`probes` in the configuration has none' : `known: ${known}`
  return new CliError(EXIT.usage, { code: 'CLI_NO_PROBE', message: `there is no probe ${name}`, hint })
}
