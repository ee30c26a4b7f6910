import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { Traffic } from '@tabiji/core/budget'
import { entriesOf, hasErrors, locateProblems } from '@tabiji/core/problem'
import { LARGE_TEXT, readText } from '@tabiji/core/problem/document'
import type { Command } from 'commander'
import { isForbiddenAddress } from '../../app/parts.ts'
import { calendarProblems } from '../../config/calendar-fit.ts'
import type { Config } from '../../config/config.ts'
import { readDefinition } from '../../config/definition.ts'
import { fitOf } from '../../config/fit.ts'
import { maintenanceProblems } from '../../config/gates.ts'
import { withOpenSlo } from '../../config/openslo.ts'
import { practiceProblems } from '../../config/practice.ts'
import { probeProblems } from '../../config/probes.ts'
import { type ConfigRead, openText, readConfig, UNREADABLE, unreadable } from '../../config/read.ts'
import { mayHoldSecret } from '../../config/secret.ts'
import { ticketRuleProblems } from '../../config/trackers.ts'
import { withoutCovered } from '../terminal/covered.ts'
import { CliExit, EXIT } from '../terminal/exit.ts'
import { type Findings, merge, NOTHING } from '../terminal/findings.ts'
import type { Io } from '../terminal/io.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { liveEdgeProblems } from './check-edges.ts'
import { checkJson, checkText } from './check-text.ts'
import { parseRate, trafficProblems } from './check-traffic.ts'

type CheckOptions = {
  readonly json?: boolean
  readonly strict?: boolean
  readonly rate?: Traffic
  readonly live?: boolean
}

/** 0 fine, 1 something is wrong (with `--strict`: or could be better), 2 a file cannot be read. */
type CheckExit = typeof EXIT.fine | typeof EXIT.no | typeof EXIT.usage

/** `tabiji check`: reads configurations and journeys files and says what is wrong, and what rings when. */
export function checkCommand(io: Io): Command {
  return createCommand('check', io)
    .description('Check configurations and journeys files, and say what rings when.')
    .addHelpText(
      'before',
      examples(
        'tabiji check',
        'tabiji check journeys.yaml --strict',
        'tabiji check journeys.yaml --rate 500/d  # how much happens, where there are no books yet',
        'tabiji check --live  # read the targets, too',
      ),
    )
    .argument('[files...]', 'default: tabiji.yaml if there is one, else journeys.yaml')
    .option('--strict', 'let warnings fail, too')
    .option('--rate <events>', 'events of each objective where the books say nothing, such as 500/d', parseRate)
    .option('--live', 'read the targets of the configuration: promised times should be edges of their histograms')
    .action(async (files: readonly string[], _: unknown, command: Command) => {
      const exit = await checkFiles(files, command.optsWithGlobals<CheckOptions>(), io)
      if (exit !== EXIT.fine) throw new CliExit(exit)
    })
}

/** Prints what was found and says how it ended. */
async function checkFiles(files: readonly string[], options: CheckOptions, io: Io): Promise<CheckExit> {
  const { json = false, strict = false } = options
  const asked = files.length > 0 ? files : [existsSync('tabiji.yaml') ? 'tabiji.yaml' : 'journeys.yaml']
  let findings = NOTHING
  for (const file of asked) {
    const isKnown = findings.files.some((known) => resolve(known.file) === resolve(file))
    if (!isKnown) findings = merge([findings, await checkFile(file, options, io)])
  }
  const { problems } = findings
  const isFine = strict ? problems.length === 0 : !hasErrors(problems)
  io.stdout.write(json ? checkJson(findings, isFine) : checkText(findings))
  if (problems.some(({ code }) => code === UNREADABLE)) return EXIT.usage
  return isFine ? EXIT.fine : EXIT.no
}

