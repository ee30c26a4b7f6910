import type { Config, DiscoveryPlace } from '../config/config.ts'
import type { Doubts } from '../jobs/ledger/doubts.ts'
import type { Health } from '../jobs/ledger/health.ts'
import type { Reader } from '../jobs/ledger/read.ts'
import { createRoster, type Roster, type RosterOutcome } from '../jobs/ledger/roster.ts'
import type { Discovery, FoundTarget } from '../ports/discovery.ts'
import type { Source } from '../ports/source.ts'
import { createFileDiscovery } from '../sources/discovery-file.ts'
import { createHttpDiscovery } from '../sources/discovery-http.ts'
import { createScrapeSource } from '../sources/scrape.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Outgoing } from '../wire/outgoing.ts'

/** A place that lists targets, how often it is looked at, and what comes of a look. */
type Listing = { readonly refreshMs: number; look(signal: AbortSignal): Promise<void> }

/** The targets of the configuration and of its lists, as they come and go. */
export type Targets = { sources(): readonly Source[]; readonly listings: readonly Listing[] }

type Desk = {
  readonly config: Config
  readonly fixed: readonly Source[]
  readonly outgoing: Outgoing
  readonly now: () => number
  readonly log: Logger
  readonly health: Health
  readonly metrics: Metrics
  readonly doubts: Doubts
  readonly reader: Pick<Reader, 'put'>
  /** Told of all services that are read now. */
  readonly onChange: (sources: readonly Source[]) => void
}

/** Whoever is on a list is read, whoever is not any more is let go of, and what is wrong with a list is told. */
export function createTargets(desk: Desk): Targets {
  const { config, fixed, outgoing, now, doubts, health, reader } = desk
  const places = new Map(config.discovery.map((place) => [discoveryOf(place, outgoing, config.limits), place]))
  const placeOf = (discovery: Discovery) => places.get(discovery) as DiscoveryPlace
  const timeouts = new Map<string, number>()
  const roster: Roster = createRoster({
    fixed,
    make: (discovery, { service, url }: FoundTarget) => {
      const { targets } = placeOf(discovery)
      const source = createScrapeSource({ service, url, ...targets }, outgoing, config.limits, now)
      timeouts.set(source.name, targets.timeoutMs)
      return source
    },
    onChange: (sources, gone) => {
      for (const { name } of gone) {
        doubts.leave(name)
        health.left(name)
        timeouts.delete(name)
      }
      for (const { name } of sources) {
        const timeoutMs = timeouts.get(name)
        if (timeoutMs !== undefined) doubts.watch({ name, timeoutMs })
      }
      reader.put(sources)
      desk.onChange(sources)
    },
    onLook: (outcome) => tell(outcome, desk),
  })
  const listings = [...places.keys()].map((discovery) => ({
    refreshMs: discovery.refreshMs,
    look: (signal: AbortSignal) => roster.look(discovery, signal),
  }))
  return { sources: roster.sources, listings }
}

/** What looks at a place that lists targets. */
export function discoveryOf(place: DiscoveryPlace, outgoing: Outgoing, limits: Config['limits']): Discovery {
  const { name, refreshMs, label, service, from } = place
  const shared = { name, refreshMs, label, ...(service !== undefined && { service }) }
  return 'files' in from
    ? createFileDiscovery({ ...shared, files: from.files })
    : createHttpDiscovery({ ...shared, ...from }, outgoing, limits.maxBytes)
}

function tell({ discovery, found, targets }: RosterOutcome, { log, health, metrics }: Desk): void {
  const { name } = discovery
  const troubles = found.ok ? found.warnings : [`${found.message}; the targets of its last list are kept`]
  metrics.listed(name, found.ok ? 'ok' : 'failed', targets)
  health.listed(name, troubles.length > 0 ? troubles.slice(0, 5).join('; ') : undefined)
  for (const trouble of troubles) log.warn({ discovery: name }, trouble)
}
