import { dirname, resolve } from 'node:path'
import { checkShape, entriesOf, hasErrors, type Problem, readPart } from '@tabiji/core/problem'
import { SECOND } from '@tabiji/core/time'
import type { z } from 'zod'
import { resolveCalendar } from './calendar.ts'
import { resolveChecklists } from './checklists.ts'
import type { Config } from './config.ts'
import { resolveDiscovery } from './discovery.ts'
import { resolveEngines } from './engines.ts'
import { resolveInhibitions } from './gates.ts'
import { DEFAULT_KEEP_MS, gridProblems, resolveGrid } from './grid.ts'
import { resolveHeartbeat } from './heartbeat.ts'
import { resolveHooks } from './hooks.ts'
import { resolveGoals, resolveIncidents } from './incidents.ts'
import { resolveListeners } from './listeners.ts'
import { resolveOpenSlo } from './openslo-files.ts'
import { resolvePostmortems } from './postmortems.ts'
import { resolvePractice } from './practice.ts'
import { resolveProbes } from './probes.ts'
import { reachProblems } from './reach.ts'
import { resolveReceivers, resolveRoutes, routeProblems } from './receivers.ts'
import { resolveRuler } from './ruler.ts'
import { resolveRunbooks } from './runbooks.ts'
import { configSchema, slotsSchema } from './schema.ts'
import { withoutSecrets } from './secret.ts'
import type { Surroundings } from './surroundings.ts'
import { resolveTargets } from './targets.ts'
import { resolveTrackers } from './trackers.ts'
import { escalationProblems, resolveUnanswered } from './unanswered.ts'
import { resolveUpdateEvery } from './updates.ts'

/** A configuration with what could be better in it, or everything that forbids using it. Problems have no places yet. */
export type ConfigResolved =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const DEFAULT = {
  language: 'en',
  clockSkewMs: 5 * SECOND,
  intervalMs: 15 * SECOND,
  graceMs: 60 * SECOND,
  pushIntervalMs: 60 * SECOND,
  maxBytes: 4 * 1024 ** 2,
  maxSeries: 50_000,
  metrics: { journeys: true, sloth: true, pyrra: true },
} as const

/**
 * Turns a document into a configuration. As with journeys, the whole is checked once for its shape, and what spans several
 * fields part by part, so that a mistake in one part hides no mistake in another. Secrets are fetched here.
 */
export function resolveConfig(document: unknown, around: Surroundings): ConfigResolved {
  const shape = checkShape(configSchema, document, 'CONFIG')
  const problems: Problem[] = shape.ok ? [] : shape.problems.map(withoutSecrets)
  const root = entriesOf(document)
  const slots = readPart(slotsSchema, entriesOf(root.get('ledger')).get('slots'))
  problems.push(
    ...gridProblems(slots ?? []),
    ...routeProblems(document),
    ...reachProblems(document),
    ...escalationProblems(document),
  )
  const engines = resolveEngines(document, around, problems)
  const parts = {
    targets: resolveTargets(document, around, problems),
    discovery: resolveDiscovery(document, around, problems),
    engines,
    listen: resolveListeners(root.get('listen'), around, problems),
    hooks: resolveHooks(document, around, problems),
    probes: resolveProbes(document, around, problems),
    calendar: resolveCalendar(document, around, problems),
    checklists: resolveChecklists(document, around, problems),
    practice: resolvePractice(document, around, problems),
    trackers: resolveTrackers(document, around, problems),
    receivers: resolveReceivers(root.get('receivers'), around, problems),
    ...resolveOpenSlo(root.get('openslo'), engines, around, problems),
  }
  const ruler = resolveRuler(document, around, problems)
  const heartbeat = resolveHeartbeat(document, around, problems)
  if (!shape.ok || hasErrors(problems)) return { ok: false, problems }
  const config = {
    ...toConfig(shape.value, around.file),
    ...parts,
    ...(ruler !== undefined && { ruler }),
    ...(heartbeat !== undefined && { heartbeat }),
    routes: resolveRoutes(shape.value.routes),
    unanswered: resolveUnanswered(
      shape.value,
      shape.value.fallback,
      parts.receivers.map(({ name }) => name),
    ),
  }
  return { ok: true, config, warnings: problems }
}

type Stated = z.output<typeof configSchema>

function toConfig(
  stated: Stated,
  file: string,
): Omit<
  Config,
  | 'targets'
  | 'discovery'
  | 'engines'
  | 'listen'
  | 'hooks'
  | 'probes'
  | 'calendar'
  | 'checklists'
  | 'practice'
  | 'trackers'
  | 'receivers'
  | 'routes'
  | 'unanswered'
> {
  const { ledger = {}, evaluation = {}, otlp = {}, limits = {}, publicUrl, fallback } = stated
  const at = (path: string) => resolve(dirname(file), path)
  return {
    file: resolve(file),
    journeysFile: at(stated.journeys),
    storeFile: at(stated.store),
    language: stated.language ?? DEFAULT.language,
    ...(publicUrl !== undefined && { publicUrl: publicUrl.replace(/\/+$/, '') }),
    ledger: {
      grid: resolveGrid(ledger.slots),
      clockSkewMs: ledger.clockSkew ?? DEFAULT.clockSkewMs,
      keepMs: ledger.keep ?? DEFAULT_KEEP_MS,
    },
    evaluation: {
      intervalMs: evaluation.interval ?? DEFAULT.intervalMs,
      graceMs: evaluation.grace ?? DEFAULT.graceMs,
    },
    otlp: { services: [...new Set(otlp.services)], intervalMs: otlp.interval ?? DEFAULT.pushIntervalMs },
    metrics: { ...DEFAULT.metrics, ...stated.metrics },
    limits: { maxBytes: limits.body ?? DEFAULT.maxBytes, maxSeries: limits.series ?? DEFAULT.maxSeries },
    ...(fallback !== undefined && { fallback }),
    incidents: resolveIncidents(stated.incidents),
    goals: resolveGoals(stated.incidents),
    runbooks: resolveRunbooks(stated.runbooks, dirname(file)),
    postmortems: resolvePostmortems(stated.postmortems),
    updateEvery: resolveUpdateEvery(stated.incidents?.updateEvery),
    inhibitions: resolveInhibitions(stated.inhibit),
    maintenance: (stated.maintenance ?? []).map(({ journeys = [], ...rest }) => ({ ...rest, journeys })),
  }
}
