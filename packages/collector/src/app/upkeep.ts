import { longestWindow, windowText } from '@tabiji/core/journey'
import type { Config } from '../config/config.ts'
import type { Judge } from '../jobs/budgets.ts'
import type { Doubts } from '../jobs/doubts.ts'
import { incidentsIn } from '../jobs/incidents.ts'
import type { KeepRules } from '../jobs/keep.ts'
import type { Ledger } from '../jobs/ledger.ts'
import type { MonthSources } from '../jobs/month.ts'
import type { Stores } from './stores.ts'

/** What a month is written from, besides the books. */
export function monthSources(
  { alerts, work, ledger }: Stores,
  doubts: Pick<Doubts, 'unsettledDuring'>,
  probes: readonly { readonly service: string; readonly intervalMs: number }[],
): MonthSources {
  return {
    probes: new Map(probes.map(({ service, intervalMs }) => [service, intervalMs])),
    alerts,
    incidents: () => incidentsIn(work),
    doubts: doubts.unsettledDuring,
    fixes: work.fixHistories,
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
  const longest = () =>
    Math.max(
      // Only whole months go, so the present one is always there.
      ...windows().map((window) => (window.kind === 'month' ? 0 : longestWindow(window))),
    )
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
