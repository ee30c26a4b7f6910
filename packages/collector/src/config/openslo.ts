import { adviseOn, type ObjectiveAdvice } from '@tabiji/core/budget'
import { type Definition, staleRules } from '@tabiji/core/journey'
import { foreignJourneys, type Located, type Measured, type Question, readOpenSlo } from '@tabiji/core/openslo'
import { hasErrors, type Problem } from '@tabiji/core/problem'
import type { OpenSloFiles } from './config.ts'
import { type Fit, fitProblems } from './fit.ts'
import { openText, unreadable } from './read.ts'

/** A definition with the journeys of OpenSLO files beside its own, and what an engine is asked for them. */
export type WithOpenSlo = {
  readonly definition: Definition
  readonly questions: readonly Question[]
  readonly measured: readonly Measured[]
  readonly advice: readonly ObjectiveAdvice[]
  /** With errors nothing of it may be used. */
  readonly problems: readonly Problem[]
  /** The texts that were read, by file. */
  readonly sources: Readonly<Record<string, string>>
}

/**
 * Reads OpenSLO files and puts their journeys beside those of the journeys file. The fingerprint stays that of the journeys
 * file: it is what services compare theirs with.
 *
 * @param fit of the configuration's ledger
 */
export function withOpenSlo(definition: Definition, { files, intervalMs }: OpenSloFiles, fit: Fit): WithOpenSlo {
  const documents: Located[] = []
  const problems: Problem[] = []
  const sources: Record<string, string> = {}
  for (const file of files) {
    const opened = openText(file)
    if ('failure' in opened) {
      problems.push(unreadable(file, opened.failure))
      continue
    }
    sources[file] = opened.text
    const read = readOpenSlo(opened.text, file)
    problems.push(...(read.ok ? read.warnings : read.problems))
    if (read.ok) documents.push(...read.documents)
  }
  const { timeZone } = definition
  const taken = definition.journeys.map(({ name }) => name)
  const foreign = foreignJourneys(documents, { timeZone, taken, intervalMs })
  const journeys = foreign.journeys.map((journey) => ({ ...journey, alerts: staleRules(definition.stale) }))
  const own = { ...definition, journeys }
  const { objectives: advice, problems: policies } = adviseOn(own)
  const placed = [...policies, ...fitProblems(fit, own)].map((found) => withPlace(found, foreign.measured))
  problems.push(...foreign.problems, ...placed)
  return {
    definition: { ...definition, journeys: [...definition.journeys, ...journeys] },
    questions: foreign.questions,
    measured: foreign.measured,
    advice: hasErrors(problems) ? [] : advice,
    problems,
    sources,
  }
}

/** A problem of an objective stands where its SLO has its name. */
function withPlace(found: Problem, measured: readonly Measured[]): Problem {
  const [, journey, , objective] = found.path
  const slo = measured.find((each) => each.journey === journey && each.objective === objective)
  return slo === undefined ? found : { ...found, at: slo.at }
}
