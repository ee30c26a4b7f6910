import { foldIncident } from '@tabiji/core/incident'
import type { Config } from '../config/config.ts'
import type { Judge } from '../jobs/budgets.ts'
import type { Doubts } from '../jobs/doubts.ts'
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
    incidents: () => work.incidentHistories().flatMap(({ key, events }) => foldIncident(key, events) ?? []),
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
  const longest = () =>
    Math.max(
      ...judge().evaluator.objectives.map(({ objective: { window } }) => (window.kind === 'rolling' ? window.ms : 0)),
    )
  return {
    ledger,
    store: { ...stores.ledger, ...stores.keeping },
    keepMs: Math.max(keepMs ?? Number.POSITIVE_INFINITY, longest()),
    timeZone: () => judge().definition.timeZone,
    cuts: () => stores.ledger.revisions().map(({ at }) => at),
    slices: () =>
      judge().evaluator.objectives.flatMap(({ objective: { budgeting } }) =>
        budgeting === undefined ? [] : [budgeting.sliceMs / 1000],
      ),
    monthFacts,
  }
}