async function checkFile(file: string, options: CheckOptions, io: Io): Promise<Findings> {
  const opened = openText(file)
  if ('failure' in opened) return { ...NOTHING, problems: [unreadable(file, opened.failure)] }
  // It may be either file, and journeys may be many.
  const read = readText(opened.text, file, LARGE_TEXT)
  if (!read.ok) {
    const sources = { [file]: read.conceal(mayHoldSecret) }
    return { ...NOTHING, files: [{ file, kind: 'unclear' }], problems: read.problems, sources }
  }
  const document = entriesOf(read.value)
  const journeys = document.get('journeys')
  if (typeof journeys !== 'string' && !document.has('store') && !document.has('targets') && !document.has('engines')) {
    return checkJourneys(file, opened.text, options, io)
  }
  return checkConfig(file, journeys, options, io)
}

async function checkConfig(file: string, journeys: unknown, options: CheckOptions, io: Io): Promise<Findings> {
  const read = readConfig(file, io.env, isForbiddenAddress)
  const own: Findings = {
    ...NOTHING,
    files: [{ file, kind: 'configuration' }],
    problems: read.ok ? read.warnings : read.problems,
    sources: { [file]: read.shown },
  }
  if (typeof journeys !== 'string') return own
  const named = isAbsolute(journeys) ? journeys : join(dirname(file), journeys)
  const opened = openText(named)
  if ('failure' in opened) return merge([own, { ...NOTHING, problems: [unreadable(named, opened.failure)] }])
  const config = read.ok ? read.config : undefined
  const stated = await checkJourneys(named, opened.text, options, io, config)
  const fit = checkFit(file, read, opened.text, named, io.now())
  return merge([own, fit, stated, ...(config === undefined ? [] : [checkOpenSlo(named, opened.text, config)])])
}

/** Whether the journeys file has what probes and desks of a configuration go by; told when both can be read. */
function checkFit(file: string, read: ConfigRead, text: string, named: string, now: number): Findings {
  const journeys = read.ok ? readDefinition(text, named, read.config.ledger) : undefined
  if (!read.ok || journeys?.ok !== true) return NOTHING
  const { definition } = journeys
  const fit = [
    ...probeProblems(read.config.probes, definition),
    ...calendarProblems(read.config, definition, now),
    ...ticketRuleProblems(read.config.trackers, definition),
    ...maintenanceProblems(read.config.maintenance, definition),
    ...practiceProblems(read.config.practice, definition),
  ]
  const problems = locateProblems(fit, read.locate)
  return { ...NOTHING, problems, sources: { [file]: read.shown } }
}

/** What an engine would be asked, beside the journeys file; with mistakes in that one the names cannot be compared. */
function checkOpenSlo(file: string, text: string, { openslo, ledger }: Config): Findings {
  const journeys = readDefinition(text, file, ledger)
  if (openslo === undefined || !journeys.ok) return NOTHING
  const { problems, advice, measured, sources } = withOpenSlo(journeys.definition, openslo, ledger)
  const files = openslo.files.map((each) => ({ file: each, kind: 'openslo' as const }))
  return { ...NOTHING, files, problems, advice, measured, sources }
}

async function checkJourneys(
  file: string,
  text: string,
  { rate, live = false }: CheckOptions,
  io: Io,
  config?: Config,
): Promise<Findings> {
  const read = readDefinition(text, file, config && fitOf(config))
  const sources = { [file]: text }
  if (!read.ok) return { ...NOTHING, files: [{ file, kind: 'journeys' }], problems: read.problems, sources }
  const { definition, warnings, advice, rules, locate } = read
  const edges = live && config !== undefined ? await liveEdgeProblems(definition, config) : []
  const found = [...trafficProblems(definition, config, rate, io.now()), ...edges]
  const checked = { file, kind: 'journeys', fingerprint: definition.fingerprint } as const
  const stated = config === undefined ? warnings : withoutCovered(warnings, definition, config)
  const problems = [...stated, ...locateProblems(found, locate)]
  return { ...NOTHING, files: [checked], problems, advice, rules, sources }
}
