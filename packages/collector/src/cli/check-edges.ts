import { type Definition, LABEL, METRIC } from '@tabiji/core/journey'
import { type Problem, problem } from '@tabiji/core/problem'
import { edgeProblems } from '@tabiji/core/slo'
import type { Config } from '../config/config.ts'
import { placesOf } from './places.ts'
import { type Place, readTarget, type Sample } from './read-target.ts'

const BUCKET = `${METRIC.duration}_bucket`
const TIMEOUT_MS = 5_000

/** Reads the targets of a configuration and says which promised times are no edge of what they expose. */
export async function liveEdgeProblems(definition: Definition, config: Config): Promise<readonly Problem[]> {
  const found = await Promise.all(placesOf([], config).map((place) => edgesAt(place, definition)))
  return found.flat()
}

async function edgesAt(place: Place, definition: Definition): Promise<readonly Problem[]> {
  const read = await readTarget(place, new Set([BUCKET]), TIMEOUT_MS)
  if (read.ok) return edgeProblems(definition, edgesIn(read.samples), place.shown)
  const message = `${place.shown} could not be read: ${read.message}`
  const hint = '`tabiji doctor` says more about running services'
  return [problem('CHECK_TARGET_NOT_READ', [], message, { severity: 'warning', hint })]
}

function edgesIn(samples: readonly Sample[]): ReadonlyMap<string, readonly number[]> {
  const edges = new Map<string, Set<number>>()
  for (const { labels } of samples) {
    const edge = Number(labels.get('le'))
    if (!Number.isFinite(edge)) continue
    const step = `${labels.get(LABEL.journey)}/${labels.get(LABEL.step)}`
    edges.set(step, (edges.get(step) ?? new Set()).add(edge))
  }
  return new Map([...edges].map(([step, of]) => [step, [...of].sort((a, b) => a - b)]))
}
