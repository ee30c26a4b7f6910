import { CONFIDENCES, type Policy } from '../journey/index.ts'
import type { Tally } from '../slo/index.ts'
import type { Ratio } from './ratio.ts'

/** One-sided quantiles of the normal distribution by confidence in percent. */
const QUANTILES: Readonly<Record<number, number>> = {
  80: 0.8416212,
  90: 1.2815516,
  95: 1.6448536,
  99: 2.3263479,
} satisfies Record<(typeof CONFIDENCES)[number], number>

/**
 * Whether the failures in a window prove anything: enough of them, and the lower end of what the true error ratio may be
 * is still above the threshold. Two failures out of three calls at night prove little.
 */
export function isProven(window: Tally, threshold: Ratio, guard: Policy['guard']): boolean {
  if (window.bad < guard.badEvents) return false
  return wilsonLowerBound(window, guard.confidencePercent) > threshold.num / threshold.den
}

/**
 * The lower end of the one-sided Wilson score interval for bad ÷ valid (E. B. Wilson, "Probable inference", JASA 22,
 * 1927): (p + z²/2n − z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n). Zero for an empty window.
 *
 * @throws RangeError for a confidence that is not one of {@link CONFIDENCES}.
 */
export function wilsonLowerBound({ bad, valid }: Tally, confidencePercent: number): number {
  const z = quantileOf(confidencePercent)
  if (valid === 0) return 0
  const p = bad / valid
  const spread = z * Math.sqrt((p * (1 - p)) / valid + (z * z) / (4 * valid * valid))
  return Math.max(0, (p + (z * z) / (2 * valid) - spread) / (1 + (z * z) / valid))
}

/** @throws RangeError for a confidence that is not one of {@link CONFIDENCES}. */
export function quantileOf(confidencePercent: number): number {
  const z = QUANTILES[confidencePercent]
  if (z !== undefined) return z
  throw new RangeError(`Expected confidence to be one of ${CONFIDENCES.join(', ')}, got ${confidencePercent}`)
}
