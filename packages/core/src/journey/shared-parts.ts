import type { Journey } from './definition.ts'

/**
 * The same journeys, in which parts that say the same are the same: in a file of ten thousand journeys nearly all objectives, rules
 * and owners are alike, and each would take its own memory for as long as the file is in force. Nothing in a definition is ever
 * changed.
 */
export function withSharedParts(journeys: readonly Journey[]): readonly Journey[] {
  const known = new Map<string, unknown>()
  const share = <Part>(part: Part): Part => {
    if (typeof part !== 'string' && (typeof part !== 'object' || part === null)) return part
    const whole = typeof part === 'string' ? part : sharedWithin(part)
    // A definition is plain data: the store keeps it as this very text.
    const text = JSON.stringify(whole)
    const alike = known.get(text) as Part | undefined
    if (alike !== undefined) return alike
    known.set(text, whole)
    return whole
  }
  const sharedWithin = <Part extends object>(part: Part): Part => {
    if (Array.isArray(part)) return part.map(share) as unknown as Part
    const copy = { ...part } as Record<string, unknown>
    for (const [key, value] of Object.entries(copy)) copy[key] = share(value)
    return copy as Part
  }
  // A journey itself is like no other, for it has a name.
  return journeys.map(sharedWithin)
}
