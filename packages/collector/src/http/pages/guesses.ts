/** A slip of the finger costs nothing. */
const FREE = 3
const FIRST_MS = 1_000
const LONGEST_MS = 60_000
const FORGOTTEN_MS = 15 * 60_000
const MOST_ADDRESSES = 1_000

/** Who guesses tokens has to wait longer each time; times in milliseconds. */
export type Guesses = {
  /** How long this address may not try; 0 when it may. */
  readonly waitMs: (address: string, now: number) => number
  readonly failed: (address: string, now: number) => void
  readonly succeeded: (address: string) => void
}

/** Counts failures by address, of a limited number of addresses. */
export function countGuesses(): Guesses {
  const failures = new Map<string, { readonly count: number; readonly at: number }>()
  const known = (address: string, now: number) => {
    const found = failures.get(address)
    return found !== undefined && now - found.at < FORGOTTEN_MS ? found : { count: 0, at: now }
  }
  return {
    waitMs: (address, now) => {
      const { count, at } = known(address, now)
      if (count < FREE) return 0
      return Math.max(0, at + Math.min(LONGEST_MS, FIRST_MS * 2 ** (count - FREE)) - now)
    },
    failed: (address, now) => {
      const { count } = known(address, now)
      // Set anew, so that the address whose last failure is the oldest stands first.
      failures.delete(address)
      failures.set(address, { count: count + 1, at: now })
      const [oldest] = failures.keys()
      if (failures.size > MOST_ADDRESSES && oldest !== undefined) failures.delete(oldest)
    },
    succeeded: (address) => {
      failures.delete(address)
    },
  }
}
