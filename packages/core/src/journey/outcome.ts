/**
 * The four verdicts on an event, in the order in which every vector of counts lists them. The order is part of the
 * ledger's format: add to its end only.
 */
export const OUTCOMES = ['good', 'slow', 'error', 'excluded'] as const

export type Outcome = (typeof OUTCOMES)[number]

/** Counts of events by outcome, in the order of {@link OUTCOMES}. Whole numbers. */
export type Counts = readonly [good: number, slow: number, error: number, excluded: number]

export const NO_COUNTS: Counts = [0, 0, 0, 0]
