import { existsSync } from 'node:fs'
import type { Definition } from '@tabiji/core/journey'
import type { Question } from '@tabiji/core/openslo'
import { hasErrors, locateProblems, type Problem } from '@tabiji/core/problem'
import { isForbiddenAddress } from '../../app/parts.ts'
import { calendarProblems } from '../../config/calendar-fit.ts'
import type { Config } from '../../config/config.ts'
import { type DefinitionRead, readDefinition } from '../../config/definition.ts'
import { fitOf } from '../../config/fit.ts'
import { maintenanceProblems } from '../../config/gates.ts'
import { withOpenSlo } from '../../config/openslo.ts'
import { practiceProblems } from '../../config/practice.ts'
import { probeProblems } from '../../config/probes.ts'
import { openText, readConfig, unreadable } from '../../config/read.ts'
import type { Rotated } from '../../config/rotation.ts'
import { ticketRuleProblems } from '../../config/trackers.ts'
import { withoutCovered } from './covered.ts'
import { CliError, EXIT } from './exit.ts'
import type { Io } from './io.ts'

/** A configuration and its journeys file, both read and checked. */
export type Loaded = {
  readonly config: Config
  readonly definition: Definition
  readonly questions: readonly Question[]
  readonly warnings: readonly Problem[]
  /** Reads the files of secrets, certificates, calendars and checklists again. */
  readonly rotate: () => Rotated
}

export const DEFAULT_CONFIG = 'tabiji.yaml'

/**
 * Reads the configuration and the journeys file that it names.
 *
 * @throws CliError with everything that is wrong with both
 */
export function load(file: string, io: Io): Loaded {
  const { config, warnings, locate, rotate } = readOrRefuse(file, io)
  const journeys = loadDefinition(config)
  if (!journeys.ok) throw refused(config.journeysFile, journeys.problems)
  const { definition, questions = [] } = journeys
  const fit = [
    ...probeProblems(config.probes, definition),
    ...calendarProblems(config, definition, io.now()),
    ...ticketRuleProblems(config.trackers, definition),
    ...maintenanceProblems(config.maintenance, definition),
    ...practiceProblems(config.practice, definition),
  ]
  const problems = locateProblems(fit, locate)
  if (hasErrors(problems)) throw refused(file, problems)
  return { config, definition, questions, warnings: [...warnings, ...problems, ...journeys.warnings], rotate }
}

/** Reads the configuration alone, for what works on the store whatever the journeys file says. @throws CliError */
export function loadConfig(file: string, io: Io): Config {
  return readOrRefuse(file, io).config
}

function readOrRefuse(file: string, io: Io) {
  if (!existsSync(file)) {
    const message = `there is no configuration ${file}`
    const hint = 'name one with `--config FILE`; the README has one to begin with'
    throw new CliError(EXIT.usage, { code: 'CLI_NO_CONFIG', message, hint })
  }
  const read = readConfig(file, io.env, isForbiddenAddress)
  if (!read.ok) throw refused(file, read.problems)
  return read
}

/** Reads the journeys file and the OpenSLO files of a configuration, also again while the daemon runs. */
export function loadDefinition(config: Config): DefinitionRead {
  const { journeysFile, ledger, openslo, evaluation } = config
  const opened = openText(journeysFile)
  if ('failure' in opened) return { ok: false, problems: [unreadable(journeysFile, opened.failure)] }
  const stated = readDefinition(opened.text, journeysFile, fitOf({ ledger, evaluation }))
  if (!stated.ok) return stated
  const read = { ...stated, warnings: withoutCovered(stated.warnings, stated.definition, config) }
  if (openslo === undefined) return read
  const { definition, questions, advice, problems: found } = withOpenSlo(read.definition, openslo, ledger)
  const problems = [...read.warnings, ...found]
  if (hasErrors(problems)) return { ok: false, problems }
  return { ...read, definition, questions, advice: [...read.advice, ...advice], warnings: problems }
}

/** `journeys.yaml:7:9: Expected …`, a line for each. */
export function placed({ at, message }: Problem): string {
  return at === undefined ? message : `${at.file}:${at.line}:${at.column}: ${message}`
}

/** Why a file cannot be used: every error with its place. */
export function refused(file: string, problems: readonly Problem[]): CliError {
  const errors = hasErrors(problems) ? problems.filter(({ severity }) => severity === 'error') : problems
  const told = errors.map((problem) => ({
    code: problem.code,
    message: placed(problem),
    ...(problem.hint !== undefined && { hint: problem.hint }),
  }))
  const message = `${file} cannot be used`
  const hint = '`tabiji check` shows every mistake where it stands'
  return new CliError(EXIT.usage, { code: 'CLI_REFUSED', message, hint }, told)
}
