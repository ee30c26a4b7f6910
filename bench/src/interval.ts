/** A middle with the bounds between which it lies. */
export type Estimate = { readonly median: number; readonly low: number; readonly high: number }

/** Two-sided 95 % of the normal distribution. */
const Z = 1.96

/**
 * The median of a sample with its 95 % confidence interval by order statistics, which asks nothing of the distribution:
 * the bounds are the values of rank n/2 ∓ 1.96·√n/2 (Conover, "Practical Nonparametric Statistics", 3.2).
 * @throws RangeError for a sample that is too small to have such bounds
 */
export function medianWithInterval(sample: readonly number[]): Estimate {
  const sorted = [...sample].sort((a, b) => a - b)
  const n = sorted.length
  const reach = (Z * Math.sqrt(n)) / 2
  const at = (rank: number) => sorted[rank] ?? Number.NaN
  const [low, high] = [Math.floor(n / 2 - reach) - 1, Math.ceil(n / 2 + reach)]
  if (low < 0 || high > n - 1) throw new RangeError(`Expected at least 9 rounds, got ${n}`)
  return { median: at(Math.floor(n / 2)), low: at(low), high: at(high) }
}
