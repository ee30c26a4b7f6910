import { policyOf } from '@tabiji/core/budget'
import { type Definition, longestWindow, windowText } from '@tabiji/core/journey'
import type { Config } from '../config/config.ts'
import type { Judge } from '../jobs/budget/budgets.ts'
import { createTrackerViews } from '../jobs/fix/tracker-views.ts'
import { countedIn } from '../jobs/incident/incidents.ts'
import type { Doubts } from '../jobs/ledger/doubts.ts'
import type { KeepRules } from '../jobs/ledger/keep.ts'
import type { Ledger } from '../jobs/ledger/ledger.ts'
import { toldDrills } from '../jobs/practice/drill-schedule.ts'
import { tellDrill } from '../jobs/practice/drill-times.ts'
import type { MonthSources } from '../jobs/report/month.ts'
import { monthStatistics } from '../jobs/report/statistics.ts'
import type { LedgerPast } from '../ports/ledger-store.ts'
import type { Stores } from './stores.ts'

/** More than this is no plan that anybody reads. */
const MOST_ANNOTATIONS = 100

/** What a month is written from, besides the books. */
export function monthSources(
  { goals, practice, trackers: followed }: Pick<Config, 'goals' | 'practice' | 'trackers'>,
  { alerts, work, ledger, keeping, silences, annotations, drills, trackers, reports }: Stores,
  past: LedgerPast,
  doubts: Pick<Doubts, 'unsettledDuring'>,
  probes: readonly { readonly service: string; readonly intervalMs: number }[],
  judge: () => Judge,
  now: number,
): MonthSources {
  const definition = () => judge().definition
  const revisions = () => judge().revisions
  return {
    past,
    kept: (month) => (reports.issued(month)?.facts ?? keeping.keptMonth(month))?.journeys,
    remarks: reports.remarks,
    silences: silences.histories,
    drills: () =>
      drills.list().map((one) => tellDrill(one, drills.episodesOf(one.key), alerts, judge().definition.timeZone)),
    owedDrills: () => toldDrills({ drills, work, definition, revisions }, practice.drillEvery, now),
    annotations: ({ from, to }) => annotations.between(from, to, MOST_ANNOTATIONS),
    probes: new Map(probes.map(({ service, intervalMs }) => [service, intervalMs])),
    alerts,
    incidents: () => countedIn(work),
    doubts: doubts.unsettledDuring,
    fixes: work.fixHistories,
    statistics: (judge, month, at) => monthStatistics({ store: work, goals }, judge, month, at),
    trackers: createTrackerViews(followed, trackers, () => judge().definition.timeZone).list,
    sample: ledger.isSample,
  }
}

/** How the log is kept: as the configuration says, but never shorter than a window looks back. */
export function keepRules(
  { ledger: { keepMs } }: Config,
  stores: Stores,
  ledger: Ledger,
  judge: () => Judge,
  monthFacts: KeepRules['monthFacts'],
): KeepRules {
  const windows = () => judge().evaluator.objectives.map(({ objective }) => objective.window)
  const longest = () => longestLook(judge().definition)
  return {
    ledger,
    store: { ...stores.ledger, ...stores.keeping },
    keepMs: Math.max(keepMs ?? Number.POSITIVE_INFINITY, longest()),
    timeZone: () => judge().definition.timeZone,
    cuts: () => stores.ledger.revisions().map(({ at }) => at),
    calendars: () => [
      ...new Map(
        windows().flatMap((window) => (window.kind === 'calendar' ? [[windowText(window), window]] : [])),
      ).values(),
    ],
    slices: () =>
      judge().evaluator.objectives.flatMap(({ objective: { budgeting } }) =>
        budgeting === undefined ? [] : [budgeting.sliceMs / 1000],
      ),
    monthFacts,
  }
}

/** How far back anything looks that is judged, milliseconds: windows of objectives, of their policies and of simple rules. */
function longestLook({ journeys }: Definition): number {
  const objectives = journeys.flatMap((journey) => journey.objectives)
  const rules = journeys.flatMap(({ alerts = [] }) => alerts)
  return Math.max(
    0,
    // Only whole months go, so the present one is always there.
    ...objectives.map(({ window }) => (window.kind === 'month' ? 0 : longestWindow(window))),
    ...objectives.flatMap((objective) => policyOf(objective).pairs.map(({ longMs }) => longMs)),
    ...rules.map(({ condition }) => (condition.kind === 'absent' ? 0 : condition.windowMs)),
  )
}
