import type { Objective } from '../journey/index.ts'
import { HOUR } from '../time/duration.ts'
import { policyOf } from './policy.ts'

/**
 * The windows that a course shows the burn of, milliseconds, ascending: the long ones of the two fastest pairs; both of a
 * policy's only pair; an hour and six where none rings.
 */
export function courseWindows(objective: Objective): readonly number[] {
  const { pairs } = policyOf(objective)
  const longs = ascending(pairs.map(({ longMs }) => longMs)).slice(0, 2)
  if (longs.length === 2) return longs
  return pairs.length === 0 ? [HOUR, 6 * HOUR] : ascending([...pairs.map(({ shortMs }) => shortMs), ...longs]).slice(-2)
}

const ascending = (windows: readonly number[]) => [...new Set(windows)].sort((a, b) => a - b)
