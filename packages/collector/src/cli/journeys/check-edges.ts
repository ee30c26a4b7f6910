import { type Definition, LABEL, METRIC } from '@tabiji/core/journey'
import { type Problem, problem } from '@tabiji/core/problem'
import { edgeProblems } from '@tabiji/core/slo'
import { type Place, readTarget, type Sample } from '../../app/target.ts'
import type { Config } from '../../config/config.ts'
import { placesOf } from '../terminal/places.ts'

const BUCKET = `${METRIC.duration}_bucket`
const TIMEOUT_MS = 5_000

/** Reads the targets of a configuration and says which promised times are no edge of what they expose. */
export async function liveEdgeProblems(definition: Definition, config: Config): Promise<readonly Problem[]> {
  const { places, lists } = await placesOf([], config)
  const found = await Promise.all(places.map((place) => edgesAt(place, definition)))
  const unlisted = lists.flatMap(({ name, troubles }) => troubles.map((why) => notRead(`discovery ${name}`, why)))
  return [...unlisted, ...found.flat()]
}

async function edgesAt(place: Place, definition: Definition): Promise<readonly Problem[]> {
  const read = await readTarget(place, new Set([BUCKET]), TIMEOUT_MS)
  if (read.ok) return edgeProblems(definition, edgesIn(read.samples), place.shown)
  return [notRead(place.shown, read.message)]
}

function notRead(shown: string, why: string): Problem {
  const hint = '`tabiji doctor` says more about running services'
  return problem('CHECK_TARGET_NOT_READ', [], `${shown} could not be read: ${why}`, { severity: 'warning', hint })
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
