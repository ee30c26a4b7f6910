import type { CompiledObjective } from '@tabiji/core/budget'
import { type Incident, impactStart } from '@tabiji/core/incident'
import { HOUR, type Range } from '@tabiji/core/time'
import type { EpisodeRecord } from '../../ports/alert-store.ts'

/** A stretch of time in which whatever was bad has one known reason. Milliseconds; the first that fits has it. */
export type Claim = Range & { readonly on: 'incident' | 'alert'; readonly key: string }

/**
 * An alert fires once its long window has seen enough, an hour by the default policy: what began before it rang is what it
 * rang for.
 */
const SEEN_LATE = HOUR

/** What hurt an objective in a month, in the order in which bad events are attributed: incidents, then alerts nobody opened one for. */
export function claimsOn(
  { journey, objective }: CompiledObjective,
  incidents: readonly Incident[],
  episodes: readonly EpisodeRecord[],
  within: Range,
): readonly Claim[] {
  const real = incidents.filter(({ drill, journeys }) => !drill && isHurt(journeys, journey.name))
  const rung = episodes.filter(
    ({ facts, level }) =>
      level !== 3 &&
      facts.drill === undefined &&
      facts.journey.name === journey.name &&
      facts.objective?.name === objective.name,
  )
  return [
    ...real.map((incident) => ({
      on: 'incident' as const,
      key: incident.key,
      from: impactStart(incident),
      to: incident.times.mitigated?.at ?? incident.resolvedAt ?? within.to,
    })),
    ...rung.map(({ id, episode }) => ({
      on: 'alert' as const,
      key: id,
      from: episode.startedAt - SEEN_LATE,
      to: episode.resolvedAt ?? within.to,
    })),
  ]
    .map((claim) => ({ ...claim, from: Math.max(claim.from, within.from), to: Math.min(claim.to, within.to) }))
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => Number(a.on === 'alert') - Number(b.on === 'alert') || a.from - b.from)
}

const isHurt = (journeys: readonly string[], name: string): boolean => journeys.length === 0 || journeys.includes(name)
