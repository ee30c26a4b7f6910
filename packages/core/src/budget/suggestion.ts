import type { Objective, Pair } from '../journey/index.ts'
import { isProven } from './guard.ts'
import { factorOf, PPM, policyOf, thresholdOf } from './policy.ts'
import { compareProducts, exceeds } from './ratio.ts'

/** Events by upper edge, milliseconds ascending, the last one infinite; not cumulative. */
export type DurationBucket = { readonly edge: number; readonly events: number }

/** How many events took at most the time; the time must be an edge, else those of its bucket are left out: too few, never too many. */
export function eventsWithin(buckets: readonly DurationBucket[], withinMs: number): number {
  return buckets.reduce((sum, { edge, events }) => sum + (edge <= withinMs ? events : 0), 0)
}

/** The smallest edge below which the share of events reaches the target exactly or more; nothing when only infinity does. */
export function tightestEdge(buckets: readonly DurationBucket[], targetPpm: number): number | undefined {
  const total = eventsWithin(buckets, Number.POSITIVE_INFINITY)
  if (total === 0) return undefined
  const edges = buckets.map(({ edge }) => edge).filter(Number.isFinite)
  return edges.find((edge) => compareProducts(eventsWithin(buckets, edge), PPM, total, targetPpm) >= 0)
}

/** How few events make how few failures ring. */
export type LowTraffic = {
  readonly pair: Pair
  /** As many bad events as the guard asks for at least. */
  readonly badEvents: number
  /** The most events in the long window among which so few bad ones still ring; 0 when they never do. */
  readonly events: number
}

/**
 * For each pair: among how many events of its long window the fewest failures that the guard lets through still ring. More
 * traffic than that, and it takes more failures. The short window is no bar: the failures may all lie in it.
 */
export function lowTraffic(objective: Objective): readonly LowTraffic[] {
  const { pairs, guard } = policyOf(objective)
  return pairs.map((pair) => {
    const bad = Math.max(1, guard.badEvents)
    const limit = thresholdOf(factorOf(pair, objective.window), objective.targetPpm)
    const rings = (valid: number) => exceeds(bad, valid, limit) && isProven({ bad, valid }, limit, guard)
    if (!rings(bad)) return { pair, badEvents: bad, events: 0 }
    let [low, high] = [bad, bad * 2]
    while (rings(high)) [low, high] = [high, high * 2]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (rings(middle)) low = middle
      else high = middle
    }
    return { pair, badEvents: bad, events: low }
  })
}
