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
  return compareProducts(bad, limit.den, valid, limit.num) > 0
}

/**
 * The sign of a × b − c × d, exact for whole numbers of any size. A product of doubles is off by at most 2⁻⁵³ of itself,
 * so products that differ by more than 2⁻⁵¹ of their sum are in the order of their doubles; only nearly equal ones that
 * are too big to be exact have to be multiplied out.
 */
export function compareProducts(a: number, b: number, c: number, d: number): number {
  const left = a * b
  const right = c * d
  const gap = left - right
  const size = Math.abs(left) + Math.abs(right)
  if (size <= Number.MAX_SAFE_INTEGER || Math.abs(gap) > size * 2 ** -51) return gap > 0 ? 1 : gap < 0 ? -1 : 0
  const exact = BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d)
  return exact > 0n ? 1 : exact < 0n ? -1 : 0
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
