/** What is said of a handful of times: how many, the middle, the slow end. Never a mean: a single long one would make it. */
export type Spread = {
  readonly count: number
  /** Milliseconds; absent without any. */
  readonly medianMs?: number
  readonly p90Ms?: number
  /** All of them, the longest first, while they are few enough to be read. */
  readonly list?: readonly { readonly key: string; readonly ms: number }[]
}

/** One time, and what it belongs to. */
export type Timing = { readonly key: string; readonly ms: number }

/** From so many on a list says less than its middle (incident.md §3.1). */
const MANY = 10

/** How times lie. Percentiles are members of the list (nearest rank), so that each can be pointed at. */
export function spreadOf(timings: readonly Timing[]): Spread {
  const sorted = [...timings].sort((a, b) => b.ms - a.ms || (a.key < b.key ? -1 : 1))
  const median = rankOf(sorted, 50)
  const p90 = rankOf(sorted, 90)
  return {
    count: sorted.length,
    ...(median !== undefined && p90 !== undefined && { medianMs: median, p90Ms: p90 }),
    ...(sorted.length > 0 && sorted.length < MANY && { list: sorted }),
  }
}

/** How often the order of all times is thrown, and what share of throws may differ as much as what was seen, in percent. */
const THROWS = 2_000
const CHANCE_PERCENT = 5

/**
 * Whether the middle of the times has moved, by a permutation test: with all times of both stretches thrown into a random order,
 * fewer than 5 % of 2,000 throws may differ as much as what was seen. Few incidents say nothing about a trend (Davidovic,
 * "Incident Metrics in SRE", 2021), and this says so. The throws are the same for the same times.
 */
export function hasMoved(now: readonly Timing[], before: readonly Timing[]): boolean {
  if (now.length === 0 || before.length === 0) return false
  const all = [...now, ...before].map(({ ms }) => ms).sort((a, b) => a - b)
  const seen = Math.abs(middle(now.map(({ ms }) => ms)) - middle(before.map(({ ms }) => ms)))
  if (seen === 0) return false
  const throwDice = dice(all.length)
  let asFar = 0
  for (let i = 0; i < THROWS; i++) {
    shuffle(all, throwDice)
    if (Math.abs(middle(all.slice(0, now.length)) - middle(all.slice(now.length))) >= seen) asFar++
  }
  return asFar * 100 < THROWS * CHANCE_PERCENT
}

function rankOf(longestFirst: readonly Timing[], percent: number): number | undefined {
  const rank = Math.ceil((longestFirst.length * percent) / 100)
  return longestFirst[longestFirst.length - rank]?.ms
}

function middle(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? 0
}

/** Whole numbers below a bound, the same row for the same seed: Marsaglia's xorshift with the shifts 13, 17 and 5. */
function dice(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

function shuffle(times: number[], throwDice: (below: number) => number): void {
  for (let i = times.length - 1; i > 0; i--) {
    const j = throwDice(i + 1)
    const held = times[i] ?? 0
    times[i] = times[j] ?? 0
    times[j] = held
  }
}
