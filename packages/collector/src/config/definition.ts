import { adviseOnRules, type RuleAdvice } from '@tabiji/core/alert'
import { adviseOn, type ObjectiveAdvice } from '@tabiji/core/budget'
import type { Definition } from '@tabiji/core/journey'
import { readJourneys } from '@tabiji/core/journey/document'
import type { Question } from '@tabiji/core/openslo'
import { hasErrors, type Locate, locateProblems, type Problem } from '@tabiji/core/problem'
import { type Fit, fitProblems } from './fit.ts'

/** A definition that can be evaluated, with what rings when; or everything that forbids using it. */
export type DefinitionRead =
  | {
      readonly ok: true
      readonly definition: Definition
      readonly warnings: readonly Problem[]
      readonly advice: readonly ObjectiveAdvice[]
      readonly rules: readonly RuleAdvice[]
      /** Finds places in the text, for what others have to say about the definition. */
      readonly locate: Locate
      /** What an engine is asked, when the definition has journeys of OpenSLO files. */
      readonly questions?: readonly Question[]
    }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Reads a journeys file as the daemon must: what the document says, what its policies mean, and whether the ledger's slots
 * can hold its windows.
 *
 * @param file how places name the text
 * @param ledger of the configuration; without one the windows are not compared with its slots
 */
export function readDefinition(text: string, file: string, ledger?: Fit): DefinitionRead {
  const read = readJourneys(text, file)
  if (!read.ok) return read
  const { definition, locate } = read
  const { objectives, problems: policies } = adviseOn(definition)
  const simple = adviseOnRules(definition)
  const fit = ledger === undefined ? [] : fitProblems(ledger, definition)
  const problems = locateProblems([...read.warnings, ...policies, ...simple.problems, ...fit], locate)
  if (hasErrors(problems)) return { ok: false, problems }
  return { ok: true, definition, warnings: problems, advice: objectives, rules: simple.rules, locate }
}
