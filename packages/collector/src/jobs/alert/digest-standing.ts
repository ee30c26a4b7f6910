import type { DigestEntry } from '@tabiji/core/alert'
import { burnRateMilli, readPairs } from '@tabiji/core/budget'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import { type Judge, spendingNow, windowRows } from '../budget/budgets.ts'

/** How the objective of an alert stands now: the fastest burn of its level's long windows, and what is left. */
export function standingOf(judge: Judge, { rule, level }: EpisodeRecord, now: number): DigestEntry['now'] {
  const compiled = judge.evaluator.objectives.find(({ id }) => rule.startsWith(`${id}/`))
  if (compiled === undefined) return undefined
  const { leftPpm } = spendingNow(judge, compiled, now)
  const burns = readPairs(compiled, judge.ledger.books.total.rows, windowRows(judge, now))
    .filter(({ pair }) => pair.level === level)
    .map(({ long }) => burnRateMilli(long, compiled.objective.targetPpm))
  return {
    ...(burns.length > 0 && { burnMilli: Math.max(...burns) }),
    ...(leftPpm !== undefined && { leftPpm }),
  }
}
