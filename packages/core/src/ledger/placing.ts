import type { Slot } from './slot.ts'

/**
 * Spreads `count` events over slots in proportion to their widths, deterministically and without losing one:
 * part i is floor(n·Wᵢ₊₁/W) − floor(n·Wᵢ/W), where Wᵢ is the width before slot i. The parts add up to `count` because
 * the sum telescopes.
 */
export function place(count: number, slots: readonly Slot[]): readonly number[] {
  const total = slots.reduce((sum, slot) => sum + slot.width, 0)
  let before = 0
  let placed = 0
  return slots.map((slot) => {
    before += slot.width
    const upTo = shareOf(count, before, total)
    const part = upTo - placed
    placed = upTo
    return part
  })
}

/** floor(count × part ÷ whole), exact beyond 2⁵³ too. */
function shareOf(count: number, part: number, whole: number): number {
  const product = count * part
  if (Number.isSafeInteger(product)) return Math.floor(product / whole)
  return Number((BigInt(count) * BigInt(part)) / BigInt(whole))
}
