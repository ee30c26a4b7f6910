import type { Definition } from '@tabiji/core/journey'
import type { Problem } from '@tabiji/core/problem'
import { uncovered } from '@tabiji/core/runbook'
import { pagesOf } from '../../app/parts.ts'
import type { Config } from '../../config/config.ts'

/** The warnings of a journeys file, without those of a journey that lacks a runbook though pages of the folders are for it. */
export function withoutCovered(
  warnings: readonly Problem[],
  definition: Definition,
  { runbooks }: Pick<Config, 'runbooks'>,
): readonly Problem[] {
  if (runbooks.length === 0 || !warnings.some(isBare)) return warnings
  const pages = runbooks.flatMap((place) => pagesOf(place).flatMap(({ runbook }) => runbook ?? []))
  const bare = new Set(uncovered(definition, pages).map((scope) => scope.split('/')[0]))
  return warnings.filter((warning) => !isBare(warning) || bare.has(String(warning.path[1])))
}

function isBare({ code }: Problem): boolean {
  return code === 'JOURNEYS_NO_RUNBOOK'
}
