/** An exact fraction ≥ 0, reduced, so that comparing by cross-multiplying stays small. */
export type Ratio = { readonly num: number; readonly den: number }

/**
 * Builds an exact fraction from whole numbers of any size.
 *
 * @throws RangeError when a reduced part exceeds 2⁵³ − 1 or the denominator is zero.
 */
export function ratio(num: bigint, den: bigint): Ratio {
  if (den === 0n) throw new RangeError(`Expected a fraction with a denominator, got ${num}/0`)
  const divisor = gcd(num, den)
  const reduced = { num: Number(num / divisor), den: Number(den / divisor) }
  if (!Number.isSafeInteger(reduced.num) || !Number.isSafeInteger(reduced.den)) {
    throw new RangeError(`Expected a fraction of whole numbers below 2^53, got ${num}/${den}`)
  }
  return reduced
}

/**
 * Whether bad ÷ valid is greater than the fraction: strictly, exactly, and without a division. An empty window (0 of 0)
 * is greater than nothing.
 */
export function exceeds(bad: number, valid: number, limit: Ratio): boolean {
  const left = bad * limit.den
  const right = valid * limit.num
  if (left <= Number.MAX_SAFE_INTEGER && right <= Number.MAX_SAFE_INTEGER) return left > right
  return BigInt(bad) * BigInt(limit.den) > BigInt(valid) * BigInt(limit.num)
}

/** floor(a × b ÷ c), exact for whole numbers of any size and sign; c > 0. */
export function mulDiv(a: number, b: number, c: number): number {
  const product = BigInt(a) * BigInt(b)
  const divisor = BigInt(c)
  const quotient = product / divisor
  return Number(product % divisor < 0n ? quotient - 1n : quotient)
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}
