import type { RuleAdvice } from '@tabiji/core/alert'
import type { ObjectiveAdvice } from '@tabiji/core/budget'
import type { Measured } from '@tabiji/core/openslo'
import type { Problem } from '@tabiji/core/problem'

/** What was found out about a set of files. */
export type Findings = {
  readonly files: readonly CheckedFile[]
  readonly problems: readonly Problem[]
  readonly advice: readonly ObjectiveAdvice[]
  /** How the objectives of OpenSLO files are measured, or why they are not. */
  readonly measured: readonly Measured[]
  readonly rules: readonly RuleAdvice[]
  /** Texts that may be shown, by file. */
  readonly sources: Readonly<Record<string, string>>
}

type CheckedFile = {
  readonly file: string
  readonly kind: 'configuration' | 'journeys' | 'openslo' | 'unclear'
  readonly fingerprint?: string
}

export const NOTHING: Findings = { files: [], problems: [], advice: [], rules: [], measured: [], sources: {} }

export function merge(found: readonly Findings[]): Findings {
  return {
    files: found.flatMap(({ files }) => files),
    problems: found.flatMap(({ problems }) => problems),
    advice: found.flatMap(({ advice }) => advice),
    measured: found.flatMap(({ measured }) => measured),
    rules: found.flatMap(({ rules }) => rules),
    sources: Object.assign({}, ...found.map(({ sources }) => sources)),
  }
}
