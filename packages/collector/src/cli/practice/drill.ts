import { parseDuration } from '@tabiji/core/time'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { createCommand, examples, keyArgument } from '../terminal/program.ts'
import { ask, byOption, record } from '../terminal/session.ts'
import { drillDetails, drillList, drillPage, drillTable, lasting } from './drill-text.ts'
import { whyText } from './practice-text.ts'

/** `tabiji drill …`: practice through the real path. */
export function drillCommand(io: Io): Command {
  const drill = createCommand('drill', io)
    .description('Practise: a made-up trouble goes through the real alerts to the real receivers, marked DRILL 訓練.')
    .addHelpText(
      'before',
      examples(
        'tabiji drill start checkout --share 30% --for 10m',
        'tabiji drill start checkout --step pay --outcome slow',
        'tabiji drill start --replay A-0042',
        'tabiji drill show D-0001',
        'tabiji drill stop D-0001',
      ),
    )
  addStart(drill, io)
  addReads(drill, io)
  return drill
}

type Started = {
  readonly replay?: string
  readonly step?: string
  readonly outcome?: string
  readonly share?: number
  readonly rate?: number
  readonly for?: number
  readonly level: string
}

function addStart(drill: Command, io: Io): void {
  drill
    .command('start')
    .description('Begin a drill. It is gone through in no time first, and refused when nothing would ring.')
    .argument('[journey]', 'the journey that is hurt; with --replay only where more than one was')
    .option('--replay <key>', 'what was booked in an alert or an incident, at the pace it had: A-0042, INC-0007')
    .option('--step <name>', 'the step that is hurt (default: all)')
    .addOption(new Option('--outcome <what>', 'what goes wrong (default: error)').choices(['error', 'slow']))
    .option('--share <percent>', 'how many of the events go wrong (default: 100%)', shareOf)
    .option('--rate <count>', 'events of each step per minute (default: 60)', rateOf)
    .option('--for <duration>', 'how long the trouble lasts, 1m to 4h (default: 15m)', lengthOf)
    .addOption(new Option('--level <level>', 'which level is practised').choices(['1', '2', '3']).default('1'))
    .addOption(byOption())
    .action((journey: string | undefined, options: Started, command: Command) =>
      record(command, io, {
        ...requestOf(journey, options),
        schema: drillDetails,
        says: ({ key, what, ringsAfterMs }) =>
          `${key} is on: ${what}; it rings about ${lasting(ringsAfterMs)} after its beginning`,
        next: ({ key, proposedLead: lead }) => {
          const show = `tabiji drill show ${key}`
          if (lead === undefined) return show
          return `let ${lead.name} lead, who ${whyText(lead)}: tabiji incident lead INC-… --name ${lead.name}; then ${show}`
        },
      }),
    )
}

function requestOf(journey: string | undefined, options: Started): { path: string; body: object } {
  const { replay, step, outcome, share, rate, for: lengthMs } = options
  const level = Number(options.level)
  if (replay !== undefined) {
    const made = [step, outcome, share, rate, lengthMs].some((each) => each !== undefined)
    if (made) throw usage('Expected either --replay or a scenario (--step, --outcome, --share, --rate, --for)')
    return { path: '/drills/replay', body: { level, replay, ...(journey !== undefined && { journey }) } }
  }
  if (journey === undefined) throw usage('Expected the name of a journey, or --replay')
  const body = {
    level,
    journey,
    ...(step !== undefined && { step }),
    ...(outcome !== undefined && { outcome }),
    ...(share !== undefined && { sharePpm: share }),
    ...(rate !== undefined && { perMinute: rate }),
    ...(lengthMs !== undefined && { lengthMs }),
  }
  return { path: '/drills', body }
}

function usage(message: string): CliError {
  return new CliError(EXIT.usage, { code: 'CLI_DRILL', message, hint: 'tabiji drill start checkout --share 30%' })
}

/** Parts per million. */
function shareOf(text: string): number {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?\s*%?$/.exec(text.trim())
  const ppm = match === null ? 0 : Number(`${match[1]}${(match[2] ?? '').padEnd(4, '0')}`)
  if (ppm < 1 || ppm > 1_000_000)
    throw new InvalidArgumentError('Expected a percentage above 0 and up to 100, such as 30%')
  return ppm
}

function rateOf(text: string): number {
  const rate = Number(text)
  if (!Number.isInteger(rate) || rate < 1 || rate > 1_000_000)
    throw new InvalidArgumentError('Expected a whole number of events per minute, from 1 to 1000000')
  return rate
}

function lengthOf(text: string): number {
  const length = parseDuration(text)
  if (length === undefined) throw new InvalidArgumentError('Expected a duration such as 10m')
  return length
}

function addReads(drill: Command, io: Io): void {
  drill
    .command('list')
    .description('List drills with the times that they took, newest first.')
    .action((_: unknown, command: Command) =>
      ask(command, io, { path: '/drills', schema: drillList, shows: drillTable }),
    )
  drill
    .command('show')
    .description('Show a drill, what it rang, and who was told when.')
    .addArgument(keyArgument('D-0001'))
    .action((key: string, _: object, command: Command) =>
      ask(command, io, { path: `/drills/${key}`, schema: drillDetails, shows: drillPage }),
    )
  drill
    .command('stop')
    .description('End a drill at once. Whoever was told is told that it is over.')
    .addArgument(keyArgument('D-0001'))
    .addOption(byOption())
    .action((key: string, _: object, command: Command) =>
      record(command, io, {
        path: `/drills/${key}/stop`,
        body: {},
        schema: drillDetails,
        says: ({ key: stopped }) => `${stopped} is over`,
        next: ({ key: stopped }) => `tabiji drill show ${stopped}`,
      }),
    )
}
