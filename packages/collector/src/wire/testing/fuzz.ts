/** How many inputs of foreign bytes the collector's fuzz tests try: a few in every run, a million in the long one. */
const INPUTS = process.env['TABIJI_FULL'] === '1' ? 1_000_000 : 3_000

/** @param share of all inputs, above 0 and at most 1; the shares of OTLP's tests come to 1, and those of all others too */
export function fuzzRuns(share: number): number {
  return Math.ceil(INPUTS * share)
}

/** The long run tries for minutes what the short one tries for a moment. */
export const FUZZ_TIMEOUT_MS = process.env['TABIJI_FULL'] === '1' ? 1_800_000 : 60_000
