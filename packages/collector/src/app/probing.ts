import type { Definition } from '@tabiji/core/journey'
import type { Config } from '../config/config.ts'
import type { Ingest } from '../jobs/ledger/ingest.ts'
import { createProbes, type Probes } from '../jobs/ledger/probes.ts'
import { createProber } from '../sources/probe.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** What probes need of the rest of the house. */
type Neighbours = {
  readonly now: () => number
  readonly monotonic?: () => number
  readonly log: Logger
  readonly metrics: Metrics
  readonly ingest: Ingest
  readonly definition: () => Definition
}

/** The services under which probes are booked, and how often each looks. */
export function probed({ probes }: Config): readonly { readonly service: string; readonly intervalMs: number }[] {
  return probes.plans.map(({ name: service, intervalMs }) => ({ service, intervalMs }))
}

/** Wires the probes of a configuration. Nothing runs before they are started. */
export function openProbes({ probes, limits }: Config, neighbours: Neighbours): Probes {
  const { now, monotonic = () => performance.now(), log, metrics, ingest, definition } = neighbours
  return createProbes({
    plans: probes.plans,
    prober: createProber({ ...probes, maxBytes: limits.maxBytes }, { now, monotonic }),
    ingest,
    definition,
    now,
    onRun: ({ probe, outcome, endedAt, why = 'a probe saw trouble' }, unbooked) => {
      metrics.probed(probe, outcome, endedAt)
      if (unbooked !== undefined) log.error({ err: unbooked, probe }, 'a run of a probe could not be booked')
      if (outcome !== 'good') log.warn({ probe, outcome }, why)
    },
  })
}
