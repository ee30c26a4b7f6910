import type { Incident } from '@tabiji/core/incident'
import { type JourneyMonth, policyOf } from '@tabiji/core/report'
import { monthRange } from '@tabiji/core/time'
import type { EpisodeRecord } from '../ports/alert-store.ts'
import type { LedgerStore } from '../ports/ledger-store.ts'
import type { Judge } from './budgets.ts'
import { type EarlierMonths, withBefore } from './month-before.ts'
import { claimsOn } from './month-claims.ts'
import { monthDetails } from './month-days.ts'
import { journeyMonth, type Pages } from './month-journey.ts'
import { judgeOf, openPages } from './month-pages.ts'
import { slicedDetail } from './month-sliced.ts'

type Sources = {
  readonly rows: LedgerStore['rows']
  readonly incidents: readonly Incident[]
  readonly episodes: readonly EpisodeRecord[]
  /** The journeys of a month that the log does not hold any more, or that was issued. */
  readonly kept: EarlierMonths
  /** Seconds: from when on the log holds everything. */
  readonly keptFrom: number
  readonly probes: ReadonlyMap<string, number>
}

/** All journeys of a month with their days, where their budgets went, what that means for releases, and the months before. */
export function journeyMonths(
  present: Judge,
  judge: Judge,
  month: string,
  pages: Pages,
  sources: Sources,
  now: number,
): readonly JourneyMonth[] {
  const { range, end } = pages
  const claimsFor = (compiled: Judge['evaluator']['objectives'][number]) =>
    claimsOn(compiled, sources.incidents, sources.episodes, range)
  const until = Number.isFinite(end.at) ? end.at : Number.MAX_SAFE_INTEGER
  const details = monthDetails(judge, sources.rows, range, until, claimsFor, now)
  const journeys = plainJourneys(judge, pages).map((journey) => {
    const objectives = journey.objectives.map((objective) => {
      const compiled = judge.evaluator.objectives.find(({ id }) => id === `${journey.name}/${objective.name}`)
      if (compiled === undefined) return objective
      return {
        ...objective,
        ...(details.get(compiled.id) ?? slicedDetail(judge, compiled, range, claimsFor(compiled))),
      }
    })
    const whole = { ...journey, objectives }
    return objectives.length === 0 ? whole : { ...whole, policy: policyOf(whole) }
  })
  return withBefore(journeys, month, (one) => sources.kept(one) ?? fromBooks(present, one, sources, now))
}

function fromBooks(
  present: Judge,
  month: string,
  { keptFrom, probes }: Sources,
  now: number,
): ReturnType<EarlierMonths> {
  const range = monthRange(month, present.definition.timeZone)
  if (range.from < keptFrom * 1000) return undefined
  const judge = judgeOf(present, month, now)
  return plainJourneys(judge, openPages(judge, range, probes, now))
}

function plainJourneys(judge: Judge, pages: Pages): readonly JourneyMonth[] {
  const { definition, evaluator } = judge
  return definition.journeys.map(({ name }) =>
    journeyMonth(
      judge,
      evaluator.objectives.filter(({ journey }) => journey.name === name),
      name,
      pages,
    ),
  )
}
