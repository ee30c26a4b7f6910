import type { ObjectiveAdvice } from '@tabiji/core/budget'
import type { Problem } from '@tabiji/core/problem'

/** What was found out about a set of files. */
export type Findings = {
  readonly files: readonly CheckedFile[]
  readonly problems: readonly Problem[]
  readonly advice: readonly ObjectiveAdvice[]
  /** Texts that may be shown, by file. */
  readonly sources: Readonly<Record<string, string>>
}

type CheckedFile = {
  readonly file: string
  readonly kind: 'configuration' | 'journeys' | 'unclear'
  readonly fingerprint?: string
}

export const NOTHING: Findings = { files: [], problems: [], advice: [], sources: {} }

export function merge(found: readonly Findings[]): Findings {
  return {
    files: found.flatMap(({ files }) => files),
    problems: found.flatMap(({ problems }) => problems),
    advice: found.flatMap(({ advice }) => advice),
    sources: Object.assign({}, ...found.map(({ sources }) => sources)),
  }
}
