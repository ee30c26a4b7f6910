import type { Window } from '../journey/index.ts'
import type { PairReading } from './evaluation.ts'
import { factorOf, thresholdOf } from './policy.ts'
import { exceeds } from './ratio.ts'

/** How a pair of windows flows: over in both and proven, only in the short one, only in the long one, in neither. */
export type Flow = 'burning' | 'rising' | 'recovering' | 'quiet'

/**
 * Only the short window is over: it may be beginning. Only the long one: it is over, and not yet forgotten. Both, but too few events to
 * be sure: quiet, because nobody is told.
 */
export function flowOf({ pair, long, short, holds }: PairReading, targetPpm: number, window: Window): Flow {
  if (holds) return 'burning'
  const fires = thresholdOf(factorOf(pair, window), targetPpm)
  const [isLong, isShort] = [exceeds(long.bad, long.valid, fires), exceeds(short.bad, short.valid, fires)]
  if (isLong === isShort) return 'quiet'
  return isShort ? 'rising' : 'recovering'
}
