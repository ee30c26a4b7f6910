/** The first key of every line of an observation file. */
export const OBSERVATION_SCHEMA = 'tabiji.observation/v1'

/**
 * One line of an observation file: what a service saw of one route since its line before that. Lines add up, whichever
 * process wrote them. It holds counts and patterns: no address, no header, no body.
 */
export type Observation = {
  readonly schema: typeof OBSERVATION_SCHEMA
  readonly service: string
  /** The journey that the test run said it was going through. */
  readonly journey?: string
  readonly method: string
  /** The framework's template, or the path with ids masked. */
  readonly path: string
  readonly isTemplate: boolean
  /** The step that claimed the request. */
  readonly step?: { readonly journey: string; readonly step: string }
  /** Answers below 400. */
  readonly answered: number
  /** Answers from 400 to 499. */
  readonly refused: number
  /** Answers from 500, and connections that broke before an answer. */
  readonly failed: number
  /** Times of the answers below 400: pairs of a bucket's number and its count, buckets ascending. */
  readonly times: readonly (readonly [bucket: number, count: number])[]
}

/** Buckets grow by a twelfth or less: eight of them double the time. */
const PER_DOUBLING = 8
const FIRST_EDGE_MS = 0.125

/** Beyond the last edge, two and a quarter hours, everything is in one bucket. */
export const TIME_BUCKETS = 26 * PER_DOUBLING + 1

/** @returns the number of the bucket that a time belongs to; a time that is no number belongs to the first */
export function timeBucketOf(ms: number): number {
  if (!(ms > FIRST_EDGE_MS)) return 0
  return Math.min(TIME_BUCKETS - 1, Math.ceil(Math.log2(ms / FIRST_EDGE_MS) * PER_DOUBLING - 1e-9))
}

/** The upper edge of a bucket in milliseconds: no time in it is longer, except in the last bucket. */
export function timeBucketEdge(bucket: number): number {
  return FIRST_EDGE_MS * 2 ** (bucket / PER_DOUBLING)
}
