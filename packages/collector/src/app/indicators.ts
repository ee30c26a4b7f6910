import type { Question } from '@tabiji/core/openslo'
import type { Config } from '../config/config.ts'
import type { Health } from '../jobs/ledger/health.ts'
import { createIndicators, type Indicators, OPENSLO_SERVICE } from '../jobs/ledger/indicators.ts'
import type { Ingest } from '../jobs/ledger/ingest.ts'
import type { Ledger } from '../jobs/ledger/ledger.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { createEngine } from '../wire/engine.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { accessOf } from './engines.ts'

/** How often is looked whether an interval is over, milliseconds. */
export const ASKING_MS = 1_000

type Parts = {
  readonly health: Health
  readonly metrics: Metrics
  readonly log: Logger
  readonly ledger: Ledger
  readonly ingest: Ingest
  readonly outgoing: Outgoing
  readonly now: () => number
}

/** Asks the engine of the OpenSLO files; absent when the configuration names none. */
export function openIndicators(
  { openslo, limits }: Config,
  questions: readonly Question[],
  { health, metrics, log, ingest, outgoing, now, ledger }: Parts,
): Indicators | undefined {
  if (openslo === undefined) return undefined
  const { intervalMs, delayMs } = openslo
  const engine = createEngine(accessOf(openslo.engine), outgoing, limits)
  return createIndicators({ questions, intervalMs, delayMs }, engine, ledger, ingest, now, (asked) => {
    const { name, result, booked } = asked
    health.read({ source: { name }, result, booked })
    metrics.read(name, !result.ok ? result.failure : booked ? 'ok' : 'not_booked')
    if (!result.ok) log.warn({ source: name, failure: result.failure }, result.message)
  })
}

/** After how long without an answer an indicator counts as unread; see `patienceWith`. */
export function askedServices({
  openslo,
}: Config): readonly { readonly service: string; readonly intervalMs: number }[] {
  if (openslo === undefined) return []
  return [{ service: OPENSLO_SERVICE, intervalMs: openslo.intervalMs + openslo.delayMs + ASKING_MS }]
}
