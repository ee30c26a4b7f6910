import { type CompiledObjective, refreshAccounts } from '@tabiji/core/budget'
import type { Incident } from '@tabiji/core/incident'
import { type JourneyMonth, policyOf } from '@tabiji/core/report'
import { monthRange, type Range } from '@tabiji/core/time'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import type { LedgerPast } from '../../ports/ledger-store.ts'
import type { Judge } from '../budget/budgets.ts'
import { withPoints } from '../budget/points.ts'
import { type Journeys, withBefore } from './month-before.ts'
import { claimsOn } from './month-claims.ts'
import { isCounted } from './month-counted.ts'
import { monthDetails } from './month-days.ts'
import { journeyMonth, type Pages } from './month-journey.ts'
import { judgeOf, openPages } from './month-pages.ts'
import { slicedDetail } from './month-sliced.ts'

type Sources = {
  readonly past: LedgerPast
  readonly incidents: readonly Incident[]
  readonly episodes: readonly EpisodeRecord[]
  /** The journeys of a month that the log does not hold any more, or that was issued. */
  readonly kept: (month: string) => Journeys | undefined
  readonly probes: ReadonlyMap<string, number>
}

/**
 * All journeys of a month with their days, where their budgets went, what that means for releases, and the months before.
 *
 * @param present of the file in force, by books that stay as they are
 * @param judge of the file by which the month is told
 * @param range of the whole month, milliseconds
 */
export function* journeyMonths(
  present: Judge,
  judge: Judge,
  month: string,
  range: Range,
  sources: Sources,
  now: number,
): Generator<void, readonly JourneyMonth[], void> {
  const { past, probes } = sources
  const begun = { from: range.from, to: Math.min(range.to, now) }
  const claimsFor = (compiled: CompiledObjective) => claimsOn(compiled, sources.incidents, sources.episodes, begun)
  const until = range.to > now ? Number.MAX_SAFE_INTEGER : Math.floor(range.to / 1000)
  refreshAccounts(judge.evaluator, judge.ledger.books)
  const details = yield* monthDetails(judge, past, begun, until, claimsFor, now)
  const plain = yield* withPoints(judge, past, (by) => plainJourneys(by, openPages(by, range, probes, now)))
  const byId = new Map(judge.evaluator.objectives.map((compiled) => [compiled.id, compiled]))
  const journeys = plain.map((journey) => {
    const objectives = journey.objectives.map((objective) => {
      const compiled = byId.get(`${journey.name}/${objective.name}`)
      if (compiled === undefined) return objective
      return {
        ...objective,
        ...(details.get(compiled.id) ?? slicedDetail(judge, compiled, begun, claimsFor(compiled))),
      }
    })
    const whole = { ...journey, objectives }
    return objectives.length === 0 ? whole : { ...whole, policy: policyOf(whole) }
  })
  return yield* withBefore(journeys, month, function* (one, isFirst) {
    return sources.kept(one) ?? (yield* fromBooks(present, one, isFirst, sources, now))
  })
}

function* fromBooks(
  present: Judge,
  month: string,
  isFirst: boolean,
  { past, probes }: Sources,
  now: number,
): Generator<void, Journeys | undefined, void> {
  const range = monthRange(month, present.definition.timeZone)
  if (range.from < past.keptFrom() * 1000) return undefined
  // A ledger that is younger than a year has months before it, each as long to tell as any other.
  if (isFirst && !isCounted(past, range)) return undefined
  const judge = judgeOf(present, month, now)
  return yield* withPoints(judge, past, (by) => plainJourneys(by, openPages(by, range, probes, now)))
}

function plainJourneys(judge: Judge, pages: Pages): readonly JourneyMonth[] {
  const { definition, evaluator, ledger } = judge
  type Own = { readonly objectives: CompiledObjective[]; readonly accounts: number[] }
  const own = new Map(definition.journeys.map(({ name }): [string, Own] => [name, { objectives: [], accounts: [] }]))
  for (const compiled of evaluator.objectives) own.get(compiled.journey.name)?.objectives.push(compiled)
  ledger.books.accounts.forEach(({ role, journey }, number) => {
    if (role === 'own') own.get(journey)?.accounts.push(number)
  })
  return definition.journeys.map((journey) => {
    const { objectives = [], accounts = [] } = own.get(journey.name) ?? {}
    return journeyMonth(judge, journey, objectives, accounts, pages)
  })
}
