import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseDuration } from '@tabiji/core/time'
import { type Command, InvalidArgumentError } from 'commander'
import type { Config } from '../config/config.ts'
import { examineCollector } from './doctor-collector.ts'
import { neverSeen, otherDefinitions, promisesBeyondProxy, type ReadFile } from './doctor-definition.ts'
import { examineEngine } from './doctor-engine.ts'
import { type Examined, joinExamined } from './doctor-finding.ts'
import { examineLists } from './doctor-list.ts'
import { examineFolder } from './doctor-packages.ts'
import { examineSpool } from './doctor-spool.ts'
import { examineTarget, type TargetExamined } from './doctor-target.ts'
import { doctorText } from './doctor-text.ts'
import { CliExit, EXIT } from './exit.ts'
import type { Io } from './io.ts'
import { readJourneysFile } from './journeys-file.ts'
import { DEFAULT_CONFIG, loadConfig } from './load.ts'
import { outputOf } from './output.ts'
import { placesOf } from './places.ts'
import { collect, createCommand, examples, type GlobalOptions } from './program.ts'

type Options = GlobalOptions & {
  readonly folder: string
  readonly config?: string
  readonly journeys?: string
  readonly target: readonly string[]
  readonly proxyTimeout?: number
  readonly spool?: string
  readonly strict?: boolean
}

/** How far clocks may be apart where no configuration says it: the default of the ledger. */
const SKEW_MS = 5_000
const TIMEOUT_MS = 5_000

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
  const config = configOf(options, io)
  const journeys = journeysOf(options, config)
  const { places, lists } = await placesOf(options.target, config)
  const skewMs = config?.ledger.clockSkewMs ?? SKEW_MS
  const targets = await Promise.all(places.map((place) => examineTarget(place, TIMEOUT_MS, skewMs, io.now)))
  const asked = config === undefined ? [] : await examineEngines(config, io)
  const parts = [
    examineFolder(options.folder),
    ...(options.spool === undefined ? [] : [examineSpool(options.spool)]),
    ...(lists.length === 0 ? [] : [examineLists(lists)]),
    ...targets,
    ...asked,
    ...(targets.length + asked.length === 0
      ? [unasked('running services: give `--target`, or a configuration with targets')]
      : []),
    examineDefinition(journeys, targets, options.proxyTimeout),
    await examineCollector(command, io, { journeys, skewMs }),
  ]
  return joinExamined(parts)
}

function examineDefinition(
  journeys: ReadFile | undefined,
  targets: readonly TargetExamined[],
  proxyMs: number | undefined,
): Examined {
  if (journeys === undefined)
    return unasked('promises and fingerprints: there is no journeys file; name one with `--journeys`')
  const { file, definition } = journeys
  return {
    findings: [
      ...(proxyMs === undefined ? [] : promisesBeyondProxy(definition, file, proxyMs)),
      ...otherDefinitions(definition, file, targets),
      ...neverSeen(definition, file, targets),
    ],
    looked: [file],
    notLooked:
      proxyMs === undefined ? ['promises against the proxy: say when it gives up with `--proxy-timeout 60s`'] : [],
  }
}

function examineEngines({ engines, limits }: Config, { now }: Io): Promise<readonly Examined[]> {
  return Promise.all(
    engines.filter(({ services }) => services.length > 0).map((engine) => examineEngine(engine, limits, now())),
  )
}

const unasked = (what: string): Examined => ({ findings: [], looked: [], notLooked: [what] })

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
