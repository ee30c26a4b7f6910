import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseDuration } from '@tabiji/core/time'
import { type Command, InvalidArgumentError } from 'commander'
import type { Config } from '../../config/config.ts'
import type { Examined } from '../../ports/doctor.ts'
import { readJourneysFile } from '../journeys/journeys-file.ts'
import { CliExit, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { DEFAULT_CONFIG, loadConfig } from '../terminal/load.ts'
import { outputOf } from '../terminal/output.ts'
import { collect, createCommand, examples, type GlobalOptions } from '../terminal/program.ts'
import { examineCollector } from './doctor-collector.ts'
import type { ReadFile } from './doctor-definition.ts'
import { examineFolder } from './doctor-packages.ts'
import { examineRunning, joinExamined, skewOf } from './doctor-running.ts'
import { examineSpool } from './doctor-spool.ts'
import { doctorText } from './doctor-text.ts'

type Options = GlobalOptions & {
  readonly folder: string
  readonly config?: string
  readonly journeys?: string
  readonly target: readonly string[]
  readonly proxyTimeout?: number
  readonly spool?: string
  readonly strict?: boolean
}

/** `tabiji doctor`: what is wrong with how services are measured, before their numbers are believed. */
export function doctorCommand(io: Io): Command {
  return createCommand('doctor', io)
    .description('Look for what makes numbers wrong: in a service’s folder, at running services, at the collector.')
    .addHelpText(
      'before',
      examples(
        'npx tabiji doctor',
        'tabiji doctor --target http://127.0.0.1:3000/metrics --proxy-timeout 60s',
        'tabiji doctor --config tabiji.yaml --url http://127.0.0.1:7070 --json',
      ),
    )
    .option('--folder <folder>', 'the folder of a service', '.')
    .option(
      '-c, --config <file>',
      `a configuration, whose targets, lists of targets and engines are asked (default: ${DEFAULT_CONFIG} if there is one)`,
    )
    .option(
      '--journeys <file>',
      'the journeys file (default: that of the configuration, else journeys.yaml or journeys.json)',
    )
    .option('--target <address>', 'the /metrics of a running service; may be given several times', collect, [])
    .option('--proxy-timeout <duration>', 'when the proxy before the services gives up waiting', toDuration)
    .option('--spool <folder>', 'the spool folder of `handOver`')
    .option('--strict', 'let warnings fail, too')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>()
      const output = outputOf(command, io)
      const examined = await examine(options, command, io)
      const isFine = !examined.findings.some(({ severity }) => options.strict === true || severity === 'error')
      output.answer({ ok: isFine, ...examined }, () => doctorText(examined, output))
      if (!isFine) throw new CliExit(EXIT.no)
    })
}

async function examine(options: Options, command: Command, io: Io): Promise<Examined> {
  const { target: addresses, proxyTimeout: proxyMs, folder, spool } = options
  const config = configOf(options, io)
  const journeys = journeysOf(options, config)
  return joinExamined([
    examineFolder(folder),
    ...(spool === undefined ? [] : [examineSpool(spool)]),
    await examineRunning({ addresses, config, journeys, now: io.now, ...(proxyMs !== undefined && { proxyMs }) }),
    await examineCollector(command, io, { journeys, skewMs: skewOf(config) }),
  ])
}

function configOf({ config, folder }: Options, io: Io): Config | undefined {
  const file = config ?? join(folder, DEFAULT_CONFIG)
  return config === undefined && !existsSync(file) ? undefined : loadConfig(file, io)
}

function journeysOf({ journeys, folder }: Options, config: Config | undefined): ReadFile | undefined {
  const usual = ['journeys.yaml', 'journeys.json'].map((name) => join(folder, name))
  const file = journeys ?? config?.journeysFile ?? usual.find((each) => existsSync(each))
  return file === undefined ? undefined : { file, definition: readJourneysFile(file).definition }
}

function toDuration(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined) throw new InvalidArgumentError('Expected a duration such as 60s.')
  return ms
}
