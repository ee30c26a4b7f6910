import type { Counts } from '../journey/index.ts'

/** How fast a process counted when it was last heard: so many events by outcome in so many milliseconds. */
export type Pace = { readonly counts: Counts; readonly overMs: number }

/**
 * A time in which a process may have counted what nobody was told: it was gone, or could not be read, and had not handed
 * its final counters over. Declared, never booked: the books hold what was told.
 */
export type Doubt = {
  readonly process: string
  readonly service: string
  /** Milliseconds: nothing that the process counted before is missing. */
  readonly from: number
  /** Milliseconds: the first moment at which the process was known to be gone; absent while that is not known. */
  readonly to?: number
  /** What an estimate is made of. */
  readonly pace: Pace
  /** When it was told after all. Then nothing is missing. */
  readonly settledAt?: number
}

/** One look at a process's cumulative counts. */
export type Look = { readonly at: number; readonly counts: Counts }

/**
 * The pace between two looks at one process; without an earlier one, since its counters began. A pace over no time says
 * nothing and is zero.
 */
export function paceBetween(earlier: Look, later: Look): Pace {
  const overMs = Math.max(0, later.at - earlier.at)
  if (overMs === 0) return { counts: [0, 0, 0, 0], overMs: 0 }
  const grown = later.counts.map((count, i) => Math.max(0, count - (earlier.counts[i] ?? 0)))
  return { counts: grown as unknown as Counts, overMs }
}

/**
 * What a process would have counted in a doubt, or in the part of it that lies in [from, to), had it gone on at its pace:
 * per outcome floor(count × time ÷ time of the pace). An estimate, to be called one wherever it is shown.
 *
 * @param now milliseconds; where a doubt ends whose end is not known
 */
export function estimateDoubt(doubt: Doubt, now: number, within = { from: 0, to: Number.MAX_SAFE_INTEGER }): Counts {
  const { pace } = doubt
  const from = Math.max(doubt.from, within.from)
  const length = BigInt(Math.max(0, Math.floor(Math.min(doubt.to ?? now, within.to)) - Math.floor(from)))
  if (pace.overMs <= 0) return [0, 0, 0, 0]
  const share = (count: number) => Number((BigInt(count) * length) / BigInt(Math.max(1, Math.floor(pace.overMs))))
  const [good, slow, error, excluded] = pace.counts
  return [share(good), share(slow), share(error), share(excluded)]
}
