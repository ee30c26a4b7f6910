import { type Definition, longestWindow } from '@tabiji/core/journey'
import { DAY } from '@tabiji/core/time'
import type { Config, EnginePlace, EngineReach } from '../config/config.ts'
import { type CatchUp, type CatchUpDesk, type CatchUpOutcome, createCatchUp } from '../jobs/ledger/catch-up.ts'
import type { Health } from '../jobs/ledger/health.ts'
import type { PastResult } from '../ports/past-source.ts'
import { createEngineSource } from '../sources/engine.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { authorizationOf } from '../wire/authorization.ts'
import { createEngine, type EngineAccess } from '../wire/engine.ts'
import { createOutgoing, type Outgoing } from '../wire/outgoing.ts'

/** A catch-up for each engine of the configuration. */
export function createCatchUps(
  { engines, limits }: Config,
  outgoing: Outgoing,
  desk: Omit<CatchUpDesk, 'onRead'>,
  tell: (outcome: CatchUpOutcome) => void,
): readonly CatchUp[] {
  return servedBy(engines).map((place) => {
    const engine = createEngine(accessOf(place), outgoing, limits)
    return createCatchUp(createEngineSource(place, engine), { ...desk, onRead: tell })
  })
}

/** The others are asked for indicators only. */
function servedBy(engines: Config['engines']): Config['engines'] {
  return engines.filter(({ services }) => services.length > 0)
}

/** Asks an engine once, as its catch-up does, over a connection of its own. */
export async function askEngine(
  place: EnginePlace,
  limits: Config['limits'],
  stretch: { readonly from: number; readonly to: number },
): Promise<PastResult> {
  const outgoing = createOutgoing()
  try {
    const source = createEngineSource(place, createEngine(accessOf(place), outgoing, limits))
    return await source.read(stretch, new AbortController().signal)
  } finally {
    outgoing.close()
  }
}

/** How requests to an engine say who asks, and whom they believe. */
export function accessOf({ url, timeoutMs, tenant, trust, ...credentials }: EngineReach): EngineAccess {
  return {
    url,
    timeoutMs,
    ...(trust !== undefined && { trust }),
    headers: () => ({
      ...(tenant !== undefined && { 'x-scope-orgid': tenant }),
      ...authorizationOf(credentials),
    }),
  }
}

/** Services that an engine is asked for; see `patienceWith`. */
export function scrapedServices({ engines }: Config) {
  return engines.flatMap(({ services, intervalMs, delayMs }) =>
    services.map((service) => ({ service, intervalMs, delayMs })),
  )
}

/** The longest window that is judged: older counts would be in no budget any more. */
export function reachOf({ journeys }: Definition): number {
  const windows = journeys.flatMap(({ objectives }) => objectives.map(({ window }) => window))
  return Math.max(DAY, ...windows.map(longestWindow))
}

/** A part is told to whoever looks after the house; while it is behind, it says how far. */
export function tellCatchUp(outcome: CatchUpOutcome, log: Logger, health: Health, metrics: Metrics): void {
  const { source, result, booked, until, end } = outcome
  const { name } = source
  metrics.read(name, !result.ok ? result.failure : booked ? 'ok' : 'not_booked')
  metrics.caughtUp(name, until)
  if (!result.ok) log.warn({ source: name, failure: result.failure }, result.message)
  else for (const warning of result.warnings) log.warn({ source: name }, warning)
  if (!booked || until >= end) {
    health.read(outcome)
    return
  }
  const message = `catching up: booked until ${new Date(until).toISOString()}, of ${new Date(end).toISOString()}`
  health.read({ source, result: { ok: false, message }, booked })
  log.info({ source: name, until: new Date(until), end: new Date(end), readings: readingsIn(outcome) }, 'catching up')
}

function readingsIn({ result }: CatchUpOutcome): number {
  return result.ok ? result.readings.length : 0
}
