import { formatDuration } from '@tabiji/core/time'
import { type Command, Option } from 'commander'
import { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { ask, openSession } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'

type Options = {
  readonly objective?: string
  readonly metric: string
  readonly from?: string
  readonly to?: string
  readonly step?: string
  readonly csv?: boolean
}

/** `tabiji series`: how an objective went over time, as the books have it. */
export function seriesCommand(io: Io): Command {
  return createCommand('series', io)
    .description('Show how an objective went over time: how fast its budget burnt, what failed, how much happened.')
    .addHelpText(
      'before',
      examples(
        'tabiji series checkout --objective availability',
        'tabiji series checkout --objective latency --metric latency --from 2026-10-20 --to 2026-10-20',
        'tabiji series checkout --objective availability --from 09:00 --step 5m --csv > burn.csv',
      ),
    )
    .argument('<journey>', 'its name')
    .option('--objective <name>', 'which of its objectives (default: the only one)')
    .addOption(
      new Option('--metric <name>', 'what is told').choices(['burn', 'bad', 'traffic', 'latency']).default('burn'),
    )
    .option('--from <time>', 'HH:MM today, a time, or a date from its beginning (default: six hours before the end)')
    .option('--to <time>', 'HH:MM today, a time, or a date to its end (default: now)')
    .option('--step <duration>', 'how far apart the points are (default: as close as gives at most 720)')
    .option('--csv', 'print it as CSV')
    .action(async (journey: string, { objective, csv, ...asked }: Options, command: Command) => {
      const path = `/journeys/${encodeURIComponent(journey)}/series`
      const query = { o: objective, ...asked }
      if (csv !== true) return ask(command, io, { path, query, schema: seriesAnswer, shows: seriesTable })
      const stated = Object.entries({ ...query, format: 'csv' }).filter(
        (pair): pair is [string, string] => pair[1] !== undefined,
      )
      const { client } = openSession(command, io)
      io.stdout.write(Buffer.from(await client.getBytes(`${path}?${new URLSearchParams(stated)}`)).toString())
    })
}

const count = z.number()
const burn = z.object({ bad: count, valid: count, burnMilli: count })

const seriesAnswer = z.object({
  journey: z.string(),
  objective: z.string(),
  from: z.string(),
  to: z.string(),
  stepMs: z.number(),
  windowsMs: z.array(z.number()).default([]),
  excluded: z.array(z.object({ from: z.string(), to: z.string() })),
  points: z.array(
    z.looseObject({
      at: z.string(),
      read: z.boolean(),
      windows: z.array(burn.nullable()).optional(),
    }),
  ),
})

type Shown = z.output<typeof seriesAnswer>

/** Counts of the metrics but burn, in the order of their columns. */
const COUNTS = ['bad', 'valid', 'good', 'slow', 'error', 'excluded', 'within', 'over'] as const

function seriesTable({ journey, objective, from, to, stepMs, windowsMs, excluded, points }: Shown): string {
  const name = `${journey}/${objective}`
  const stretch = `${when(from)} to ${when(to)}, every ${formatDuration(stepMs)}`
  const [first] = points
  if (first === undefined) return `${name}: no step is over, ${stretch}\n`
  const columns = COUNTS.filter((each) => typeof first[each] === 'number')
  const head = [
    'AT',
    ...windowsMs.map((ms) => `BURN ${formatDuration(ms)}`),
    ...columns.map((each) => each.toUpperCase()),
    '',
  ]
  const rows = points.map(({ at, read, windows = [], ...rest }) => [
    when(at),
    ...windows.map((each) => (!read || each === null ? '–' : `${(Math.floor(each.burnMilli / 100) / 10).toFixed(1)}x`)),
    ...columns.map((each) => String(rest[each])),
    read ? '' : 'not read',
  ])
  const left = excluded.map((each) => `excluded by a correction: ${when(each.from)} to ${when(each.to)}\n`)
  return `${table(head, rows)}${name} · ${stretch}\n${left.join('')}`
}
